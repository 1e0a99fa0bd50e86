using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using ResizeImage.Text;

namespace ResizeImage.Storage;

/// <summary>S3 refused a request, or the connection broke. The message says what S3 answered and what to do.</summary>
internal sealed class StorageException : Exception
{
    private StorageException(string message, bool permanent, Exception inner)
        : base(LogText.Escape(message), LogText.Cause(inner)) => IsPermanent = permanent;

    /// <summary>
    /// True if a retry cannot help. Doubtful cases are not permanent: a retry costs little, a dropped photo much.
    /// Refused access is not permanent either: someone may correct a policy.
    /// </summary>
    public bool IsPermanent { get; }

    /// <summary>True if the object does not exist.</summary>
    public bool IsGone { get; private init; }

    /// <summary>Whether S3 or the network caused the exception, and not a bug of this program.</summary>
    public static bool IsStorageFailure(Exception exception) =>
        exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException
        || (exception is OperationCanceledException && exception.InnerException is TimeoutException);

    /// <summary>Explains why the photo could not be read.</summary>
    public static StorageException Reading(ObjectLocation location, Exception exception, string? owner) => exception switch
    {
        AmazonS3Exception { ErrorCode: "NoSuchKey" } =>
            new($"{location} is gone: it was deleted before it could be read.", permanent: true, exception) { IsGone = true },
        AmazonS3Exception { ErrorCode: "InvalidObjectState" } archived =>
            new(
                $"{location} is archived and cannot be read: {Said(archived)} Restore it; its thumbnail is made when S3 reports ObjectRestore:Completed.",
                permanent: true,
                exception),
        AmazonS3Exception { StatusCode: HttpStatusCode.BadRequest } encrypted when IsCustomerEncrypted(encrypted) =>
            new(
                $"{location} is encrypted with a key that only its uploader has (SSE-C): {Said(encrypted)} Upload it without SSE-C.",
                permanent: true,
                exception),
        AmazonS3Exception refused when AccessRefusal.IsRequesterPays(refused) => RequesterPays(location, refused),
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden } denied =>
            new(
                $"Reading {location} is refused: {AccessRefusal.Explain(denied, "s3:GetObject on the object", owner)}"
                + " Without s3:ListBucket, S3 says this of an object that is gone, too.",
                permanent: false,
                exception),
        _ => new($"{location} could not be read: {Cause(exception)}", permanent: false, exception),
    };

    /// <summary>Explains that only requests that offer to pay may read the photo.</summary>
    public static StorageException RequesterPays(ObjectLocation location, AmazonS3Exception exception) => new(
        $"s3://{location.Bucket} is Requester Pays, and the function does not pay for requests: {Said(exception)} Upload to a bucket that is not, or let its owner pay.",
        permanent: true,
        exception);

    /// <summary>Explains why the thumbnail could not be written, for which the role needs the permissions <paramref name="needed"/>.</summary>
    public static StorageException Writing(ObjectLocation location, Exception exception, string? owner, string needed) => exception switch
    {
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } =>
            new($"{location} could not be written: there is no such bucket. Check OUTPUT_BUCKET.", permanent: false, exception),
        AmazonS3Exception { ErrorCode: "AccessControlListNotSupported" } =>
            new(
                $"{location} could not be written: its bucket has no ACLs (Object Ownership is BucketOwnerEnforced). Remove OUTPUT_ACL and grant access by a bucket policy.",
                permanent: false,
                exception),
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden } denied =>
            new($"Writing {location} is refused: {AccessRefusal.Explain(denied, needed, owner)}", permanent: false, exception),
        _ => new($"{location} could not be written: {Cause(exception)}", permanent: false, exception),
    };

    /// <summary>Explains why a HEAD request for a thumbnail, or reading the state, failed.</summary>
    public static StorageException Probing(ObjectLocation location, Exception exception, string? owner) => exception switch
    {
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden } denied =>
            new(
                $"Asking for {location} is refused: {AccessRefusal.Explain(denied, "s3:GetObject on thumbnails, to tell what they were made of", owner)}",
                permanent: false,
                exception),
        _ => new($"{location} could not be asked for: {Cause(exception)}", permanent: false, exception),
    };

    /// <summary>Explains why photos could not be listed.</summary>
    public static StorageException Listing(string bucket, Exception exception, string? owner) => exception switch
    {
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden } denied =>
            new($"Listing s3://{bucket} is refused: {AccessRefusal.Explain(denied, "s3:ListBucket on the bucket", owner)}", permanent: false, exception),
        _ => new($"s3://{bucket} could not be listed: {Cause(exception)}", permanent: false, exception),
    };

    /// <summary>Explains why the thumbnail, or the original, could not be deleted; the variable <paramref name="setting"/> turns such deletions off.</summary>
    public static StorageException Deleting(ObjectLocation location, Exception exception, string? owner, string setting) => exception switch
    {
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden } denied =>
            new(
                $"Deleting {location} is refused: {AccessRefusal.Explain(denied, "s3:DeleteObject on it", owner)} Or set {setting} to false.",
                permanent: false,
                exception),
        _ => new($"{location} could not be deleted: {Cause(exception)}", permanent: false, exception),
    };

    /// <summary>The answer of S3, as a sentence. The answer to a HEAD request has no body and thus only a status.</summary>
    public static string Said(AmazonServiceException answer)
    {
        string code = answer.ErrorCode is { Length: > 0 } known ? $" {known}" : string.Empty;
        return string.IsNullOrWhiteSpace(answer.Message)
            ? $"S3 answered {(int)answer.StatusCode}{code}."
            : $"S3 answered {(int)answer.StatusCode}{code}: {answer.Message.TrimEnd('.', ' ')}.";
    }

    /// <summary>S3 answers a GET for an object with SSE-C with 400 InvalidRequest, like other mistakes; only the message differs.</summary>
    private static bool IsCustomerEncrypted(AmazonS3Exception exception) =>
        exception.Message.Contains("stored using a form of Server Side Encryption", StringComparison.OrdinalIgnoreCase)
        || exception.Message.Contains("server-side-encryption-customer", StringComparison.OrdinalIgnoreCase);

    private static string Cause(Exception exception) => exception switch
    {
        AmazonServiceException { StatusCode: > 0 } answer => $"S3 answered {(int)answer.StatusCode} {answer.ErrorCode}: {answer.Message}",
        OperationCanceledException => "S3 did not answer in time.",
        { InnerException: { } inner } when !exception.Message.Contains(inner.Message, StringComparison.Ordinal) => $"{exception.Message} ({inner.Message})",
        _ => exception.Message,
    };
}
