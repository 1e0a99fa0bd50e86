using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Local.S3;
using ResizeImage.Reports;

namespace ResizeImage.Tests;

/// <summary>Several thumbnails of each photo.</summary>
public class OutputsTests
{
    private const string Bucket = "photos";
    private const string Photo = "input/a/b.jpg";
    private const string Schedule = "scheduler.json";
    private static readonly string[] Three = ["output/20x20/a/b.jpg", "output/card.1/a/b.jpg", "output/half/a/b.jpg"];

    [Fact]
    public async Task Each_output_is_made_from_one_photo()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await WithPhotoAsync(endpoint, "THUMBNAIL_SIZE=20x20, card.1=30x10.contain.png, half=50%.q50", "THUMBNAIL_FORMAT=jpeg");
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        Assert.Equal(RecordStatus.Made, result.Status);
        Assert.Equal(
            [("20x20", 20, 20), ("card.1", 30, 10), ("half", 24, 16)],
            result.Outputs!.Select(output => (output.Name!, output.Width!.Value, output.Height!.Value)));
        Assert.Equal(Three.Prepend(Photo).Order(StringComparer.Ordinal), (await KeysAsync(run)).Order(StringComparer.Ordinal));
        Assert.Equal(["image/jpeg", "image/png", "image/jpeg"], await Task.WhenAll(Three.Select(async key => (await run.S3.GetObjectMetadataAsync(Bucket, key)).Headers.ContentType)));
        Assert.Contains("output/20x20/a/b.jpg (20x20, ", run.Log, StringComparison.Ordinal);
        Assert.Contains("output/half/a/b.jpg (24x16, ", run.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_output_is_reported_as_before()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await WithPhotoAsync(endpoint, "THUMBNAIL_SIZE=30x");
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        Assert.Null(result.Outputs);
        Assert.Equal(("s3://photos/output/a/b.jpg", 30, 20), (result.Destination, result.Width, result.Height));
    }

    /// <summary>Also one of another photo's state, and one that the list got later.</summary>
    [Theory]
    [InlineData("THUMBNAIL_SIZE=20x20,9x9,half=50%")]
    [InlineData("THUMBNAIL_SIZE=20x20,9x9,half=50%,new=5x5")]
    public async Task Only_what_is_missing_is_made(string sizes)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await WithPhotoAsync(endpoint, "THUMBNAIL_SIZE=20x20,9x9,half=50%");
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        await run.S3.DeleteObjectAsync(Bucket, "output/9x9/a/b.jpg");
        DateTime? before = await WrittenAsync(run, "output/20x20/a/b.jpg");

