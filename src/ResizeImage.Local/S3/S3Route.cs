using ResizeImage.Local.S3.Operations;
using ResizeImage.Local.S3.Signing;

namespace ResizeImage.Local.S3;

/// <summary>An operation of the Amazon S3 API, and the requests that mean it.</summary>
/// <param name="Name">As in the API Reference.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Level">What the path names.</param>
/// <param name="Required">Query parameters that make a request this operation.</param>
/// <param name="Optional">Further query parameters that it understands.</param>
/// <param name="Run">Answers the request.</param>
internal sealed record S3Route(
    string Name, string Method, S3Level Level, string[] Required, string[] Optional, Func<S3Operations, S3Call, Task> Run)
{
    private static readonly string[] ResponseOverrides =
    [
        "response-cache-control", "response-content-disposition", "response-content-encoding",
        "response-content-language", "response-content-type", "response-expires",
    ];

    /// <summary>Everything that this server can do.</summary>
    private static readonly S3Route[] All =
    [
        new("ListBuckets", "GET", S3Level.Service, [], ["prefix", "max-buckets", "continuation-token", "bucket-region"], (s3, call) => s3.ListBucketsAsync(call)),

        new("CreateBucket", "PUT", S3Level.Bucket, [], [], (s3, call) => s3.CreateBucketAsync(call)),
        new("HeadBucket", "HEAD", S3Level.Bucket, [], [], (s3, call) => s3.HeadBucketAsync(call)),
        new("DeleteBucket", "DELETE", S3Level.Bucket, [], [], (s3, call) => s3.DeleteBucketAsync(call)),
        new("GetBucketLocation", "GET", S3Level.Bucket, ["location"], [], (s3, call) => s3.GetBucketLocationAsync(call)),
        new("ListObjectsV2", "GET", S3Level.Bucket, ["list-type"], ["prefix", "delimiter", "max-keys", "continuation-token", "start-after", "encoding-type", "fetch-owner"], (s3, call) => s3.ListObjectsV2Async(call)),
        new("ListObjects", "GET", S3Level.Bucket, [], ["prefix", "delimiter", "max-keys", "marker", "encoding-type"], (s3, call) => s3.ListObjectsAsync(call)),
        new("ListMultipartUploads", "GET", S3Level.Bucket, ["uploads"], ["prefix", "max-uploads", "key-marker", "upload-id-marker", "encoding-type"], (s3, call) => s3.ListMultipartUploadsAsync(call)),
        new("PostObject", "POST", S3Level.Bucket, [], [], (s3, call) => s3.PostObjectAsync(call)),
        new("DeleteObjects", "POST", S3Level.Bucket, ["delete"], [], (s3, call) => s3.DeleteObjectsAsync(call)),

        new("GetObject", "GET", S3Level.Object, [], ["partNumber", "versionId", .. ResponseOverrides], (s3, call) => s3.GetObjectAsync(call)),
        new("HeadObject", "HEAD", S3Level.Object, [], ["partNumber", "versionId", .. ResponseOverrides], (s3, call) => s3.GetObjectAsync(call)),
        new("GetObjectTagging", "GET", S3Level.Object, ["tagging"], ["versionId"], (s3, call) => s3.GetObjectTaggingAsync(call)),
        new("PutObject", "PUT", S3Level.Object, [], [], (s3, call) => S3Operations.IsCopy(call) ? s3.CopyObjectAsync(call) : s3.PutObjectAsync(call)),
        new("DeleteObject", "DELETE", S3Level.Object, [], ["versionId"], (s3, call) => s3.DeleteObjectAsync(call)),

        new("CreateMultipartUpload", "POST", S3Level.Object, ["uploads"], [], (s3, call) => s3.CreateMultipartUploadAsync(call)),
        new("UploadPart", "PUT", S3Level.Object, ["uploadId", "partNumber"], [], (s3, call) => S3Operations.IsCopy(call) ? s3.UploadPartCopyAsync(call) : s3.UploadPartAsync(call)),
        new("ListParts", "GET", S3Level.Object, ["uploadId"], ["max-parts", "part-number-marker"], (s3, call) => s3.ListPartsAsync(call)),
        new("CompleteMultipartUpload", "POST", S3Level.Object, ["uploadId"], [], (s3, call) => s3.CompleteMultipartUploadAsync(call)),
        new("AbortMultipartUpload", "DELETE", S3Level.Object, ["uploadId"], [], (s3, call) => s3.AbortMultipartUploadAsync(call)),
    ];

    private static readonly HashSet<string> Methods = ["GET", "HEAD", "PUT", "POST", "DELETE"];

    /// <summary>The operation that a request means.</summary>
    /// <exception cref="S3Exception">None that this server has: it says so, instead of doing something else.</exception>
    public static S3Route Find(S3Call call)
    {
        string method = call.Request.Method;
        if (!Methods.Contains(method))
        {
            throw S3Error.MethodNotAllowed(method);
        }

        string[] parameters = [.. call.Request.Query.Keys.Where(name => !PresignedUrl.IsParameter(name))];
        var route = All.FirstOrDefault(route => route.Method == method && route.Level == call.Level && route.Takes(parameters));
        return route ?? throw S3Error.OperationNotImplemented(
            parameters.Length == 0 ? $"{method} on a {call.Level.ToString().ToLowerInvariant()}" : $"{method} with ?{string.Join('&', parameters)}");
    }

    private bool Takes(string[] parameters) =>
        Required.All(parameters.Contains) && parameters.All(name => Required.Contains(name) || Optional.Contains(name));
}
