using System.Text.Json.Nodes;
using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Local.S3;
using ResizeImage.Reports;

namespace ResizeImage.Tests;

/// <summary>Thumbnails that are made on the first request: entries of THUMBNAIL_SIZE that end in a question mark.</summary>
public class OnRequestTests
{
    private const string Bucket = PhotoBucket.Name;
    private const string Photo = "input/a.jpg";
    private const string Sizes = "THUMBNAIL_SIZE=20x20,s=9x9?,800x.webp?";
    private static readonly string[] All = ["output/20x20/a.jpg", "output/800x.webp/a.jpg", "output/s/a.jpg"];

    [Theory]
    [InlineData("200x200", "200x200", false)]
    [InlineData("200x200?", "200x200", true)]
    [InlineData("thumb=200x200?", "thumb", true)]
    [InlineData("800x.webp?", "800x.webp", true)]
    [InlineData("50%.q80?", "50p.q80", true)]
    public void The_mark_is_no_part_of_the_name_or_the_options(string text, string name, bool isOnRequest)
    {
        Assert.True(ThumbnailOutput.TryParse(text, new(), out ThumbnailOutput output));
        Assert.Equal((name, isOnRequest), (output.Name, output.IsOnRequest));
        Assert.True(ThumbnailOutput.TryParse(text.TrimEnd('?'), new(), out ThumbnailOutput plain));
        Assert.Equal(plain, output with { IsOnRequest = false });
        Settings settings = new();
        Assert.Equal(SettingsFingerprint.Of(settings, plain), SettingsFingerprint.Of(settings, output));
    }

    [Theory]
    [InlineData("200x200??")]
    [InlineData("?200x200")]
    [InlineData("thumb?=200x200")]
    [InlineData("200x200?.webp")]
    [InlineData("?")]
    [InlineData("20x20,20x20?")] // the same name
    public void The_mark_is_at_the_end_only(string text) => Assert.False(ThumbnailOutput.TryParseList(text, new(), out _));

