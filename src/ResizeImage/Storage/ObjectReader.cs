using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using ResizeImage.Configuration;

namespace ResizeImage.Storage;

/// <summary>Reads objects from S3, from the first byte on.</summary>
internal sealed class ObjectReader(IAmazonS3 s3, Settings settings, TimeProvider clock)
{
    private readonly Settings _settings = settings;
    private readonly TimeProvider _clock = clock;

    private const int MaxAttempts = 3;

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
    /// <exception cref="StorageException">S3 refused, or the connection broke before the body.</exception>
    /// <exception cref="ObjectTooLargeException">The file has more than <paramref name="maxBytes"/>.</exception>
    /// <exception cref="ObjectContentException">The object is not what its Content-Encoding says, or has one that the function does not support.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public async Task<SourceObject?> ReadAsync(ObjectLocation location, string? unlessETag, long maxBytes, CancellationToken cancellationToken)
    {
        Attempts attempts = new(this, location, cancellationToken);
        while (true)
        {
            if (await GetAsync(location, request => request.EtagToNotMatch = Quoted(unlessETag), cancellationToken) is not { } response)
            {
                return null;
            }

            string etag = RawResponse.ETagOf(response);
            string? focus = response.Metadata[FocusName];
            try
            {
                SourceObject read = await ObjectBody.OpenAsync(
                    response, (from, failure) => attempts.ResumeAsync(etag, from, failure), maxBytes, _clock, cancellationToken);
                read.Focus = focus;
                return read;
            }
            catch (Exception exception) when (StorageException.IsStorageFailure(exception))
            {
                await attempts.AfterAsync(exception);
            }
        }
    }

    private static string? Quoted(string? etag) => etag is null ? null : $"\"{etag}\"";

    /// <returns>Null if the object has the ETag that the request excludes.</returns>
    private async Task<GetObjectResponse?> GetAsync(ObjectLocation location, Action<GetObjectRequest> set, CancellationToken cancellationToken)
    {
        string? owner = _settings.OwnerOf(location.Bucket);
        GetObjectRequest request = new() { BucketName = location.Bucket, Key = location.Key, ExpectedBucketOwner = owner };
        set(request);
        try
        {
            return await s3.GetObjectAsync(request, cancellationToken);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotModified)
        {
            return null;
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            throw new PhotoChangedException();
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
            ExpectedBucketOwner = _settings.OwnerOf(location.Bucket),
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

    /// <summary>The attempts to read one object. The client retries requests, but not bodies that break off.</summary>
    private sealed class Attempts(ObjectReader reader, ObjectLocation location, CancellationToken cancellationToken)
    {
        private int _failed;

        /// <summary>Waits before the next attempt.</summary>
        /// <exception cref="StorageException">There were enough.</exception>
        public async Task AfterAsync(Exception failure)
        {
            _failed++;
            if (_failed == MaxAttempts)
            {
                throw StorageException.Reading(location, failure, reader._settings.OwnerOf(location.Bucket));
            }

            await Task.Delay(Pause * _failed, reader._clock, cancellationToken);
        }

        /// <summary>Gets the bytes from an offset on, if the object is still the same.</summary>
        /// <exception cref="PhotoChangedException">It is not.</exception>
        public async Task<ResumedBody> ResumeAsync(string etag, int from, Exception failure)
        {
            await AfterAsync(failure);
            void Set(GetObjectRequest request)
            {
                request.EtagToMatch = Quoted(etag);
                request.ByteRange = from == 0 ? null : new ByteRange($"bytes={from}-");
            }

            GetObjectResponse response = (await reader.GetAsync(location, Set, cancellationToken))!;
            bool isWhole = response.HttpStatusCode == HttpStatusCode.OK;
            bool isRest = !isWhole && response.ContentRange?.StartsWith($"bytes {from}-", StringComparison.Ordinal) == true;
            if ((isWhole || isRest) && RawResponse.ETagOf(response) == etag)
            {
                return new ResumedBody(response, isWhole);
            }

            response.Dispose();
            throw new PhotoChangedException();
        }
    }
}
