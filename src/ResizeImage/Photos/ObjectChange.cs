using ResizeImage.Storage;

namespace ResizeImage.Photos;

/// <summary>The kinds of changes.</summary>
internal enum ChangeKind
{
    /// <summary>It was put or restored from an archive, or is processed as if it were.</summary>
    Created,

    /// <summary>It was deleted, or expired.</summary>
    Removed,

    /// <summary>A change that does not affect the thumbnail.</summary>
    Other,
}

/// <summary>
/// One thing that happened to one object, whichever service reported it. It only says where to look: what is done depends on the
/// object as it is then, because events arrive late, twice and in any order.
/// </summary>
/// <param name="Name">What happened, as the service calls it: ObjectCreated:Put, Object Created…</param>
/// <param name="Location">The object; null if the event names none.</param>
/// <param name="Kind">What happened.</param>
internal sealed record ObjectChange(string Name, ObjectLocation? Location, ChangeKind Kind)
{
    private const string LifecycleExpiration = "LifecycleExpiration:";

    private const string RestoreCompleted = "ObjectRestore:Completed";

    /// <summary>
    /// Whether the thumbnail may well be up to date already, so that a HEAD request first is cheaper than making it again: a second delivery, a
    /// backlog, or a removal that finds the photo there, because it was put again. A HEAD costs $0.40 a million, and a GET, the work and
    /// a PUT about $6: below one repeat in fifteen, asking costs more than it saves, and first deliveries repeat far less often.
    /// </summary>
    public bool IsLikelyRepeat { get; init; } = Kind == ChangeKind.Removed;

    /// <summary>A record of S3's own notifications.</summary>
    /// <param name="eventName">ObjectCreated:Put and the like on AWS; s3:ObjectCreated:Put from MinIO.</param>
    /// <param name="bucket">Name of the bucket; null if the record has none.</param>
    /// <param name="key">The key, decoded; null if the record has none.</param>
    public static ObjectChange OfNotification(string? eventName, string? bucket, string? key)
    {
        string name = eventName ?? string.Empty;
        string plain = name.StartsWith("s3:", StringComparison.Ordinal) ? name["s3:".Length..] : name;
        ChangeKind kind = plain.StartsWith("ObjectCreated:", StringComparison.Ordinal) || plain == RestoreCompleted ? ChangeKind.Created
            : plain.StartsWith("ObjectRemoved:", StringComparison.Ordinal) || plain.StartsWith(LifecycleExpiration, StringComparison.Ordinal) ? ChangeKind.Removed
            : ChangeKind.Other;
        return new ObjectChange(name, ObjectLocation.From(bucket, key), kind);
    }
}
