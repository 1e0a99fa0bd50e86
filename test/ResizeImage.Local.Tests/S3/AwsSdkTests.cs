using System.Net;
using System.Security.Cryptography;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>With the client library that the function uses.</summary>
public sealed class AwsSdkTests : S3Fixture
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_get_head_delete(bool chunked)
    {
        byte[] bytes = RandomBytes(100_000);
        var put = new PutObjectRequest
        {
            BucketName = Bucket,
            Key = "input/été 1.jpg",
            InputStream = new MemoryStream(bytes),
            ContentType = "image/jpeg",
            UseChunkEncoding = chunked,
        };
        put.Metadata["source"] = "camera";
        put.Headers.CacheControl = "max-age=60";
        var stored = await S3.PutObjectAsync(put);
        string md5 = Convert.ToHexString(MD5.HashData(bytes)).ToLowerInvariant();
        Assert.Equal($"\"{md5}\"", stored.ETag);

        using var got = await S3.GetObjectAsync(Bucket, "input/été 1.jpg");
        var content = new MemoryStream();
        await got.ResponseStream.CopyToAsync(content);
        Assert.Equal(bytes, content.ToArray());
        Assert.Equal("image/jpeg", got.Headers.ContentType);
        Assert.Equal("max-age=60", got.Headers.CacheControl);
        Assert.Equal("camera", got.Metadata["source"]);
        Assert.Equal("", got.Headers.ContentEncoding ?? "");

        var head = await S3.GetObjectMetadataAsync(Bucket, "input/été 1.jpg");
        Assert.Equal(bytes.Length, head.ContentLength);
        Assert.InRange(DateTime.UtcNow - head.LastModified!.Value.ToUniversalTime(), TimeSpan.Zero, TimeSpan.FromSeconds(10));

        await S3.DeleteObjectAsync(Bucket, "input/été 1.jpg");
        var gone = await Assert.ThrowsAsync<NoSuchKeyException>(() => S3.GetObjectAsync(Bucket, "input/été 1.jpg"));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal("NoSuchKey", gone.ErrorCode);
    }

    [Fact]
    public async Task Lists_by_pages()
    {
        for (int i = 0; i < 7; i++)
        {
            await S3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = $"input/{i}.jpg", ContentBody = "x" });
        }

        var keys = new List<string>();
        int pages = 0;
        await foreach (var page in S3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = Bucket, MaxKeys = 3, Prefix = "input/" }).Responses)
        {
            pages++;
            keys.AddRange(page.S3Objects.Select(o => o.Key));
        }

        Assert.Equal(3, pages);
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"input/{i}.jpg"), keys);
    }

    [Fact]
    public async Task Transfer_utility_uploads_20_MB_in_parts_and_downloads_them()
    {
        byte[] bytes = RandomBytes(20 << 20);
        using var transfer = new TransferUtility(S3);
        await transfer.UploadAsync(new TransferUtilityUploadRequest { BucketName = Bucket, Key = "big.bin", InputStream = new MemoryStream(bytes), PartSize = 6 << 20 });
        var head = await S3.GetObjectMetadataAsync(Bucket, "big.bin");
        byte[] md5s = [.. bytes.Chunk(6 << 20).SelectMany(MD5.HashData)];
        Assert.Equal($"\"{Convert.ToHexString(MD5.HashData(md5s)).ToLowerInvariant()}-4\"", head.ETag);

        using var got = await S3.GetObjectAsync(Bucket, "big.bin");
        var content = new MemoryStream();
        await got.ResponseStream.CopyToAsync(content);
        Assert.Equal(bytes, content.ToArray());
    }
}
