using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using ResizeImage.Configuration;

namespace ResizeImage.Storage;

/// <summary>Reads whole objects from S3.</summary>
internal sealed class ObjectReader(IAmazonS3 s3, Settings settings, TimeProvider clock)
{
    private const int Attempts = 3;

    /// <summary>x-amz-meta-focus.</summary>
    private const string FocusName = "focus";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Reads the newest version of an object. The version in an event may be older: thumbnails made from it could
    /// overwrite newer ones, because events are delivered late, twice and in any order.
    /// </summary>
    /// <param name="location">The object.</param>
    /// <param name="unlessETag">If the object has this ETag, it is not read; null reads it in any case.</param>
    /// <param name="maxBytes">A larger file is not read.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Null if the object has the ETag <paramref name="unlessETag"/>.</returns>
    /// <exception cref="StorageException">S3 refused, or the connection broke.</exception>
    /// <exception cref="ObjectTooLargeException">The file has more than <paramref name="maxBytes"/>.</exception>
    /// <exception cref="ObjectContentException">The object is not what its Content-Encoding says, or has one that the function does not support.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public async Task<SourceObject?> ReadAsync(ObjectLocation location, string? unlessETag, long maxBytes, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            using GetObjectResponse? response = await GetAsync(location, unlessETag, cancellationToken);
            if (response is null)
            {
                return null;
            }

            try
            {
                SourceObject read = await ObjectBody.ReadAsync(response, maxBytes, clock, cancellationToken);
                read.Focus = response.Metadata[FocusName];
                return read;
            }
            catch (Exception exception) when (attempt == Attempts && StorageException.IsStorageFailure(exception))
            {
                throw StorageException.Reading(location, exception, settings.OwnerOf(location.Bucket));
            }
            catch (Exception exception) when (StorageException.IsStorageFailure(exception))
            {
                // The client retries requests, but not bodies that break off.
                await Task.Delay(Pause * attempt, clock, cancellationToken);
            }
        }
    }

    private async Task<GetObjectResponse?> GetAsync(ObjectLocation location, string? unlessETag, CancellationToken cancellationToken)
    {
        string? owner = settings.OwnerOf(location.Bucket);
        GetObjectRequest request = new() { BucketName = location.Bucket, Key = location.Key, ExpectedBucketOwner = owner };
        if (unlessETag is not null)
        {
            request.EtagToNotMatch = $"\"{unlessETag}\"";
        }

        try
        {
            return await s3.GetObjectAsync(request, cancellationToken);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotModified)
        {
            return null;
        }
        catch (AmazonS3Exception exception) when (AccessRefusal.IsUnexplained(exception))
        {
            throw await IsRequesterPaysAsync(location, cancellationToken)
                ? StorageException.RequesterPays(location, exception)
                : StorageException.Reading(location, exception, owner);
        }
        catch (Exception exception) when (StorageException.IsStorageFailure(exception))
        {
            throw StorageException.Reading(location, exception, owner);
        }
    }

    /// <summary>
    /// Whether S3 refused only because the request did not offer to pay: its answer is just "Access Denied" then. A HEAD request with the offer
    /// finds out.
    /// </summary>
    private async Task<bool> IsRequesterPaysAsync(ObjectLocation location, CancellationToken cancellationToken)
    {
        GetObjectMetadataRequest request = new()
        {
            BucketName = location.Bucket,
            Key = location.Key,
            ExpectedBucketOwner = settings.OwnerOf(location.Bucket),
            RequestPayer = RequestPayer.Requester,
        };
        try
        {
            return (await s3.GetObjectMetadataAsync(request, cancellationToken)).RequestCharged is not null;
        }
        catch (Exception exception) when (StorageException.IsStorageFailure(exception))
        {
            return false;
        }
    }
}
