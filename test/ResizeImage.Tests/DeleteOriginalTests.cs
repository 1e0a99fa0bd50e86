using ResizeImage.Configuration;
using ResizeImage.Local.S3;
using ResizeImage.Reports;

namespace ResizeImage.Tests;

/// <summary>DELETE_ORIGINAL: photos that are deleted after their thumbnails are stored, and photos that stay.</summary>
public class DeleteOriginalTests
{
    private const string Bucket = PhotoBucket.Name;
    private const string Photo = "input/a.jpg";
    private const string Two = "THUMBNAIL_SIZE=20x20,9x9";
    private static readonly string[] Thumbnails = ["output/20x20/a.jpg", "output/9x9/a.jpg"];

    [Theory, OnLocalS3, OnS3rver]
    public async Task The_original_is_deleted_and_its_thumbnails_stay_whatever_event_follows(string server)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(server);
        using FunctionRun run = await WithPhotoAsync(endpoint, Pictures.Jpeg48x32, "DELETE_ORIGINAL=true", Two);
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        Assert.Equal((RecordStatus.Made, true), (result.Status, result.OriginalDeleted));
        Assert.Contains("original deleted True", run.Log, StringComparison.Ordinal);
        Assert.Equal(Thumbnails, await PhotoBucket.KeysAsync(run.S3));

