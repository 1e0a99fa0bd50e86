using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using ResizeImage.Configuration;

namespace ResizeImage.Storage;

/// <summary>Asks S3 about objects without reading them (HeadObject).</summary>
/// <param name="s3">The client.</param>
/// <param name="settings">Say whose the buckets are.</param>
internal sealed class ObjectProbe(IAmazonS3 s3, Settings settings)
{
    /// <summary>The ETag that a photo has now, without quotes; null if there is none.</summary>
    /// <exception cref="StorageException">S3 refused, or the connection broke.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public async Task<string?> ETagAsync(ObjectLocation photo, CancellationToken cancellationToken)
    {
        try
        {
            return await HeadAsync(photo, cancellationToken) is { } head ? SourceObject.Unquoted(head.ETag) : null;
        }
        catch (Exception exception) when (StorageException.IsStorageFailure(exception))
        {
            throw StorageException.Reading(exception, settings.OwnerOf(photo.Bucket));
        }
    }

    /// <summary>What the thumbnail there was made of; null if there is none, or something else that this function did not make.</summary>
    /// <exception cref="StorageException">S3 refused, or the connection broke.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public async Task<ThumbnailOrigin?> OriginAsync(ObjectLocation thumbnail, CancellationToken cancellationToken)
    {
        try
        {
            return await HeadAsync(thumbnail, cancellationToken) is { } head ? ThumbnailOrigin.Read(head.Metadata) : null;
        }
        catch (Exception exception) when (StorageException.IsStorageFailure(exception))
        {
            throw StorageException.Probing(thumbnail, exception, settings.OwnerOf(thumbnail.Bucket));
        }
    }

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
