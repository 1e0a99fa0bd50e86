namespace ResizeImage.Local.S3.Notifications;

/// <summary>"Supported event types for SQS, SNS, and Lambda" in the Amazon S3 User Guide.</summary>
internal static class NotificationEvents
{
    private static readonly HashSet<string> Supported = new(StringComparer.Ordinal)
    {
        "s3:ObjectCreated:*", "s3:ObjectCreated:Put", "s3:ObjectCreated:Post", "s3:ObjectCreated:Copy", "s3:ObjectCreated:CompleteMultipartUpload",
        "s3:ObjectRemoved:*", "s3:ObjectRemoved:Delete", "s3:ObjectRemoved:DeleteMarkerCreated",
        "s3:ObjectRestore:*", "s3:ObjectRestore:Post", "s3:ObjectRestore:Completed", "s3:ObjectRestore:Delete",
        "s3:ReducedRedundancyLostObject",
        "s3:Replication:*", "s3:Replication:OperationFailedReplication", "s3:Replication:OperationMissedThreshold",
        "s3:Replication:OperationReplicatedAfterThreshold", "s3:Replication:OperationNotTracked",
        "s3:LifecycleExpiration:*", "s3:LifecycleExpiration:Delete", "s3:LifecycleExpiration:DeleteMarkerCreated", "s3:LifecycleTransition",
        "s3:IntelligentTiering", "s3:ObjectTagging:*", "s3:ObjectTagging:Put", "s3:ObjectTagging:Delete", "s3:ObjectAcl:Put",
    };

    public static bool IsSupported(string name) => Supported.Contains(name);

    /// <summary>Whether both names can match one event, as s3:ObjectCreated:* and s3:ObjectCreated:Put do.</summary>
    public static bool Overlap(string a, string b) => a == b || Covers(a, b) || Covers(b, a);

    private static bool Covers(string pattern, string name) => pattern.EndsWith('*') && name.StartsWith(pattern[..^1], StringComparison.Ordinal);
}