        using FunctionRun later = new(endpoint.Url, sizes, "INPUT_BUCKET=" + Bucket);
        await Task.Delay(1100); // S3 gives times in seconds
        await later.InvokeWithFileAsync(Schedule);
        Assert.Equal(before, await WrittenAsync(run, "output/20x20/a/b.jpg"));
        Assert.NotNull(await WrittenAsync(run, "output/9x9/a/b.jpg"));
        Assert.Equal(sizes.Contains("new", StringComparison.Ordinal), (await KeysAsync(run)).Contains("output/new/a/b.jpg"));
        string again = await later.InvokeWithFileAsync(Schedule);
        Assert.Contains("\"made\":0", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_outputs_of_a_deleted_photo_are_deleted()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await WithPhotoAsync(endpoint, "THUMBNAIL_SIZE=20x20,9x9", "OUTPUT_KEY={path}.{size}.{format}");
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        Assert.Equal(3, (await KeysAsync(run)).Count);
        await run.S3.DeleteObjectAsync(Bucket, Photo);
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo, "ObjectRemoved:Delete"));
        Assert.Equal(RecordStatus.Deleted, result.Status);
        Assert.Empty(await KeysAsync(run));
    }

    [Theory]
    [InlineData("1,0.5", true)]
    [InlineData("not a point", false)]
    public async Task The_focus_that_an_upload_names_counts(string focus, bool counts)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await WithPhotoAsync(endpoint, "THUMBNAIL_SIZE=20x20");
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        byte[] without = await PhotoBucket.ReadAsync(run.S3, "output/a/b.jpg");
        Amazon.S3.Model.PutObjectRequest upload = new() { BucketName = Bucket, Key = Photo, InputStream = new MemoryStream(Pictures.Jpeg48x32), UseChunkEncoding = false };
        upload.Metadata["focus"] = focus;
        await run.S3.PutObjectAsync(upload);
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        byte[] with = await PhotoBucket.ReadAsync(run.S3, "output/a/b.jpg");
        Assert.Equal(!counts, without.AsSpan().SequenceEqual(with));
    }

    /// <summary>The other layout of the course: resized- and the name, in a second bucket, half the size, always JPEG.</summary>
    [Fact]
    public async Task Half_size_copies_go_to_a_second_bucket_by_settings_alone()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await WithPhotoAsync(
            endpoint,
            "INPUT_PREFIX=", "OUTPUT_PREFIX=", "OUTPUT_BUCKET=photos-resized", "OUTPUT_KEY={directory}resized-{name}{extension}", "THUMBNAIL_SIZE=50%", "THUMBNAIL_FORMAT=jpeg");
        await run.S3.PutBucketAsync("photos-resized");
        await PhotoBucket.PutAsync(run.S3, "me.jpg", Pictures.Jpeg48x32);
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put(Bucket, "me.jpg"));
        Assert.Equal(("s3://photos-resized/resized-me.jpg", 24, 16), (result.Destination, result.Width, result.Height));
    }

    [Theory]
    [InlineData("OUTPUT_KEY={path}", "The thumbnails \"20x20\" and \"9x9\" could get the same key: OUTPUT_KEY must name them apart. ")]
    [InlineData("THUMBNAIL_SIZE=20x20,20x20", "The environment variable THUMBNAIL_SIZE is \"20x20,20x20\"; it accepts ")]
    [InlineData("THUMBNAIL_SIZE=20x20,800x.cover", "The environment variable THUMBNAIL_SIZE is \"20x20,800x.cover\"; it accepts ")]
    [InlineData("THUMBNAIL_SIZE=20x20,a/b=9x9", "The environment variable THUMBNAIL_SIZE is \"20x20,a/b=9x9\"; it accepts ")]
    [InlineData("THUMBNAIL_SIZE=20x20,101%", "The environment variable THUMBNAIL_SIZE is \"20x20,101%\"; it accepts ")]
    [InlineData("THUMBNAIL_SIZE=20x20,", "The environment variable THUMBNAIL_SIZE is \"20x20,\"; it accepts ")]
    [InlineData("THUMBNAIL_SIZE=0x", "The environment variable THUMBNAIL_SIZE is \"0x\"; it accepts ")]
    [InlineData("THUMBNAIL_SIZE=20x20.q101", "The environment variable THUMBNAIL_SIZE is \"20x20.q101\"; it accepts ")]
    public void Lists_that_cannot_work_are_refused_at_start(string pair, string message)
    {
        string[] environment = pair.StartsWith("THUMBNAIL_SIZE", StringComparison.Ordinal) ? [pair] : [pair, "THUMBNAIL_SIZE=20x20,9x9"];
        SettingsException refusal = Assert.Throws<SettingsException>(() => Settings.Read(
            name => Array.Find(environment, one => one.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..]));
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("800x", "800x", 800, 4096, null, ThumbnailFit.Inside)]
    [InlineData("x600", "x600", 4096, 600, null, ThumbnailFit.Inside)]
    [InlineData("50%", "50p", 4096, 4096, 50, ThumbnailFit.Inside)]
    [InlineData("50p", "50p", 4096, 4096, 50, ThumbnailFit.Inside)]
    [InlineData("card=400x300.fill", "card", 400, 300, null, ThumbnailFit.Fill)]
    [InlineData("400x300.png", "400x300.png", 400, 300, null, ThumbnailFit.Cover)]
    public void Entries_are_read(string text, string name, int width, int height, int? percent, ThumbnailFit fit)
    {
        Assert.True(ThumbnailOutput.TryParse(text, new ThumbnailOptions(), out ThumbnailOutput output));
        Assert.Equal((name, width, height, percent, fit), (output.Name, output.Options.Width, output.Options.Height, output.Options.Percent, output.Options.Fit));
    }

    private static async Task<FunctionRun> WithPhotoAsync(S3Endpoint endpoint, params string[] environment)
    {
        FunctionRun run = new(endpoint.Url, environment);
        await run.S3.PutBucketAsync(Bucket);
        await PhotoBucket.PutAsync(run.S3, Photo, Pictures.Jpeg48x32);
        return run;
    }

    private static async Task<List<string>> KeysAsync(FunctionRun run) =>
        [.. ((await run.S3.ListObjectsV2Async(new() { BucketName = Bucket })).S3Objects ?? []).Select(found => found.Key)];

    private static async Task<DateTime?> WrittenAsync(FunctionRun run, string key) => (await run.S3.GetObjectMetadataAsync(Bucket, key)).LastModified;
}
