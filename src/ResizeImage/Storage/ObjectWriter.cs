using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using ResizeImage.Configuration;
using ResizeImage.Imaging;

namespace ResizeImage.Storage;

/// <summary>Writes thumbnails and small texts to S3, and deletes them.</summary>
internal sealed class ObjectWriter(IAmazonS3 s3, Settings settings)
{
    /// <summary>Stores a thumbnail, with its origin and its dimensions in the metadata.</summary>
    /// <exception cref="StorageException">S3 refused, or the connection broke.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public Task WriteAsync(ObjectLocation location, Thumbnail thumbnail, ThumbnailOrigin origin, CancellationToken cancellationToken) =>
        PutAsync(location, thumbnail.Data, thumbnail.ContentType, request => Complete(request, thumbnail, origin), cancellationToken);

    /// <summary>Stores text and replaces an existing object.</summary>
    /// <exception cref="StorageException">S3 refused, or the connection broke.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public Task WriteTextAsync(ObjectLocation location, string text, string contentType, CancellationToken cancellationToken) =>
        PutAsync(location, Encoding.UTF8.GetBytes(text), contentType, _ => { }, cancellationToken);

    /// <summary>Deletes a thumbnail, if it exists.</summary>
    /// <exception cref="StorageException">S3 refused, or the connection broke.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public Task DeleteAsync(ObjectLocation location, CancellationToken cancellationToken)
    {
        DeleteObjectRequest request = new() { BucketName = location.Bucket, Key = location.Key, ExpectedBucketOwner = settings.OwnerOf(location.Bucket) };
        return S3Calls.RunAsync(() => s3.DeleteObjectAsync(request, cancellationToken), exception => Explain(location, exception, SettingVariables.DeleteThumbnails));
    }

    /// <summary>
    /// Deletes a photo if its ETag, without quotes, is still <paramref name="etag"/>. S3 compares it within the deletion: "How to perform conditional
    /// deletes" in the Amazon S3 User Guide.
    /// </summary>
    /// <returns>Whether the photo no longer exists; false if another one has replaced it.</returns>
    /// <exception cref="StorageException">S3 refused, or the connection broke.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public Task<bool> DeleteUnchangedAsync(ObjectLocation photo, string etag, CancellationToken cancellationToken)
    {
        DeleteObjectRequest request = new()
        {
            BucketName = photo.Bucket,
            Key = photo.Key,
            IfMatch = $"\"{etag}\"",
            ExpectedBucketOwner = settings.OwnerOf(photo.Bucket),
        };
        return S3Calls.RunAsync(TryAsync, exception => Explain(photo, exception, SettingVariables.DeleteOriginal));

        async Task<bool> TryAsync()
        {
            try
            {
                await s3.DeleteObjectAsync(request, cancellationToken);
                return true;
            }
            catch (AmazonS3Exception exception) when (exception.ErrorCode == "NoSuchKey")
            {
                return true; // Another invocation deleted it, or this one did, and the answer was lost.
            }
            catch (AmazonS3Exception exception) when (exception.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
            {
                return false;
            }
        }
    }

    private StorageException Explain(ObjectLocation location, Exception exception, string setting) =>
        StorageException.Deleting(location, exception, settings.OwnerOf(location.Bucket), setting);

    /// <summary>What only thumbnails have.</summary>
    private void Complete(PutObjectRequest request, Thumbnail thumbnail, ThumbnailOrigin origin)
    {
        origin.Write(request.Metadata);
        ThumbnailDescription.Write(thumbnail, request.Metadata);
        if (settings.CacheControl.Length > 0)
        {
            request.Headers.CacheControl = settings.CacheControl;
        }

        if (settings.OutputTags.Count > 0)
        {
            request.TagSet = [.. settings.OutputTags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];
        }

        if (settings.OutputAcl is { } acl)
        {
            request.CannedACL = S3CannedACL.FindValue(acl);
        }
    }

    private static string NeededFor(PutObjectRequest request) =>
        $"s3:PutObject{(request.TagSet is { Count: > 0 } ? ", s3:PutObjectTagging" : string.Empty)}{(request.CannedACL is null ? string.Empty : ", s3:PutObjectAcl")} on it";

    private async Task PutAsync(
        ObjectLocation location, byte[] content, string contentType, Action<PutObjectRequest> complete, CancellationToken cancellationToken)
    {
        using MemoryStream body = new(content, writable: false);
        PutObjectRequest request = new()
        {
            BucketName = location.Bucket,
            Key = location.Key,
            InputStream = body,
            ContentType = contentType,
            ChecksumAlgorithm = ChecksumAlgorithm.CRC32,
            ExpectedBucketOwner = settings.OwnerOf(location.Bucket),

            // Plain body with the checksum in a header: aws-chunked gains nothing at this size, and some S3-compatible stores refuse it.
            UseChunkEncoding = false,
        };
        complete(request);
        await S3Calls.RunAsync(
            () => s3.PutObjectAsync(request, cancellationToken),
            exception => StorageException.Writing(location, exception, settings.OwnerOf(location.Bucket), NeededFor(request)));
    }
}
