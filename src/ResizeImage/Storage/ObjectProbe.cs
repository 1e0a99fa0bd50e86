using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using ResizeImage.Configuration;

namespace ResizeImage.Storage;

/// <summary>Sends HEAD requests (HeadObject).</summary>
internal sealed class ObjectProbe(IAmazonS3 s3, Settings settings)
{
    /// <summary>The current ETag of a photo, without quotes; null if there is no photo.</summary>
    /// <exception cref="StorageException">S3 refused, or the connection broke.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public async Task<string?> ETagAsync(ObjectLocation photo, CancellationToken cancellationToken) =>
        await S3Calls.RunAsync(
            () => HeadAsync(photo, cancellationToken), exception => StorageException.Reading(photo, exception, settings.OwnerOf(photo.Bucket)))
        is { } head ? SourceObject.Unquoted(head.ETag) : null;

    /// <summary>The origin of the thumbnail there; null if there is no object, or one that this function did not make.</summary>
    /// <inheritdoc cref="ThumbnailAsync"/>
    public async Task<ThumbnailOrigin?> OriginAsync(ObjectLocation thumbnail, CancellationToken cancellationToken) =>
        (await ThumbnailAsync(thumbnail, cancellationToken))?.Origin;

    /// <summary>The thumbnail there, without its file; null if there is no object, or one that this function did not make.</summary>
    /// <exception cref="StorageException">S3 refused, or the connection broke.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public async Task<StoredThumbnail?> ThumbnailAsync(ObjectLocation thumbnail, CancellationToken cancellationToken) =>
        await S3Calls.RunAsync(
            () => HeadAsync(thumbnail, cancellationToken), exception => StorageException.Probing(thumbnail, exception, settings.OwnerOf(thumbnail.Bucket)))
        is { } head && ThumbnailOrigin.Read(head.Metadata) is { } origin
            ? new StoredThumbnail(origin, head.Headers.ContentType, head.ContentLength, Data: null)
            : null;

    private async Task<GetObjectMetadataResponse?> HeadAsync(ObjectLocation location, CancellationToken cancellationToken)
    {
        try
        {
            return await s3.GetObjectMetadataAsync(
                new GetObjectMetadataRequest { BucketName = location.Bucket, Key = location.Key, ExpectedBucketOwner = settings.OwnerOf(location.Bucket) },
                cancellationToken);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
