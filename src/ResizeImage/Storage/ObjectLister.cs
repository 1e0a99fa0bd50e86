using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using ResizeImage.Configuration;

namespace ResizeImage.Storage;

/// <summary>Lists objects (ListObjectsV2).</summary>
internal sealed class ObjectLister(IAmazonS3 s3, Settings settings)
{
    /// <summary>One page, of at most 1000 objects, in the order of their keys.</summary>
    /// <param name="bucket">Name of the bucket.</param>
    /// <param name="prefix">Only keys that begin with it.</param>
    /// <param name="startAfter">Only keys behind it; it need not exist (any more), unlike a continuation token.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="StorageException">S3 refused, or the connection broke.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public async Task<ObjectPage> ListAsync(string bucket, string prefix, string? startAfter, CancellationToken cancellationToken)
    {
        ListObjectsV2Request request = new()
        {
            BucketName = bucket,
            Prefix = prefix,
            StartAfter = startAfter,
            ExpectedBucketOwner = settings.OwnerOf(bucket),

            // A key may hold what XML cannot: unencoded, one such key would end the listing for ever.
            Encoding = EncodingType.Url,
        };
        ListObjectsV2Response response = await S3Calls.RunAsync(
            () => s3.ListObjectsV2Async(request, cancellationToken), exception => StorageException.Listing(bucket, exception, settings.OwnerOf(bucket)));

        // Stores that do not know the encoding do not say that they used it.
        bool encoded = response.Encoding == EncodingType.Url;
        return new ObjectPage(
            (response.S3Objects ?? []).ConvertAll(found => new ListedObject(
                encoded ? WebUtility.UrlDecode(found.Key) : found.Key, SourceObject.Unquoted(found.ETag))),
            IsLast: response.IsTruncated != true);
    }
}

/// <summary>A part of a listing.</summary>
/// <param name="Objects">In the order of their keys.</param>
/// <param name="IsLast">Whether nothing follows.</param>
internal sealed record ObjectPage(IReadOnlyList<ListedObject> Objects, bool IsLast);

/// <summary>An object of a listing.</summary>
/// <param name="Key">The key, decoded.</param>
/// <param name="ETag">Without quotes.</param>
internal readonly record struct ListedObject(string Key, string ETag);
