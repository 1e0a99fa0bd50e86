using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using ResizeImage.Local.Events;
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
        PutObjectRequest put = new()
        {
            BucketName = Bucket,
            Key = "input/été 1.jpg",
            InputStream = new MemoryStream(bytes),
            ContentType = "image/jpeg",
            UseChunkEncoding = chunked,
        };
        put.Metadata["source"] = "camera";
        put.Headers.CacheControl = "max-age=60";
        PutObjectResponse stored = await S3.PutObjectAsync(put);
        string md5 = Convert.ToHexString(MD5.HashData(bytes)).ToLowerInvariant();
        Assert.Equal($"\"{md5}\"", stored.ETag);

        using GetObjectResponse got = await S3.GetObjectAsync(Bucket, "input/été 1.jpg");
        MemoryStream content = new();
        await got.ResponseStream.CopyToAsync(content);
        Assert.Equal(bytes, content.ToArray());
        Assert.Equal("image/jpeg", got.Headers.ContentType);
        Assert.Equal("max-age=60", got.Headers.CacheControl);
        Assert.Equal("camera", got.Metadata["source"]);
        Assert.Equal("", got.Headers.ContentEncoding ?? "");

        GetObjectMetadataResponse head = await S3.GetObjectMetadataAsync(Bucket, "input/été 1.jpg");
        Assert.Equal(bytes.Length, head.ContentLength);
        Assert.InRange(DateTime.UtcNow - head.LastModified!.Value.ToUniversalTime(), TimeSpan.Zero, TimeSpan.FromSeconds(60));

        await S3.DeleteObjectAsync(Bucket, "input/été 1.jpg");
        NoSuchKeyException gone = await Assert.ThrowsAsync<NoSuchKeyException>(() => S3.GetObjectAsync(Bucket, "input/été 1.jpg"));
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

        List<string> keys = new();
        int pages = 0;
        await foreach (ListObjectsV2Response? page in S3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = Bucket, MaxKeys = 3, Prefix = "input/" }).Responses)
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
        using TransferUtility transfer = new(S3);
        await transfer.UploadAsync(new TransferUtilityUploadRequest { BucketName = Bucket, Key = "big.bin", InputStream = new MemoryStream(bytes), PartSize = 6 << 20 });
        GetObjectMetadataResponse head = await S3.GetObjectMetadataAsync(Bucket, "big.bin");
        byte[] md5s = [.. bytes.Chunk(6 << 20).SelectMany(MD5.HashData)];
        Assert.Equal($"\"{Convert.ToHexString(MD5.HashData(md5s)).ToLowerInvariant()}-4\"", head.ETag);

        using GetObjectResponse got = await S3.GetObjectAsync(Bucket, "big.bin");
        MemoryStream content = new();
        await got.ResponseStream.CopyToAsync(content);
        Assert.Equal(bytes, content.ToArray());
    }

    [Fact]
    public async Task Transfer_utility_downloads_part_by_part()
    {
        byte[] bytes = RandomBytes(20 << 20);
        using TransferUtility transfer = new(S3);
        await transfer.UploadAsync(new TransferUtilityUploadRequest { BucketName = Bucket, Key = "big.bin", InputStream = new MemoryStream(bytes), PartSize = 8 << 20 });
        using GetObjectResponse part = await S3.GetObjectAsync(new GetObjectRequest { BucketName = Bucket, Key = "big.bin", PartNumber = 3 });
        Assert.Equal(3, part.PartsCount);
        Assert.Equal(4 << 20, part.ContentLength);
        await transfer.DownloadAsync(Folder["down.bin"], Bucket, "big.bin");
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Folder["down.bin"]));
    }

    [Theory]
    [InlineData("CRC32", "COMPOSITE")]
    [InlineData("CRC32C", "COMPOSITE")]
    [InlineData("SHA1", "COMPOSITE")]
    [InlineData("SHA256", "COMPOSITE")]
    [InlineData("CRC32", "FULL_OBJECT")]
    [InlineData("CRC64NVME", "FULL_OBJECT")]
    public async Task Multipart_checksums(string algorithm, string type)
    {
        byte[][] parts = [RandomBytes(5 << 20, 1), RandomBytes(1000, 2)];
        InitiateMultipartUploadResponse upload = await S3.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest
        {
            BucketName = Bucket,
            Key = "m",
            ChecksumAlgorithm = ChecksumAlgorithm.FindValue(algorithm),
            ChecksumType = ChecksumType.FindValue(type),
        });
        CompleteMultipartUploadRequest complete = new() { BucketName = Bucket, Key = "m", UploadId = upload.UploadId, ChecksumType = ChecksumType.FindValue(type) };
        foreach ((byte[]? bytes, int number) in parts.Select((bytes, index) => (bytes, index + 1)))
        {
            // The SDK computes neither CRC32C nor CRC64NVME without a native library.
            RawResponse part = await RawHttp.SendAsync(
                Server.Endpoint,
                $"PUT /photos/m?uploadId={upload.UploadId}&partNumber={number}",
                bytes,
                $"x-amz-checksum-{algorithm.ToLowerInvariant()}: {Convert.ToBase64String(Checksum(algorithm, bytes))}");
            complete.AddPartETags(new PartETag(number, part.Headers["ETag"]));
        }

        RawResponse mismatch = await RawHttp.SendAsync(
            Server.Endpoint, $"PUT /photos/m?uploadId={upload.UploadId}&partNumber=9", [], $"x-amz-sdk-checksum-algorithm: {(algorithm == "SHA1" ? "SHA256" : "SHA1")}");
        Assert.Contains("Checksum Type mismatch", mismatch.Text, StringComparison.Ordinal);

        CompleteMultipartUploadResponse done = await S3.CompleteMultipartUploadAsync(complete);
        byte[][] inputs = type == "COMPOSITE" ? [.. parts.Select(part => Checksum(algorithm, part))] : parts;
        string expected = Convert.ToBase64String(Checksum(algorithm, [.. inputs.SelectMany(input => input)])) + (type == "COMPOSITE" ? "-2" : "");
        Assert.Equal(expected, algorithm switch
        {
            "CRC32" => done.ChecksumCRC32,
            "CRC32C" => done.ChecksumCRC32C,
            "SHA1" => done.ChecksumSHA1,
            "SHA256" => done.ChecksumSHA256,
            _ => done.ChecksumCRC64NVME,
        });
        Assert.Equal(type, done.ChecksumType.Value);
    }

    [Fact]
    public async Task Events_report_changes_in_order()
    {
        using ObjectEventSubscription events = Server.ObjectEvents.Subscribe();
        PutObjectResponse put = await S3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "a b", ContentBody = "hello" });
        await S3.CopyObjectAsync(Bucket, "a b", Bucket, "c");
        await S3.DeleteObjectAsync(Bucket, "none");
        await S3.DeleteObjectAsync(Bucket, "a b");
        await S3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = Bucket, Objects = [new KeyVersion { Key = "c" }] });
        await Assert.ThrowsAsync<AmazonS3Exception>(() => S3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "d", ContentBody = "x", IfMatch = "0" }));
        await S3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "last", ContentBody = "" });

        List<ObjectEvent> happened = new List<Local.Events.ObjectEvent>();
        do
        {
            happened.Add(await events.NextAsync());
        }
        while (happened[^1].Key != "last");
        Assert.Equal(
            [("ObjectCreated:Put", "a b"), ("ObjectCreated:Copy", "c"), ("ObjectRemoved:Delete", "a b"), ("ObjectRemoved:Delete", "c"), ("ObjectCreated:Put", "last")],
            happened.Select(one => (one.Name, one.Key)));
        Assert.Equal((Bucket, 5L, put.ETag.Trim('"')), (happened[0].Bucket, happened[0].Size, happened[0].ETag));
        Assert.All(happened, one => Assert.Matches("^[0-9A-F]{18}$", one.Sequencer));
        Assert.Equal(happened.Select(one => one.Sequencer).Order(StringComparer.Ordinal).Distinct(), happened.Select(one => one.Sequencer));
    }

    // By the definitions, a bit or a library call at a time.
    private static byte[] Checksum(string algorithm, byte[] data) => algorithm switch
    {
        "SHA1" => SHA1.HashData(data),
        "SHA256" => SHA256.HashData(data),
        "CRC32" => SlowCrc(data, 0xEDB88320, 32),
        "CRC32C" => SlowCrc(data, 0x82F63B78, 32),
        _ => SlowCrc(data, 0x9A6C9329AC4BC9B5, 64),
    };

    private static byte[] SlowCrc(byte[] data, ulong polynomial, int bits)
    {
        ulong all = ulong.MaxValue >> (64 - bits);
        ulong crc = all;
        foreach (byte b in data)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ polynomial : crc >> 1;
            }
        }

        crc ^= all;
        return [.. Enumerable.Range(1, bits / 8).Select(i => (byte)(crc >> (bits - (8 * i))))];
    }
}
