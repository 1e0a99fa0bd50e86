using ResizeImage.Local.S3.Operations;

namespace ResizeImage.Local.S3;

/// <summary>An operation of the Amazon S3 API and its requests.</summary>
/// <param name="Name">As in the API Reference.</param>
/// <param name="Required">Query parameters that select this operation.</param>
/// <param name="Optional">Other <see cref="Subresources"/> that it accepts.</param>
internal sealed record S3Route(
    string Name, string Method, S3Level Level, string[] Required, string[] Optional, Func<S3Operations, S3Call, Task> Run)
{
    /// <summary>
    /// Query parameters that select another operation or object. S3 ignores all others that an
    /// operation does not have, such as the ?v=2 with which pages make browsers reload an image.
    /// </summary>
    private static readonly HashSet<string> Subresources = new(StringComparer.Ordinal)
    {
        "abac", "accelerate", "acl", "analytics", "append", "attributes", "cors", "delete", "encryption", "intelligent-tiering", "inventory",
        "legal-hold", "lifecycle", "location", "logging", "metadataConfiguration", "metadataInventoryTable", "metadataJournalTable",
        "metadataTable", "metrics", "notification", "object-lock", "ownershipControls", "partNumber", "policy", "policyStatus",
        "publicAccessBlock", "renameObject", "replication", "requestPayment", "restore", "retention", "select", "session", "tagging",
        "torrent", "uploadId", "uploads", "versionId", "versioning", "versions", "website",
    };

    /// <summary>All operations of this server.</summary>
    private static readonly S3Route[] All =
    [
        new("ListBuckets", "GET", S3Level.Service, [], [], (s3, call) => s3.Buckets.ListBucketsAsync(call)),
        new("QueryApi", "POST", S3Level.Service, [], [], (_, call) => BucketOperations.RefuseQueryApiAsync(call)),

        new("CreateBucket", "PUT", S3Level.Bucket, [], [], (s3, call) => s3.Buckets.CreateBucketAsync(call)),
        new("HeadBucket", "HEAD", S3Level.Bucket, [], [], (s3, call) => s3.Buckets.HeadBucketAsync(call)),
        new("DeleteBucket", "DELETE", S3Level.Bucket, [], [], (s3, call) => s3.Buckets.DeleteBucketAsync(call)),
        new("GetBucketLocation", "GET", S3Level.Bucket, ["location"], [], (s3, call) => s3.Buckets.GetBucketLocationAsync(call)),
        new("GetBucketNotificationConfiguration", "GET", S3Level.Bucket, ["notification"], [], (s3, call) => s3.Notifications.GetBucketNotificationConfigurationAsync(call)),
        new("PutBucketNotificationConfiguration", "PUT", S3Level.Bucket, ["notification"], [], (s3, call) => s3.Notifications.PutBucketNotificationConfigurationAsync(call)),
        new("ListObjectsV2", "GET", S3Level.Bucket, ["list-type"], [], (s3, call) => s3.Lists.ListObjectsV2Async(call)),
        new("ListObjects", "GET", S3Level.Bucket, [], [], (s3, call) => s3.Lists.ListObjectsAsync(call)),
        new("ListMultipartUploads", "GET", S3Level.Bucket, ["uploads"], [], (s3, call) => s3.UploadList.ListMultipartUploadsAsync(call)),
        new("PostObject", "POST", S3Level.Bucket, [], [], (s3, call) => s3.Form.PostObjectAsync(call)),
        new("DeleteObjects", "POST", S3Level.Bucket, ["delete"], [], (s3, call) => s3.Delete.DeleteObjectsAsync(call)),

        new("GetObject", "GET", S3Level.Object, [], ["partNumber", "versionId"], (s3, call) => s3.Read.GetObjectAsync(call)),
        new("HeadObject", "HEAD", S3Level.Object, [], ["partNumber", "versionId"], (s3, call) => s3.Read.GetObjectAsync(call)),
        new("GetObjectTagging", "GET", S3Level.Object, ["tagging"], ["versionId"], (s3, call) => s3.Tagging.GetObjectTaggingAsync(call)),
        new("PutObjectTagging", "PUT", S3Level.Object, ["tagging"], ["versionId"], (s3, call) => s3.Tagging.PutObjectTaggingAsync(call)),
        new("DeleteObjectTagging", "DELETE", S3Level.Object, ["tagging"], ["versionId"], (s3, call) => s3.Tagging.DeleteObjectTaggingAsync(call)),
        new("GetObjectAcl", "GET", S3Level.Object, ["acl"], ["versionId"], (s3, call) => s3.Read.GetObjectAclAsync(call)),
        new("PutObject", "PUT", S3Level.Object, [], [], (s3, call) => S3Operations.IsCopy(call) ? s3.Copy.CopyObjectAsync(call) : s3.Put.PutObjectAsync(call)),
        new("DeleteObject", "DELETE", S3Level.Object, [], ["versionId"], (s3, call) => s3.Delete.DeleteObjectAsync(call)),

        new("CreateMultipartUpload", "POST", S3Level.Object, ["uploads"], [], (s3, call) => s3.UploadParts.CreateMultipartUploadAsync(call)),
        new("UploadPart", "PUT", S3Level.Object, ["uploadId", "partNumber"], [], (s3, call) => S3Operations.IsCopy(call) ? s3.UploadParts.UploadPartCopyAsync(call) : s3.UploadParts.UploadPartAsync(call)),
        new("ListParts", "GET", S3Level.Object, ["uploadId"], [], (s3, call) => s3.UploadParts.ListPartsAsync(call)),
        new("CompleteMultipartUpload", "POST", S3Level.Object, ["uploadId"], [], (s3, call) => s3.UploadCompletion.CompleteMultipartUploadAsync(call)),
        new("AbortMultipartUpload", "DELETE", S3Level.Object, ["uploadId"], [], (s3, call) => s3.UploadParts.AbortMultipartUploadAsync(call)),
    ];

    private static readonly HashSet<string> Methods = ["GET", "HEAD", "PUT", "POST", "DELETE"];

    /// <summary>The operation of a request.</summary>
    /// <exception cref="S3Exception">NotImplemented, or MethodNotAllowed.</exception>
    public static S3Route Find(S3Call call)
    {
        string method = call.Request.Method;
        if (!Methods.Contains(method))
        {
            throw S3Error.MethodNotAllowed(method);
        }

        IQueryCollection query = call.Request.Query;
        string[] subresources = [.. query.Keys.Where(Subresources.Contains)];
        S3Route? route = All.FirstOrDefault(route =>
            route.Method == method && route.Level == call.Level && route.Required.All(query.ContainsKey) && route.Takes(subresources));
        return route ?? throw S3Error.OperationNotImplemented(
            subresources.Length == 0 ? $"{method} on a {call.Level.ToString().ToLowerInvariant()}" : $"{method} with ?{string.Join('&', subresources)}");
    }

    private bool Takes(string[] subresources) => subresources.All(name => Required.Contains(name) || Optional.Contains(name));
}
