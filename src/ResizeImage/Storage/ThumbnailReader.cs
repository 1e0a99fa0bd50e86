using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using ResizeImage.Configuration;

namespace ResizeImage.Storage;

/// <summary>Reads stored thumbnails for requests, and signs links to those that are too large for an answer.</summary>
internal sealed class ThumbnailReader(IAmazonS3 s3, Settings settings, TimeProvider clock)
{
    /// <summary>The client retries requests, but not bodies that break off.</summary>
    private const int MaxAttempts = 2;

    /// <summary>A client follows a redirect at once; the rest is for clocks that differ.</summary>
    private static readonly TimeSpan LinkValidity = TimeSpan.FromMinutes(5);

    /// <summary>Reads a thumbnail with what its metadata say of it.</summary>
    /// <param name="location">Where it is.</param>
    /// <param name="maxBytes">The body of a larger one is not read.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Null if there is no object, or one that this function did not make.</returns>
    /// <exception cref="StorageException">S3 refused, or the connection broke.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public async Task<StoredThumbnail?> ReadAsync(ObjectLocation location, long maxBytes, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await GetAsync(location, maxBytes, cancellationToken);
            }
            catch (IOException) when (attempt < MaxAttempts)
            {
                // The body broke off or stalled.
            }
            catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }
            catch (Exception exception) when (StorageException.IsStorageFailure(exception))
            {
                throw StorageException.Probing(location, exception, settings.OwnerOf(location.Bucket));
            }
        }
    }

    /// <summary>A URL by which anybody can read the object for a few minutes.</summary>
    /// <exception cref="StorageException">There are no credentials to sign with.</exception>
    public Task<string> LinkAsync(ObjectLocation location)
    {
        GetPreSignedUrlRequest request = new()
        {
            BucketName = location.Bucket,
            Key = location.Key,
            Verb = HttpVerb.GET,
            Expires = clock.GetUtcNow().UtcDateTime + LinkValidity,

            // The SDK signs for HTTPS unless told otherwise.
            Protocol = s3.Config.ServiceURL?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) == true ? Protocol.HTTP : Protocol.HTTPS,
        };
        return S3Calls.RunAsync(
            () => s3.GetPreSignedURLAsync(request), exception => StorageException.Probing(location, exception, settings.OwnerOf(location.Bucket)));
    }

    private async Task<StoredThumbnail?> GetAsync(ObjectLocation location, long maxBytes, CancellationToken cancellationToken)
    {
        GetObjectRequest request = new() { BucketName = location.Bucket, Key = location.Key, ExpectedBucketOwner = settings.OwnerOf(location.Bucket) };
        using GetObjectResponse response = await s3.GetObjectAsync(request, cancellationToken);
        if (ThumbnailOrigin.Read(response.Metadata) is not { } origin)
        {
            return null;
        }

        byte[]? data = response.ContentLength <= maxBytes ? await ReadAsync(response, cancellationToken) : null;
        return new StoredThumbnail(origin, response.Headers.ContentType, data?.Length ?? response.ContentLength, data);
    }

    /// <exception cref="IOException">The body broke off or stalled.</exception>
    private async Task<byte[]> ReadAsync(GetObjectResponse response, CancellationToken cancellationToken)
    {
        using WatchedStream body = new(response.ResponseStream, clock, cancellationToken);
        if (RawResponse.IsChunked(response))
        {
            using MemoryStream whole = new();
            await body.CopyToAsync(whole, cancellationToken);
            return whole.ToArray();
        }

        byte[] data = new byte[response.ContentLength];
        await body.ReadExactlyAsync(data, cancellationToken);
        return data;
    }
}

/// <summary>A thumbnail in S3.</summary>
/// <param name="Origin">The photo and settings that it was made of.</param>
/// <param name="ContentType">As it was stored.</param>
/// <param name="Length">Size of the file in bytes.</param>
/// <param name="Data">The file; null if it was not read.</param>
internal sealed record StoredThumbnail(ThumbnailOrigin Origin, string ContentType, long Length, byte[]? Data);
