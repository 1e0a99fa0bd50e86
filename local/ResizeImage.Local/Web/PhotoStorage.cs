using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ResizeImage.Local.Events;
using ResizeImage.Local.S3;
using ResizeImage.Local.S3.Signing;
using ResizeImage.Local.Web.History;

namespace ResizeImage.Local.Web;

/// <summary>The bucket and prefixes of the page.</summary>
internal sealed record PhotoPlace(string Bucket, string InputPrefix, string OutputPrefix);

/// <summary>The photos as a web application's server reaches them: through S3's API, handing presigned URLs to browsers.</summary>
internal sealed class PhotoStorage : IDisposable
{
    // The longest that S3 allows.
    private static readonly TimeSpan Validity = TimeSpan.FromDays(7);

    private readonly AmazonS3Client _s3;

    public PhotoStorage(Uri s3, PhotoPlace place)
    {
        Place = place;
        Endpoint = s3;
        _s3 = new AmazonS3Client(new BasicAWSCredentials(LocalCredentials.AccessKeyId, LocalCredentials.SecretAccessKey), new AmazonS3Config
        {
            ServiceURL = s3.ToString(),
            ForcePathStyle = true,
            AuthenticationRegion = S3Server.Region,
        });
    }

    public PhotoPlace Place { get; }

    public Uri Endpoint { get; }

    /// <summary>A presigned URL for the PUT of a photo by a browser.</summary>
    /// <param name="contentType">What the browser will send as Content-Type.</param>
    public string PresignPut(string key, string contentType) => Presign(key, new GetPreSignedUrlRequest { Verb = HttpVerb.PUT, ContentType = contentType });

    /// <summary>The photo and its thumbnails, with presigned URLs for a browser.</summary>
    public Photo Presign(Photo photo) => photo with
    {
        Url = PresignGet(photo.Key),
        Preview = photo.Size <= Previews.SmallPhotoBytes ? null : $"api/preview?key={Uri.EscapeDataString(photo.Key)}&etag={photo.ETag}",
        Thumbnails = [.. photo.Thumbnails.Select(thumbnail => thumbnail with { Url = PresignGet(thumbnail.Key) })],
    };

    /// <summary>All objects below the two prefixes, as events of PUTs.</summary>
    public async IAsyncEnumerable<ObjectEvent> ListAsync()
    {
        foreach (string prefix in new[] { Place.OutputPrefix, Place.InputPrefix })
        {
            IListObjectsV2Paginator pages = _s3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = Place.Bucket, Prefix = prefix });
            await foreach (S3Object? found in pages.S3Objects)
            {
                yield return Found(found.Key, found.Size ?? 0, found.ETag, found.LastModified ?? DateTime.UtcNow);
            }
        }
    }

    /// <summary>The event that S3 would send if the photo were put now; null if there is none.</summary>
    public async Task<ObjectEvent?> EventOfAsync(string key)
    {
        try
        {
            GetObjectMetadataResponse head = await _s3.GetObjectMetadataAsync(Place.Bucket, key);
            return Found(key, head.ContentLength, head.ETag, head.LastModified ?? DateTime.UtcNow);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>The bytes of a version of an object.</summary>
    /// <exception cref="AmazonS3Exception">There is no such object, or another version of it.</exception>
    /// <exception cref="ResizeImage.Imaging.ImageLimitException">It is larger than that.</exception>
    public async Task<byte[]> ReadAsync(string key, string etag, long maxBytes, CancellationToken cancellationToken)
    {
        GetObjectRequest request = new() { BucketName = Place.Bucket, Key = key, EtagToMatch = $"\"{etag}\"" };
        using GetObjectResponse response = await _s3.GetObjectAsync(request, cancellationToken);
        if (response.ContentLength > maxBytes)
        {
            throw new Imaging.ImageLimitException($"The file has {response.ContentLength} bytes; at most {maxBytes} are read for a preview.");
        }

        byte[] bytes = new byte[response.ContentLength];
        await response.ResponseStream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    public Task DeleteAsync(string key) => _s3.DeleteObjectAsync(Place.Bucket, key);

    public void Dispose() => _s3.Dispose();

    private ObjectEvent Found(string key, long size, string etag, DateTime time) => new(
        ObjectEvent.Put, Place.Bucket, key, size, etag.Trim('"'), new Sequencer().Next(), time.ToUniversalTime(), RequestIds.NewRequestId(), RequestIds.NewHostId());

    private string PresignGet(string key) => Presign(key, new GetPreSignedUrlRequest
    {
        Verb = HttpVerb.GET,

        // The same name gets new contents whenever settings change.
        ResponseHeaderOverrides = new ResponseHeaderOverrides { CacheControl = "no-cache" },
    });

    private string Presign(string key, GetPreSignedUrlRequest request)
    {
        request.BucketName = Place.Bucket;
        request.Key = key;
        request.Protocol = Protocol.HTTP;
        request.Expires = DateTime.UtcNow + Validity;
        return _s3.GetPreSignedURL(request);
    }
}
