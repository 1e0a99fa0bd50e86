using System.Buffers.Binary;
using System.Net;
using Amazon.Lambda.S3Events;
using Amazon.S3;
using Amazon.S3.Model;
using ResizeImage.Local.S3;
using ResizeImage.Reports;
using ResizeImage.Storage;

namespace ResizeImage.Tests;

/// <summary>From an event to a stored thumbnail, through the SDK's own client and a real S3 server.</summary>
public class StorageTests
{
    /// <summary>Between two reads the data are processed.</summary>
    [Fact]
    public async Task Only_a_read_can_stall()
    {
        TestClock time = new();
        using WatchedStream body = new(new MemoryStream(new byte[10]), time, CancellationToken.None);
        Assert.Equal(5, await body.ReadAsync(new byte[5].AsMemory()));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(5, await body.ReadAsync(new byte[5].AsMemory()));
        Assert.False(body.HasEnded);
        Assert.Equal(0, await body.ReadAsync(new byte[5].AsMemory()));
        Assert.True(body.HasEnded);
    }

    private const string Bucket = PhotoBucket.Name;

    [Theory, OnLocalS3, OnS3rver]
    public async Task A_photo_becomes_a_thumbnail(string server)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(server);
        using FunctionRun run = new(endpoint.Url);
        await run.S3.PutBucketAsync(Bucket);
        string etag = await PhotoBucket.PutAsync(run.S3, "input/holiday/a.jpg", Pictures.Jpeg48x32);

        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put(Bucket, "input/holiday/a.jpg"));

        Assert.Equal(RecordStatus.Made, result.Status);
        Assert.Equal(("s3://photos/input/holiday/a.jpg", "s3://photos/output/holiday/a.jpg"), (result.Source, result.Destination));
        Assert.Equal((48, 32, 200, 200), (result.SourceWidth, result.SourceHeight, result.Width, result.Height));
        Assert.Null(result.Reason);
        (GetObjectResponse stored, byte[] thumbnail) = await GetAsync(run.S3, "output/holiday/a.jpg");
        Assert.Equal("image/jpeg", stored.Headers.ContentType);
        Assert.Equal(etag, stored.Metadata["source-etag"]);
        Assert.Equal((Pictures.Jpeg48x32.Length, thumbnail.Length), (result.BytesIn, result.BytesOut));
        Assert.Equal((200, 200), JpegSize(thumbnail));
    }

    [Theory, OnLocalS3, OnS3rver]
    public async Task Keys_of_every_kind_are_kept(string server)
    {
        string[] keys = ["a b.jpg", "a+b.jpg", "aé.jpg", "100%.jpg", "%41.jpg", "ü/ö/日本.jpg", "😀.jpg", "a&b=c;d:e,f@g$h'(i)!.jpg", "UPPER.JPG", "no extension"];
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(server);
        using FunctionRun run = new(endpoint.Url);
        await run.S3.PutBucketAsync(Bucket);
        foreach (string key in keys)
        {
            await PhotoBucket.PutAsync(run.S3, "input/" + key, Pictures.Jpeg48x32);
        }

        // WebUtility.UrlEncode is the other direction of what the event's reader does, but not what S3 does: S3 leaves slashes.
        ThumbnailReport report = await run.InvokeAsync(
            [.. keys.Select(key => FunctionRun.Put(Bucket, "input/" + WebUtility.UrlEncode(key).Replace("%2F", "/", StringComparison.Ordinal)))]);

        Assert.All(report.Results, result => Assert.Equal(RecordStatus.Made, result.Status));
        ListObjectsV2Response list = await run.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket, Prefix = "output/" });
        Assert.Equal(
            keys.Select(key => "output/" + key).Order(StringComparer.Ordinal),
            list.S3Objects.Select(found => found.Key).Order(StringComparer.Ordinal));
    }

    [Theory, OnLocalS3, OnS3rver]
    public async Task A_deleted_photo_is_gone_and_the_others_are_done(string server)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(server);
        using FunctionRun run = new(endpoint.Url);
        await run.S3.PutBucketAsync(Bucket);
        await PhotoBucket.PutAsync(run.S3, "input/b.jpg", Pictures.Jpeg48x32);

        ThumbnailReport report = await run.InvokeAsync(FunctionRun.Put(Bucket, "input/a.jpg"), FunctionRun.Put(Bucket, "input/b.jpg"));

        Assert.Equal([RecordStatus.Rejected, RecordStatus.Made], report.Results.Select(result => result.Status));
        Assert.Equal("s3://photos/input/a.jpg is gone: it was deleted before it could be read.", report.Results[0].Reason);
    }

    [Theory, OnLocalS3, OnS3rver]
    public async Task Thumbnails_go_into_another_bucket_under_another_name(string server)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(server);
        using FunctionRun run = new(
            endpoint.Url, "OUTPUT_BUCKET=thumbs", "INPUT_PREFIX=", "OUTPUT_PREFIX=", "OUTPUT_KEY={directory}{name}-{width}x{height}.{format}",
            "THUMBNAIL_SIZE=40x40", "THUMBNAIL_FIT=inside", "THUMBNAIL_FORMAT=png");
        await run.S3.PutBucketAsync(Bucket);
        await run.S3.PutBucketAsync("thumbs");
        await PhotoBucket.PutAsync(run.S3, "a/b.jpg", Pictures.Jpeg48x32);

        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put(Bucket, "a/b.jpg"));

        Assert.Equal((RecordStatus.Made, "s3://thumbs/a/b-40x27.png", null), (result.Status, result.Destination, result.Reason));
        using GetObjectResponse stored = await run.S3.GetObjectAsync("thumbs", "a/b-40x27.png");
        Assert.Equal("image/png", stored.Headers.ContentType);
    }

    [Theory, OnLocalS3, OnS3rver]
    public async Task A_missing_output_bucket_fails_the_invocation(string server)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(server);
        using FunctionRun run = new(endpoint.Url, "OUTPUT_BUCKET=thumbs");
        await run.S3.PutBucketAsync(Bucket);
        await PhotoBucket.PutAsync(run.S3, "input/a.jpg", Pictures.Jpeg48x32);

        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put(Bucket, "input/a.jpg"));

        Assert.Equal(RecordStatus.Failed, result.Status);
        Assert.Contains("there is no such bucket", result.Reason, StringComparison.Ordinal);
    }

    [SamplesFact]
    public async Task Photos_of_all_orientations_become_upright_thumbnails()
    {
        IReadOnlyList<string> files = Samples.Files("orientation", "*.jpg");
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = new(endpoint.Url);
        await run.S3.PutBucketAsync(Bucket);
        List<S3Event.S3EventNotificationRecord> records = [];
        foreach (string file in files)
        {
            // The samples and the corpus have files of the same names.
            string key = $"input/{records.Count}-{Path.GetFileName(file)}";
            await PhotoBucket.PutAsync(run.S3, key, await File.ReadAllBytesAsync(file));
            records.Add(FunctionRun.Put(Bucket, key));
        }

        ThumbnailReport report = await run.InvokeAsync([.. records]);

        Assert.All(report.Results, result => Assert.Equal((RecordStatus.Made, 200, 200), (result.Status, result.Width, result.Height)));
        foreach (RecordResult result in report.Results)
        {
            (_, byte[] thumbnail) = await GetAsync(run.S3, result.Destination!["s3://photos/".Length..]);
            Assert.Equal((200, 200), JpegSize(thumbnail));
            Assert.Equal(result.Source!.Contains("landscape", StringComparison.Ordinal), result.SourceWidth > result.SourceHeight);
        }
    }

    private static async Task<(GetObjectResponse Response, byte[] Body)> GetAsync(IAmazonS3 s3, string key)
    {
        GetObjectResponse response = await s3.GetObjectAsync(Bucket, key);
        using MemoryStream body = new();
        await response.ResponseStream.CopyToAsync(body);
        return (response, body.ToArray());
    }

    /// <summary>Width and height from the frame header, T.81 B.2.2.</summary>
    private static (int Width, int Height) JpegSize(byte[] jpeg)
    {
        int position = 2;
        while (jpeg[position + 1] is not (0xC0 or 0xC1 or 0xC2))
        {
            position += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(position + 2));
        }

        ReadOnlySpan<byte> frame = jpeg.AsSpan(position + 5);
        return (BinaryPrimitives.ReadUInt16BigEndian(frame[2..]), BinaryPrimitives.ReadUInt16BigEndian(frame));
    }
}
