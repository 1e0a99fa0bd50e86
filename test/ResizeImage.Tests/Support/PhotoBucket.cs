using Amazon.S3;
using Amazon.S3.Model;

namespace ResizeImage.Tests.Support;

/// <summary>The bucket of the tests, "photos".</summary>
internal static class PhotoBucket
{
    public const string Name = "photos";

    /// <summary>Puts an object.</summary>
    /// <returns>Its ETag, without quotes.</returns>
    public static async Task<string> PutAsync(IAmazonS3 s3, string key, byte[] content)
    {
        PutObjectResponse response = await s3.PutObjectAsync(
            new PutObjectRequest { BucketName = Name, Key = key, InputStream = new MemoryStream(content), UseChunkEncoding = false });
        return response.ETag.Trim('"');
    }

    /// <summary>An object's content.</summary>
    public static async Task<byte[]> ReadAsync(IAmazonS3 s3, string key)
    {
        using GetObjectResponse response = await s3.GetObjectAsync(Name, key);
        MemoryStream content = new();
        await response.ResponseStream.CopyToAsync(content);
        return content.ToArray();
    }

    /// <summary>The first 1000 keys, in their order.</summary>
    public static async Task<IReadOnlyList<string>> KeysAsync(IAmazonS3 s3, string prefix = "")
    {
        ListObjectsV2Response list = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Name, Prefix = prefix });
        return [.. list.S3Objects?.Select(found => found.Key) ?? []];
    }
}
