using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using ResizeImage.Configuration;

namespace ResizeImage.Storage;

/// <summary>A small object with text in it.</summary>
internal sealed class TextObject(IAmazonS3 s3, Settings settings, ObjectLocation location)
{
    /// <summary>The text; null if there is no such object.</summary>
    /// <exception cref="StorageException">S3 refused, or the connection broke.</exception>
    public Task<string?> ReadAsync(CancellationToken cancellationToken) => S3Calls.RunAsync(
        () => TryReadAsync(cancellationToken), exception => StorageException.Probing(location, exception, settings.OwnerOf(location.Bucket)));

    private async Task<string?> TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            using GetObjectResponse response = await s3.GetObjectAsync(
                new GetObjectRequest { BucketName = location.Bucket, Key = location.Key, ExpectedBucketOwner = settings.OwnerOf(location.Bucket) },
                cancellationToken);
            using StreamReader reader = new(response.ResponseStream, Encoding.UTF8);
            return await reader.ReadToEndAsync(cancellationToken);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
