using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace ResizeImage.Storage;

/// <summary>S3 did not do what was asked. The message is for people.</summary>
internal sealed class StorageException : Exception
{
    private StorageException(string message, bool permanent, Exception inner)
        : base(message, inner) => IsPermanent = permanent;

    /// <summary>
    /// True where trying again cannot help. Anything doubtful is not permanent: a retry costs little, a dropped photo much.
    /// A refused access is not either, because it ends when someone mends the function's role.
    /// </summary>
    public bool IsPermanent { get; }

    /// <summary>True where the object that was to be read does not exist (any more).</summary>
    public bool IsGone { get; private init; }

    /// <summary>Whether an exception tells of S3 or the way to it, and not of a mistake in this program.</summary>
    public static bool Covers(Exception exception) =>
        exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException
        || (exception is OperationCanceledException && exception.InnerException is TimeoutException);

    /// <summary>Explains why the photo could not be read.</summary>
    public static StorageException Reading(Exception exception) => exception switch
    {
        AmazonS3Exception { ErrorCode: "NoSuchKey" } =>
            new("The object is gone: it was deleted before it could be read.", permanent: true, exception) { IsGone = true },
        AmazonS3Exception { ErrorCode: "InvalidObjectState" } =>
            new("The object is archived and cannot be read: restore it, then put it again.", permanent: true, exception),
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden } denied =>
            new(
                $"Reading is refused ({denied.ErrorCode}): the function's role needs s3:GetObject on the object. "
                + "Without s3:ListBucket, S3 says this of an object that is gone, too.",
                permanent: false,
                exception),
        _ => new($"The object could not be read: {Cause(exception)}", permanent: false, exception),
    };

    /// <summary>Explains why the thumbnail could not be written.</summary>
    public static StorageException Writing(ObjectLocation location, Exception exception) => exception switch
    {
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } =>
            new($"{location} could not be written: there is no such bucket. Check OUTPUT_BUCKET.", permanent: false, exception),
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden } denied =>
            new($"Writing {location} is refused ({denied.ErrorCode}): the function's role needs s3:PutObject on it.", permanent: false, exception),
        _ => new($"{location} could not be written: {Cause(exception)}", permanent: false, exception),
    };

    /// <summary>Explains why it could not be asked what a thumbnail was made of.</summary>
    public static StorageException Probing(ObjectLocation location, Exception exception) => exception switch
    {
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden } denied =>
            new(
                $"Asking for {location} is refused ({denied.ErrorCode}): the function's role needs s3:GetObject on thumbnails to tell what they were made of.",
                permanent: false,
                exception),
        _ => new($"{location} could not be asked for: {Cause(exception)}", permanent: false, exception),
    };

    /// <summary>Explains why photos could not be listed.</summary>
    public static StorageException Listing(string bucket, Exception exception) => exception switch
    {
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden } denied =>
            new($"Listing s3://{bucket} is refused ({denied.ErrorCode}): the function's role needs s3:ListBucket on the bucket.", permanent: false, exception),
        _ => new($"s3://{bucket} could not be listed: {Cause(exception)}", permanent: false, exception),
    };

    /// <summary>Explains why the thumbnail could not be deleted.</summary>
    public static StorageException Deleting(ObjectLocation location, Exception exception) => exception switch
    {
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden } denied =>
            new(
                $"Deleting {location} is refused ({denied.ErrorCode}): the function's role needs s3:DeleteObject on it; or set DELETE_THUMBNAILS to false.",
                permanent: false,
                exception),
        _ => new($"{location} could not be deleted: {Cause(exception)}", permanent: false, exception),
    };

    private static string Cause(Exception exception) => exception switch
    {
        AmazonServiceException { StatusCode: > 0 } answer => $"S3 answered {(int)answer.StatusCode} {answer.ErrorCode}: {answer.Message}",
        OperationCanceledException => "S3 did not answer in time.",
        { InnerException: { } inner } when !exception.Message.Contains(inner.Message, StringComparison.Ordinal) => $"{exception.Message} ({inner.Message})",
        _ => exception.Message,
    };
}
