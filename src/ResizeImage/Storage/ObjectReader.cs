using System.Net;
using Amazon.Runtime.Internal.Util;
using Amazon.S3;
using Amazon.S3.Model;
using ResizeImage.Imaging;

namespace ResizeImage.Storage;

/// <summary>Reads whole objects from S3.</summary>
/// <param name="s3">The client.</param>
/// <param name="maxBytes">Larger objects are refused before their bodies are read.</param>
internal sealed class ObjectReader(IAmazonS3 s3, long maxBytes)
{
    private const int Attempts = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>S3 delivers without pauses; a body that stalls this long will not go on.</summary>
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Reads the newest version of an object. The version in an event may be older: thumbnails made from it could
    /// overwrite newer ones, because events are delivered late, twice and in any order.
    /// </summary>
    /// <param name="location">The object.</param>
    /// <param name="unlessETag">If the object has this ETag, it is not read; null reads it in any case.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Null if the object has the ETag <paramref name="unlessETag"/>.</returns>
    /// <exception cref="StorageException">S3 refused, or the connection broke.</exception>
    /// <exception cref="ImageLimitException">The object is too large.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<SourceObject?> ReadAsync(ObjectLocation location, string? unlessETag, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            using GetObjectResponse? response = await GetAsync(location, unlessETag, cancellationToken);
            if (response is null)
            {
                return null;
            }

            if (response.ContentLength > maxBytes)
            {
                throw new ImageLimitException(
                    $"The file has {response.ContentLength:N0} bytes; the limit (MaxFileBytes) is {maxBytes:N0}.", nameof(ImageLimits.MaxFileBytes));
            }

            try
            {
                return await ReadBodyAsync(response, cancellationToken);
            }
            catch (Exception exception) when (attempt == Attempts && StorageException.Covers(exception))
            {
                throw StorageException.Reading(exception);
            }
            catch (Exception exception) when (StorageException.Covers(exception))
            {
                // The client retries requests, but not bodies that break off.
                await Task.Delay(Pause * attempt, cancellationToken);
            }
        }
    }

    private async Task<GetObjectResponse?> GetAsync(ObjectLocation location, string? unlessETag, CancellationToken cancellationToken)
    {
        GetObjectRequest request = new() { BucketName = location.Bucket, Key = location.Key };
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
        catch (Exception exception) when (StorageException.Covers(exception))
        {
            throw StorageException.Reading(exception);
        }
    }

    private static async Task<SourceObject> ReadBodyAsync(GetObjectResponse response, CancellationToken cancellationToken)
    {
        int length = checked((int)response.ContentLength);

        // One byte more, so that a body longer than announced shows (a store that announces nothing reads as 0).
        byte[] buffer = PhotoBuffer.Rent(length + 1);
        try
        {
            using CancellationTokenSource stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

            // Past the client's MD5 and CRC-32 of the body, 20 of 37 ms of processor time for a photo: TLS has authenticated what comes.
            Stream body = response.ResponseStream is WrapperStream wrapped ? wrapped.GetNonWrapperBaseStream() : response.ResponseStream;
            int filled = 0;
            int read;
            do
            {
                stall.CancelAfter(StallLimit);
                read = await body.ReadAsync(buffer.AsMemory(filled, length + 1 - filled), stall.Token);
                filled += read;
            }
            while (read > 0 && filled <= length);

            return filled == length
                ? new SourceObject(buffer, length, SourceObject.Unquoted(response.ETag))
                : throw new IOException($"{length} bytes were announced, and {(filled > length ? "more" : $"only {filled}")} came.");
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            PhotoBuffer.Return(buffer);
            throw new IOException($"the body stalled for {StallLimit.TotalSeconds} s.", exception);
        }
        catch
        {
            PhotoBuffer.Return(buffer);
            throw;
        }
    }
}
