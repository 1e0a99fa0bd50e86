using ResizeImage.Local.S3.Operations;

namespace ResizeImage.Local.S3;

/// <summary>An operation of the Amazon S3 API, and the requests that mean it.</summary>
/// <param name="Name">As in the API Reference.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Level">What the path names.</param>
/// <param name="Required">Query parameters that make a request this operation.</param>
/// <param name="Optional">Further <see cref="Subresources"/> that it accepts.</param>
/// <param name="Run">Answers the request.</param>
internal sealed record S3Route(
    string Name, string Method, S3Level Level, string[] Required, string[] Optional, Func<S3Operations, S3Call, Task> Run)
{
    /// <summary>
    /// Query parameters that make a request another operation, or change what it works on. S3 ignores every other one that an
    /// operation does not have, such as the ?v=2 by which a page makes browsers load an image again.
    /// </summary>
    private static readonly HashSet<string> Subresources = new(StringComparer.Ordinal)
    {
        "abac", "accelerate", "acl", "analytics", "append", "attributes", "cors", "delete", "encryption", "intelligent-tiering", "inventory",
        "legal-hold", "lifecycle", "location", "logging", "metadataConfiguration", "metadataInventoryTable", "metadataJournalTable",
        "metadataTable", "metrics", "notification", "object-lock", "ownershipControls", "partNumber", "policy", "policyStatus",
        "publicAccessBlock", "renameObject", "replication", "requestPayment", "restore", "retention", "select", "session", "tagging",
        "torrent", "uploadId", "uploads", "versionId", "versioning", "versions", "website",
    };

    /// <summary>Everything that this server can do.</summary>
    private static readonly S3Route[] All =
    [
        new("ListBuckets", "GET", S3Level.Service, [], [], (s3, call) => s3.ListBucketsAsync(call)),
        new("QueryApi", "POST", S3Level.Service, [], [], (_, call) => S3Operations.RefuseQueryApiAsync(call)),

        new("CreateBucket", "PUT", S3Level.Bucket, [], [], (s3, call) => s3.CreateBucketAsync(call)),
        new("HeadBucket", "HEAD", S3Level.Bucket, [], [], (s3, call) => s3.HeadBucketAsync(call)),
        new("DeleteBucket", "DELETE", S3Level.Bucket, [], [], (s3, call) => s3.DeleteBucketAsync(call)),
        new("GetBucketLocation", "GET", S3Level.Bucket, ["location"], [], (s3, call) => s3.GetBucketLocationAsync(call)),
        new("GetBucketNotificationConfiguration", "GET", S3Level.Bucket, ["notification"], [], (s3, call) => s3.GetBucketNotificationConfigurationAsync(call)),
        new("PutBucketNotificationConfiguration", "PUT", S3Level.Bucket, ["notification"], [], (s3, call) => s3.PutBucketNotificationConfigurationAsync(call)),
        new("ListObjectsV2", "GET", S3Level.Bucket, ["list-type"], [], (s3, call) => s3.ListObjectsV2Async(call)),
        new("ListObjects", "GET", S3Level.Bucket, [], [], (s3, call) => s3.ListObjectsAsync(call)),
        new("ListMultipartUploads", "GET", S3Level.Bucket, ["uploads"], [], (s3, call) => s3.ListMultipartUploadsAsync(call)),
        new("PostObject", "POST", S3Level.Bucket, [], [], (s3, call) => s3.PostObjectAsync(call)),
        new("DeleteObjects", "POST", S3Level.Bucket, ["delete"], [], (s3, call) => s3.DeleteObjectsAsync(call)),

        new("GetObject", "GET", S3Level.Object, [], ["partNumber", "versionId"], (s3, call) => s3.GetObjectAsync(call)),
        new("HeadObject", "HEAD", S3Level.Object, [], ["partNumber", "versionId"], (s3, call) => s3.GetObjectAsync(call)),
        new("GetObjectTagging", "GET", S3Level.Object, ["tagging"], ["versionId"], (s3, call) => s3.GetObjectTaggingAsync(call)),
        new("PutObject", "PUT", S3Level.Object, [], [], (s3, call) => S3Operations.IsCopy(call) ? s3.CopyObjectAsync(call) : s3.PutObjectAsync(call)),
        new("DeleteObject", "DELETE", S3Level.Object, [], ["versionId"], (s3, call) => s3.DeleteObjectAsync(call)),

        new("CreateMultipartUpload", "POST", S3Level.Object, ["uploads"], [], (s3, call) => s3.CreateMultipartUploadAsync(call)),
        new("UploadPart", "PUT", S3Level.Object, ["uploadId", "partNumber"], [], (s3, call) => S3Operations.IsCopy(call) ? s3.UploadPartCopyAsync(call) : s3.UploadPartAsync(call)),
        new("ListParts", "GET", S3Level.Object, ["uploadId"], [], (s3, call) => s3.ListPartsAsync(call)),
        new("CompleteMultipartUpload", "POST", S3Level.Object, ["uploadId"], [], (s3, call) => s3.CompleteMultipartUploadAsync(call)),
        new("AbortMultipartUpload", "DELETE", S3Level.Object, ["uploadId"], [], (s3, call) => s3.AbortMultipartUploadAsync(call)),
    ];

    private static readonly HashSet<string> Methods = ["GET", "HEAD", "PUT", "POST", "DELETE"];

    /// <summary>The operation that a request means.</summary>
    /// <exception cref="S3Exception">NotImplemented, or MethodNotAllowed.</exception>
    public static S3Route Find(S3Call call)
    {
        string method = call.Request.Method;
        if (!Methods.Contains(method))
        {
            throw S3Error.MethodNotAllowed(method);
        }

        var query = call.Request.Query;
        string[] subresources = [.. query.Keys.Where(Subresources.Contains)];
        var route = All.FirstOrDefault(route =>
            route.Method == method && route.Level == call.Level && route.Required.All(query.ContainsKey) && route.Takes(subresources));
        return route ?? throw S3Error.OperationNotImplemented(
            subresources.Length == 0 ? $"{method} on a {call.Level.ToString().ToLowerInvariant()}" : $"{method} with ?{string.Join('&', subresources)}");
    }

    private bool Takes(string[] subresources) => subresources.All(name => Required.Contains(name) || Optional.Contains(name));
}