    [Theory]
    [InlineData("DELETE_ORIGINAL is true", "DELETE_ORIGINAL=true")]
    [InlineData("DELETE_THUMBNAILS is false", "DELETE_THUMBNAILS=false")]
    [InlineData("OUTPUT_KEY must name its photo completely", "OUTPUT_KEY={size}/{name}{extension}")]
    [InlineData("OUTPUT_KEY must name its photo completely", "OUTPUT_KEY={directory}{size}-{name}.{format}")]
    [InlineData("OUTPUT_KEY names it by a size that depends on the photo", "OUTPUT_KEY={size}/{width}/{path}")]
    public void Settings_under_which_it_could_not_work_are_refused(string reason, string setting)
    {
        string[] pair = setting.Split('=');
        SettingsException exception = Assert.Throws<SettingsException>(() => Settings.Read(
            name => name == pair[0] ? pair[1] : name == "THUMBNAIL_SIZE" ? "20x20,300x?" : null));
        Assert.StartsWith($"The thumbnail \"300x\" of THUMBNAIL_SIZE is made on request, because it ends in ?. {reason}", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>They are not in memory with those of an upload.</summary>
    [Fact]
    public void Limits_count_the_thumbnails_of_an_upload_or_the_largest_one()
    {
        Assert.Equal(Limit("2000x2000"), Limit("2000x2000,1000x1000?,1900x1900?"));
        Assert.Equal(Limit("2000x2000"), Limit("100x100,2000x2000?,1000x1000?"));

        static long Limit(string sizes) =>
            Settings.Read(name => name switch { "THUMBNAIL_SIZE" => sizes, "AWS_LAMBDA_FUNCTION_MEMORY_SIZE" => "512", _ => null }).Limits.MaxDecodedBytes;
    }

    [Fact]
    public async Task An_upload_does_not_make_them()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await WithPhotoAsync(endpoint);
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        Assert.Equal((RecordStatus.Made, "s3://photos/output/20x20/a.jpg"), (result.Status, result.Destination));
        Assert.Null(result.Outputs);
        Assert.Equal(All[..1], await PhotoBucket.KeysAsync(run.S3, "output/"));
    }

    [Fact]
    public async Task A_second_event_of_the_same_photo_leaves_them()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await WithAllAsync(endpoint);
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo, "ObjectRemoved:Delete"));
        Assert.Equal(All, await PhotoBucket.KeysAsync(run.S3, "output/"));
    }

    [Theory]
    [InlineData("ObjectCreated:Put")]
    [InlineData("ObjectRemoved:Delete")] // which finds the new photo
    public async Task A_replaced_photo_deletes_them(string name)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await WithAllAsync(endpoint);
        await PhotoBucket.PutAsync(run.S3, Photo, [.. Pictures.Jpeg48x32, 0]);
        Assert.Equal(RecordStatus.Made, (await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo, name))).Status);
        Assert.Equal(All[..1], await PhotoBucket.KeysAsync(run.S3, "output/"));
    }

    [Fact]
    public async Task A_deleted_photo_deletes_them()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await WithAllAsync(endpoint);
        await run.S3.DeleteObjectAsync(Bucket, Photo);
        Assert.Equal(RecordStatus.Deleted, (await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo, "ObjectRemoved:Delete"))).Status);
        Assert.Empty(await PhotoBucket.KeysAsync(run.S3));
    }

    [Fact]
    public async Task A_file_that_is_not_an_image_deletes_them()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await WithAllAsync(endpoint);
        await PhotoBucket.PutAsync(run.S3, Photo, "no image"u8.ToArray());
        Assert.Equal(RecordStatus.Rejected, (await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo))).Status);
        Assert.Equal([Photo], await PhotoBucket.KeysAsync(run.S3));
    }

    [Fact]
    public async Task An_event_deletes_those_of_other_settings()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await WithAllAsync(endpoint);
        using FunctionRun later = new(endpoint.Url, "THUMBNAIL_SIZE=20x20,s=8x8?,800x.webp?");
        await later.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        Assert.Equal(All[..2], await PhotoBucket.KeysAsync(run.S3, "output/"));
    }

    [Fact]
    public async Task Objects_that_are_not_thumbnails_of_the_photo_stay()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await WithPhotoAsync(endpoint);
        await PhotoBucket.PutAsync(run.S3, All[2], "somebody's"u8.ToArray());
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        Assert.Equal(["output/20x20/a.jpg", "output/s/a.jpg"], await PhotoBucket.KeysAsync(run.S3, "output/"));
    }

    /// <summary>The photo need not be read then.</summary>
    [Fact]
    public async Task With_these_alone_an_event_deletes_the_outdated_ones_and_reads_nothing()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        CountingThumbnailer engine = new();
        using FunctionRun run = await WithPhotoAsync(endpoint, engine, "THUMBNAIL_SIZE=a=9x9?,b=7x7?");
        RecordResult first = await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        Assert.Equal((RecordStatus.Skipped, "All its thumbnails are made on request; outdated ones are deleted."), (first.Status, first.Reason));
        Assert.Equal(200, (await run.RequestAsync("a/a.jpg")).Status);
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        Assert.Equal(["output/a/a.jpg"], await PhotoBucket.KeysAsync(run.S3, "output/"));

        await PhotoBucket.PutAsync(run.S3, Photo, [.. Pictures.Jpeg48x32, 0]);
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        Assert.Empty(await PhotoBucket.KeysAsync(run.S3, "output/"));

        await run.RequestAsync("a/a.jpg");
        await run.S3.DeleteObjectAsync(Bucket, Photo);
        Assert.Equal(RecordStatus.Deleted, (await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo, "ObjectRemoved:Delete"))).Status);
        RecordResult gone = await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo, "ObjectRemoved:Delete"));
        Assert.Equal((RecordStatus.Skipped, "The photo is gone, and has no thumbnail."), (gone.Status, gone.Reason));
        Assert.Equal(RecordStatus.Rejected, (await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo))).Status);
        Assert.Equal(2, engine.Decoded);
    }

    [Fact]
    public async Task A_reconciliation_neither_makes_nor_misses_them()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await WithPhotoAsync(endpoint);
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        JsonNode report = JsonNode.Parse(await run.InvokeWithFileAsync("scheduler.json"))!;
        Assert.Equal((1, 0), ((int)report["photos"]!, (int)report["made"]!));

        await run.S3.DeleteObjectAsync(Bucket, All[0]);
        await run.RequestAsync("s/a.jpg");
        report = JsonNode.Parse(await run.InvokeWithFileAsync("scheduler.json"))!;
        Assert.Equal((1, 1), ((int)report["photos"]!, (int)report["made"]!));
        Assert.Equal(["output/20x20/a.jpg", "output/s/a.jpg"], await PhotoBucket.KeysAsync(run.S3, "output/"));
    }

    /// <summary>No metadata says how a thumbnail was made.</summary>
    [Fact]
    public async Task An_entry_may_lose_or_get_its_mark()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await WithAllAsync(endpoint);
        using FunctionRun later = new(endpoint.Url, new CountingThumbnailer(), "INPUT_BUCKET=photos", "THUMBNAIL_SIZE=20x20?,s=9x9,800x.webp");
        JsonNode report = JsonNode.Parse(await later.InvokeWithFileAsync("scheduler.json"))!;
        Assert.Equal((1, 0), ((int)report["photos"]!, (int)report["made"]!));
        Assert.Equal(All, await PhotoBucket.KeysAsync(run.S3, "output/"));
    }

    private static Task<FunctionRun> WithPhotoAsync(S3Endpoint endpoint) => WithPhotoAsync(endpoint, new Thumbnailer(), Sizes);

    private static async Task<FunctionRun> WithPhotoAsync(S3Endpoint endpoint, IThumbnailer engine, string sizes)
    {
        FunctionRun run = new(endpoint.Url, engine, "INPUT_BUCKET=photos", sizes);
        await run.S3.PutBucketAsync(Bucket);
        await PhotoBucket.PutAsync(run.S3, Photo, Pictures.Jpeg48x32);
        return run;
    }

    private static async Task<FunctionRun> WithAllAsync(S3Endpoint endpoint)
    {
        FunctionRun run = await WithPhotoAsync(endpoint);
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        Assert.Equal(200, (await run.RequestAsync("s/a.jpg")).Status);
        Assert.Equal(200, (await run.RequestAsync("800x.webp/a.jpg")).Status);
        Assert.Equal(All, await PhotoBucket.KeysAsync(run.S3, "output/"));
        return run;
    }
}