        RecordResult removal = await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo, "ObjectRemoved:Delete"));
        Assert.Equal((RecordStatus.Skipped, "The photo was deleted; DELETE_ORIGINAL is true, so its thumbnails stay."), (removal.Status, removal.Reason));
        RecordResult second = await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        Assert.Equal((RecordStatus.Skipped, false), (second.Status, second.OriginalDeleted));
        Assert.Equal(Thumbnails, await PhotoBucket.KeysAsync(run.S3));
    }

    [Fact]
    public async Task Without_the_setting_the_original_stays()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await WithPhotoAsync(endpoint, Pictures.Jpeg48x32, "DELETE_THUMBNAILS=false");
        Assert.False((await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo))).OriginalDeleted);
        Assert.Equal([Photo, "output/a.jpg"], await PhotoBucket.KeysAsync(run.S3));
    }

    [Fact]
    public async Task A_rejected_photo_stays()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await WithPhotoAsync(endpoint, [1, 2, 3], "DELETE_ORIGINAL=true");
        Assert.Equal(RecordStatus.Rejected, (await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo))).Status);
        Assert.Equal([Photo], await PhotoBucket.KeysAsync(run.S3));
    }

    /// <summary>Of the two keys, one has more bytes than S3 allows.</summary>
    [Fact]
    public async Task The_original_stays_if_one_output_is_refused()
    {
        string path = string.Concat(Enumerable.Repeat(new string('a', 99) + "/", 10)) + "a.jpg"; // 1,005 bytes
        await using ScriptedServer server = new(request => request.Method == "GET" ? ScriptedAnswer.S3Object(Pictures.Jpeg48x32) : ScriptedAnswer.Stored);
        using FunctionRun run = new($"http://{server.Address}", "DELETE_ORIGINAL=true", "THUMBNAIL_SIZE=20x20,twentyfour-pixels=24x24");
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put(Bucket, "input/" + path));
        Assert.Equal((RecordStatus.Rejected, false), (result.Status, result.OriginalDeleted));
        Assert.Equal([RecordStatus.Made, RecordStatus.Rejected], result.Outputs!.Select(output => output.Status));
        Assert.DoesNotContain(server.Requests, request => request.Method == "DELETE");
    }

    [Fact]
    public async Task The_original_stays_if_one_output_fails()
    {
        await using ScriptedServer server = new(request =>
            request.Method == "GET" ? ScriptedAnswer.S3Object(Pictures.Jpeg48x32)
            : request.Target.Contains("/9x9/", StringComparison.Ordinal) ? ScriptedAnswer.S3Error(403, "AccessDenied")
            : ScriptedAnswer.Stored);
        using FunctionRun run = new($"http://{server.Address}", "DELETE_ORIGINAL=true", Two);
        Assert.Equal(RecordStatus.Failed, (await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo))).Status);
        Assert.DoesNotContain(server.Requests, request => request.Method == "DELETE");
    }

    /// <summary>The photo is replaced after the last HEAD request, when the deletion is on its way.</summary>
    [Theory]
    [InlineData(412, "PreconditionFailed")]
    [InlineData(409, "ConditionalRequestConflict")]
    public async Task A_photo_that_replaces_the_original_before_its_deletion_is_not_lost(int status, string code)
    {
        int version = 1;
        bool isDeleted = false;
        await using ScriptedServer server = new(request =>
        {
            if (request.Method == "DELETE")
            {
                version += version == 1 ? 1 : 0;
                if (request["If-Match"] is { } condition && condition != $"\"v{version}\"")
                {
                    return ScriptedAnswer.S3Error(status, code);
                }

                isDeleted = true;
                return ScriptedAnswer.Of(204, []);
            }

            return request.Method == "PUT" ? ScriptedAnswer.Stored
                : request.Target.Contains("/output/", StringComparison.Ordinal) ? ScriptedAnswer.Absent
                : ScriptedAnswer.Of(200, request.Method == "GET" ? Pictures.Jpeg48x32 : [], $"ETag: \"v{version}\"");
        });
        using FunctionRun run = new($"http://{server.Address}", "DELETE_ORIGINAL=true");
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        Assert.Equal((RecordStatus.Made, true, true), (result.Status, result.OriginalDeleted, isDeleted));
        Assert.Equal(["v1", "v2"], server.Requests.Where(request => request.Method == "PUT").Select(request => request["x-amz-meta-source-etag"]));
    }

    [Fact]
    public async Task A_photo_that_somebody_else_deletes_first_is_no_failure()
    {
        await using ScriptedServer server = new(request =>
            request.Method == "GET" ? ScriptedAnswer.S3Object(Pictures.Jpeg48x32)
            : request.Method == "DELETE" ? ScriptedAnswer.S3Error(404, "NoSuchKey")
            : ScriptedAnswer.Stored);
        using FunctionRun run = new($"http://{server.Address}", "DELETE_ORIGINAL=true");
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        Assert.Equal((RecordStatus.Made, true), (result.Status, result.OriginalDeleted));
    }

    /// <summary>An invocation that died between the thumbnails and the deletion leaves such a photo, and so does a change of the setting.</summary>
    [Fact]
    public async Task A_reconciliation_deletes_originals_whose_thumbnails_are_up_to_date_and_makes_nothing_again()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun before = await WithPhotoAsync(endpoint, Pictures.Jpeg48x32, Two);
        await before.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        using FunctionRun run = new(endpoint.Url, "DELETE_ORIGINAL=true", Two, "INPUT_BUCKET=" + Bucket);
        Assert.Contains("\"photos\":1,\"made\":0,\"rejected\":0,\"failed\":0", await run.InvokeWithFileAsync("scheduler.json"), StringComparison.Ordinal);
        Assert.Equal(Thumbnails, await PhotoBucket.KeysAsync(run.S3));
        Assert.Contains("\"photos\":0,\"made\":0,\"rejected\":0,\"failed\":0", await run.InvokeWithFileAsync("scheduler.json"), StringComparison.Ordinal);
        Assert.Equal(Thumbnails, await PhotoBucket.KeysAsync(run.S3));
    }

    [Fact]
    public void Thumbnails_stay_by_default_if_originals_are_deleted()
    {
        Settings settings = Read("DELETE_ORIGINAL=true");
        Assert.Equal((true, false), (settings.DeleteOriginal, settings.DeleteThumbnails));
        Assert.StartsWith(
            "DELETE_ORIGINAL and DELETE_THUMBNAILS are both true",
            Assert.Throws<SettingsException>(() => Read("DELETE_ORIGINAL=true", "DELETE_THUMBNAILS=true")).Message,
            StringComparison.Ordinal);
    }

    private static Settings Read(params string[] environment) => Settings.Read(name => Array.Find(environment, pair => pair.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..]);

    private static async Task<FunctionRun> WithPhotoAsync(S3Endpoint endpoint, byte[] photo, params string[] environment)
    {
        FunctionRun run = new(endpoint.Url, environment);
        await run.S3.PutBucketAsync(Bucket);
        await PhotoBucket.PutAsync(run.S3, Photo, photo);
        return run;
    }
}
