using Amazon.S3.Model;
using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Photos;
using ResizeImage.Reports;

namespace ResizeImage.Tests;

/// <summary>The thumbnail follows the photo: replaced, deleted, changed while it is worked on.</summary>
public class UpdateTests
{
    private const string Bucket = PhotoBucket.Name;
    private const string Photo = "input/a.jpg";
    private const string Thumbnail = "output/a.jpg";
    private const string Removed = "ObjectRemoved:Delete";

    [Theory, OnLocalS3, OnS3rver]
    public async Task Removal_event_for_a_deleted_photo_deletes_the_thumbnail(string server)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(server);
        using FunctionRun run = await WithPhotoAsync(endpoint);
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        await run.S3.DeleteObjectAsync(Bucket, Photo);

        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo, Removed));
        Assert.Equal((RecordStatus.Deleted, "s3://photos/output/a.jpg", "The photo is gone."), (result.Status, result.Destination, result.Reason));
        Assert.Contains("Information: deleted s3://photos/output/a.jpg", run.Log, StringComparison.Ordinal);
        Assert.Empty(await PhotoBucket.KeysAsync(run.S3));

        RecordResult again = await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo, Removed));
        Assert.Equal((RecordStatus.Skipped, "The photo is gone, and has no thumbnail."), (again.Status, again.Reason));
    }

    [Theory, OnLocalS3]
    public async Task Late_creation_event_for_a_deleted_photo_deletes_the_thumbnail(string server)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(server);
        using FunctionRun run = await WithPhotoAsync(endpoint);
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        await run.S3.DeleteObjectAsync(Bucket, Photo);
        Assert.Equal(RecordStatus.Deleted, (await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo))).Status);
        Assert.Empty(await PhotoBucket.KeysAsync(run.S3));
    }

    [Theory, OnLocalS3, OnS3rver]
    public async Task Removal_event_for_an_existing_photo_makes_only_an_outdated_thumbnail(string server)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(server);
        using FunctionRun run = await WithPhotoAsync(endpoint);
        Assert.Equal(RecordStatus.Made, (await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo, Removed))).Status);

        RecordResult again = await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo, Removed));
        Assert.Equal((RecordStatus.Skipped, "s3://photos/output/a.jpg"), (again.Status, again.Destination));
        Assert.StartsWith("The thumbnail is up to date", again.Reason, StringComparison.Ordinal);

        using FunctionRun other = new(endpoint.Url, "THUMBNAIL_SIZE=100x100");
        Assert.Equal((RecordStatus.Made, 100), await StatusAndWidthAsync(other));
    }

    [Theory, OnLocalS3]
    public async Task Thumbnails_stay_if_the_settings_disable_deletion(string server)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(server);
        using FunctionRun run = await WithPhotoAsync(endpoint, "DELETE_THUMBNAILS=false");
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        await run.S3.DeleteObjectAsync(Bucket, Photo);
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo, Removed));
        Assert.Equal((RecordStatus.Skipped, "The photo was deleted; DELETE_THUMBNAILS is false."), (result.Status, result.Reason));
        Assert.Equal(RecordStatus.Rejected, (await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo))).Status);
        Assert.Equal([Thumbnail], await PhotoBucket.KeysAsync(run.S3));
    }

    [Theory, OnLocalS3]
    public async Task Objects_that_are_not_the_thumbnail_of_the_photo_are_not_deleted(string server)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(server);
        using FunctionRun run = await WithPhotoAsync(endpoint, "OUTPUT_KEY={name}");

        // By OUTPUT_KEY, both photos have this thumbnail.
        await PhotoBucket.PutAsync(run.S3, "input/a.png", Pictures.Jpeg48x32);
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, "input/a.png"));
        await run.S3.DeleteObjectAsync(Bucket, Photo);
        Assert.Equal(RecordStatus.Skipped, (await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo, Removed))).Status);
        Assert.Contains("output/a", await PhotoBucket.KeysAsync(run.S3));

        // Somebody else's.
        await PhotoBucket.PutAsync(run.S3, "output/b", Pictures.Jpeg48x32);
        Assert.Equal(RecordStatus.Skipped, (await run.InvokeOneAsync(FunctionRun.Put(Bucket, "input/b.jpg", Removed))).Status);
        Assert.Contains("output/b", await PhotoBucket.KeysAsync(run.S3));
    }

    [Theory, OnLocalS3]
    public async Task Replacing_a_photo_by_a_file_that_is_not_an_image_deletes_the_thumbnail(string server)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(server);
        using FunctionRun run = await WithPhotoAsync(endpoint);
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        await PhotoBucket.PutAsync(run.S3, Photo, [1, 2, 3]);
        Assert.Equal(RecordStatus.Rejected, (await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo))).Status);
        Assert.Equal([Photo], await PhotoBucket.KeysAsync(run.S3));
    }

    [Theory, OnLocalS3]
    public async Task A_thumbnail_of_another_format_replaces_the_one_under_the_other_name(string server)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(server);
        using FunctionRun asPng = await WithPhotoAsync(endpoint, "OUTPUT_KEY={path}.{format}", "THUMBNAIL_FORMAT=png");
        await asPng.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        using FunctionRun run = new(endpoint.Url, "OUTPUT_KEY={path}.{format}");
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        Assert.Equal([Photo, "output/a.jpg.jpg"], await PhotoBucket.KeysAsync(run.S3));
    }

    [Theory, OnLocalS3]
    public async Task A_thumbnail_that_is_up_to_date_replaces_the_one_under_the_other_name(string server)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(server);
        using FunctionRun run = await WithPhotoAsync(endpoint, "OUTPUT_KEY={path}.{format}");
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        await run.S3.CopyObjectAsync(Bucket, "output/a.jpg.jpg", Bucket, "output/a.jpg.png");
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo, Removed));
        Assert.Equal((RecordStatus.Skipped, "s3://photos/output/a.jpg.jpg"), (result.Status, result.Destination));
        Assert.Equal([Photo, "output/a.jpg.jpg"], await PhotoBucket.KeysAsync(run.S3));
    }

    [Fact]
    public async Task A_photo_that_changes_in_the_meantime_is_made_again_and_fails_if_it_keeps_changing()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(Local.S3.S3Server));
        using FunctionRun setUp = await WithPhotoAsync(endpoint);
        int changes = 2;
        Func<Task> change = async () =>
        {
            if (changes-- > 0)
            {
                await PhotoBucket.PutAsync(setUp.S3, Photo, [.. Pictures.Jpeg48x32, (byte)changes]);
            }
        };
        using FunctionRun run = new(endpoint.Url, new Disturbed(change));
        Assert.Equal(RecordStatus.Made, (await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo))).Status);
        GetObjectMetadataResponse photo = await run.S3.GetObjectMetadataAsync(Bucket, Photo);
        Assert.Equal(photo.ETag.Trim('"'), (await run.S3.GetObjectMetadataAsync(Bucket, Thumbnail)).Metadata["source-etag"]);

        changes = int.MaxValue;
        RecordResult restless = await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        Assert.Equal((RecordStatus.Failed, $"The photo changed {ThumbnailUpdate.MaxRounds} times while its thumbnail was made."), (restless.Status, restless.Reason));
    }

    /// <summary>Without a second look the thumbnail of the deleted photo would stay: its own event may have been processed meanwhile.</summary>
    [Fact]
    public async Task A_photo_deleted_while_an_old_format_of_its_thumbnail_is_deleted_loses_both()
    {
        bool isGone = false;
        SmallS3 photos = new(request => isGone |= request.Method == "DELETE" && request.Target.Contains(".png", StringComparison.Ordinal));
        await using ScriptedServer server = new(request =>
        {
            bool ofPhoto = request.Target.Contains("/input/", StringComparison.Ordinal);
            return ofPhoto && isGone ? (request.Method == "HEAD" ? ScriptedAnswer.Absent : ScriptedAnswer.S3Error(404, "NoSuchKey"))
                : ofPhoto && request["If-None-Match"] is not null ? ScriptedAnswer.Of(304, [], ScriptedAnswer.ETag)
                : photos.Answer(request);
        });
        photos.Put(Photo, Pictures.Jpeg48x32);
        using FunctionRun run = new($"http://{server.Address}", "OUTPUT_KEY={path}.{format}");
        using FunctionRun asPng = new($"http://{server.Address}", "OUTPUT_KEY={path}.{format}", "THUMBNAIL_FORMAT=png");
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        await asPng.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        Assert.Equal([Photo, "output/a.jpg.jpg", "output/a.jpg.png"], photos.Keys);

        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo, Removed));
        Assert.Equal((RecordStatus.Deleted, "The photo is gone."), (result.Status, result.Reason));
        Assert.Equal([Photo], photos.Keys);
    }

    [Fact]
    public void Every_setting_that_changes_thumbnails_changes_the_fingerprint()
    {
        ThumbnailOptions[] others =
        [
            new() { Width = 201 }, new() { Height = 201 }, new() { Fit = ThumbnailFit.Fill }, new() { Format = OutputFormat.Png },
            new() { Quality = 80 }, new() { Progressive = true }, new() { Background = new Rgba(255, 255, 255, 0) }, new() { Percent = 50 }, new() { Focus = ThumbnailFocus.Top },
        ];
        Assert.Equal(typeof(ThumbnailOptions).GetProperties().Count(property => property.CanWrite && property.Name is not (nameof(ThumbnailOptions.Limits) or nameof(ThumbnailOptions.PhotoFocus) or nameof(ThumbnailOptions.MakesPlaceholders))), others.Length);
        IEnumerable<Settings> all = [new(), new() { Engine = Engine.ImageSharp }, .. others.Select(options => new Settings { Outputs = [new("a", options)] })];
        List<string> fingerprints = [.. all.Select(settings => SettingsFingerprint.Of(settings, settings.Outputs[0]))];
        Assert.Equal(fingerprints, fingerprints.Distinct());
        Settings plain = new();
        Assert.Equal(SettingsFingerprint.Of(plain, plain.Outputs[0]), SettingsFingerprint.Of(plain with { OutputPrefix = "thumbs/" }, plain.Outputs[0]));
    }

    private static async Task<(RecordStatus Status, int? Width)> StatusAndWidthAsync(FunctionRun run)
    {
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo, Removed));
        return (result.Status, result.Width);
    }

    private static async Task<FunctionRun> WithPhotoAsync(S3Endpoint endpoint, params string[] environment)
    {
        FunctionRun run = new(endpoint.Url, environment);
        await run.S3.PutBucketAsync(Bucket);
        await PhotoBucket.PutAsync(run.S3, Photo, Pictures.Jpeg48x32);
        return run;
    }

    /// <summary>Something happens while the thumbnail is made.</summary>
    private sealed class Disturbed(Func<Task> happens) : IThumbnailer
    {
        public Thumbnail[] Make(ReadOnlyMemory<byte> file, IReadOnlyList<ThumbnailOptions> outputs, CancellationToken cancellationToken)
        {
            happens().Wait(cancellationToken);
            return new Thumbnailer().Make(file, outputs, cancellationToken);
        }

        public ImageInfo Identify(ReadOnlyMemory<byte> file) => new Thumbnailer().Identify(file);
    }
}
