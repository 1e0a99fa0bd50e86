using System.Text.Json.Nodes;
using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Local.S3;
using ResizeImage.Reconciliation;
using ResizeImage.Storage;

namespace ResizeImage.Tests;

/// <summary>A photo that takes all the time, or kills invocations, does not stop a reconciliation: all other thumbnails are made.</summary>
public class ReconciliationDeathTests
{
    private const string Bucket = PhotoBucket.Name;
    private const string State = "output/.reconciliation/photos";

    private static readonly string[] Keys = ["input/a.jpg", "input/m.jpg", "input/z1.jpg", "input/z2.jpg"];

    [Fact]
    public async Task A_photo_that_takes_too_long_is_rejected_and_all_others_are_made()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        TestClock clock = new();
        using FunctionRun run = await StartAsync(endpoint, new SlowThumbnailer(clock), clock);
        await PhotoBucket.PutAsync(run.S3, "input/m.jpg", SlowThumbnailer.Poison);

        // The rest of the minute is too short for another photo.
        Assert.Equal(
            """{"photos":2,"made":1,"rejected":1,"failed":0,"complete":false,"startAfter":"input/m.jpg"}""", await run.InvokeWithFileAsync("scheduler.json"));
        Assert.Contains("takes too long", run.Log, StringComparison.Ordinal);
        Assert.Equal(
            """{"photos":2,"made":2,"rejected":0,"failed":0,"complete":true,"startAfter":"input/z2.jpg"}""", await run.InvokeWithFileAsync("scheduler.json"));
        Assert.Equal(["output/a.jpg", "output/z1.jpg", "output/z2.jpg"], await PhotoBucket.KeysAsync(run.S3, "output/"));
    }

    [Fact]
    public async Task A_photo_that_ran_out_of_time_is_first_in_the_next_invocation()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        TestClock clock = new();
        using FunctionRun run = await StartAsync(endpoint, new SlowThumbnailer(clock), clock);
        await PhotoBucket.PutAsync(run.S3, "input/a.jpg", SlowThumbnailer.Photo(30));
        await PhotoBucket.PutAsync(run.S3, "input/m.jpg", SlowThumbnailer.Photo(40));

        Assert.Equal(
            """{"photos":1,"made":1,"rejected":0,"failed":0,"complete":false,"startAfter":"input/a.jpg"}""", await run.InvokeWithFileAsync("scheduler.json"));
        Assert.Equal("input/a.jpg", System.Text.Encoding.UTF8.GetString(await PhotoBucket.ReadAsync(run.S3, State)));
        Assert.Equal(
            """{"photos":3,"made":3,"rejected":0,"failed":0,"complete":true,"startAfter":"input/z2.jpg"}""", await run.InvokeWithFileAsync("scheduler.json"));
    }

    /// <summary>An engine that ignores its token simulates Lambda's timeout or a lack of memory: the invocation never answers.</summary>
    [Fact]
    public async Task A_photo_that_killed_an_invocation_is_skipped_until_the_next_pass()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using Deaf deaf = new();
        using FunctionRun dying = await StartAsync(endpoint, deaf, TimeProvider.System);
        await PhotoBucket.PutAsync(dying.S3, "input/m.jpg", Deaf.Photo);
        Task<string> dead = dying.InvokeWithFileAsync("scheduler.json");
        await deaf.Reached;
        Assert.Equal("""{"startAfter":"input/a.jpg","trying":"input/m.jpg"}""", System.Text.Encoding.UTF8.GetString(await PhotoBucket.ReadAsync(dying.S3, State)));

        using FunctionRun run = new(endpoint.Url, $"INPUT_BUCKET={Bucket}");
        Assert.Equal(
            """{"photos":3,"made":2,"rejected":0,"failed":1,"complete":true,"startAfter":"input/z2.jpg"}""", await run.InvokeWithFileAsync("scheduler.json"));
        Assert.Contains("Error: failed s3://photos/input/m.jpg: The last invocation ended while it made this thumbnail", run.Log, StringComparison.Ordinal);
        Assert.Equal(["output/a.jpg", "output/z1.jpg", "output/z2.jpg"], await PhotoBucket.KeysAsync(run.S3, "output/"));

        Assert.Equal(
            """{"photos":4,"made":1,"rejected":0,"failed":0,"complete":true,"startAfter":"input/z2.jpg"}""", await run.InvokeWithFileAsync("scheduler.json"));
        deaf.End();
        await Record.ExceptionAsync(() => dead);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_executable_killed_during_a_photo_skips_it_after_its_restart(bool killedAtTheFirst)
    {
        string victim = killedAtTheFirst ? "input/a.jpg" : "input/m.jpg";
        FunctionExecutable? function = null;
        SmallS3 photos = new(request =>
        {
            if (request.Method == "GET" && request.Target.Contains(victim, StringComparison.Ordinal))
            {
                function?.Kill();
                function = null;
            }
        });
        foreach (string key in Keys)
        {
            photos.Put(key, Pictures.Jpeg48x32);
        }

        await using ScriptedServer s3 = new(photos.Answer);
        await using ScriptedServer first = new(new RuntimeScript([RuntimeScript.Event("scheduler.json", "id-1")]).Answer);
        using FunctionExecutable killed = new(first.Address, $"http://{s3.Address}", $"INPUT_BUCKET={Bucket}");
        function = killed;
        await killed.EndAsync();
        Assert.DoesNotContain(first.Requests, request => request.Method == "POST");

        RuntimeScript script = new([RuntimeScript.Event("scheduler.json", "id-2")]);
        await using ScriptedServer second = new(script.Answer);
        using FunctionExecutable again = new(second.Address, $"http://{s3.Address}", $"INPUT_BUCKET={Bucket}");
        await script.WaitForIdleAsync(again);
        Assert.Contains($"failed s3://photos/{victim}: The last invocation ended while it made this thumbnail", again.Output, StringComparison.Ordinal);
        Assert.Equal(
            Keys.Where(key => key != victim).Select(key => key.Replace("input", "output", StringComparison.Ordinal)),
            photos.Keys.Where(key => key.StartsWith("output/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("input/a.jpg", 3)] // written by an earlier version, and between photos by this one
    [InlineData("""{"startAfter":"input/a.jpg"}""", 3)]
    [InlineData("""{"trying":"input/a.jpg"}""", 4)]
    [InlineData("""{"startAfter":"input/a.jpg","trying":"input/z2.jpg"}""", 1)]
    [InlineData("""{"startAfter":""", 0)] // a key, which is behind all photos here
    public async Task The_state_is_read_as_key_and_as_JSON(string state, int photos)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await StartAsync(endpoint, new Thumbnailer(), TimeProvider.System);
        await PhotoBucket.PutAsync(run.S3, State, System.Text.Encoding.UTF8.GetBytes(state));
        JsonNode report = JsonNode.Parse(await run.InvokeWithFileAsync("scheduler.json"))!;
        Assert.Equal((photos, true), ((int)report["photos"]!, (bool)report["complete"]!));
        Assert.DoesNotContain(State, await PhotoBucket.KeysAsync(run.S3));
    }

    [Fact]
    public async Task A_photo_whose_thumbnail_was_stored_before_the_death_has_not_failed()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await StartAsync(endpoint, new Thumbnailer(), TimeProvider.System);
        await run.InvokeAsync(FunctionRun.Put(Bucket, "input/m.jpg"));
        await PhotoBucket.PutAsync(run.S3, State, """{"startAfter":"input/a.jpg","trying":"input/m.jpg"}"""u8.ToArray());
        Assert.Equal(
            """{"photos":3,"made":2,"rejected":0,"failed":0,"complete":true,"startAfter":"input/z2.jpg"}""", await run.InvokeWithFileAsync("scheduler.json"));
    }

    [Fact]
    public async Task A_photo_that_was_deleted_since_the_death_has_not_failed()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await StartAsync(endpoint, new Thumbnailer(), TimeProvider.System);
        await run.InvokeAsync(FunctionRun.Put(Bucket, "input/m.jpg"));
        await run.S3.DeleteObjectAsync(Bucket, "input/m.jpg");
        await PhotoBucket.PutAsync(run.S3, State, """{"startAfter":"input/a.jpg","trying":"input/m.jpg"}"""u8.ToArray());
        Assert.Equal(
            """{"photos":3,"made":2,"rejected":0,"failed":0,"complete":true,"startAfter":"input/z2.jpg"}""", await run.InvokeWithFileAsync("scheduler.json"));
    }

    /// <summary>Keys can look like the JSON that the place is otherwise.</summary>
    [Theory]
    [InlineData("input/a.jpg", null)]
    [InlineData("{", null)]
    [InlineData("""{"startAfter":"z"}""", null)]
    [InlineData("""{"startAfter":"z"}""", "{}")]
    [InlineData(null, "input/a.jpg")]
    public async Task Any_key_is_a_place_that_is_read_as_it_was_kept(string? startAfter, string? trying)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await StartAsync(endpoint, new Thumbnailer(), TimeProvider.System);
        Settings settings = new();
        ReconciliationState state = new(new ObjectAccess(run.S3, settings, TimeProvider.System), settings, Bucket);
        ReconciliationPlace place = new(startAfter, trying);
        await state.WriteAsync(place, CancellationToken.None);
        Assert.Equal(place, await state.ReadAsync(CancellationToken.None));
    }

    /// <summary>The function's role may write there, and not among the photos.</summary>
    [Fact]
    public async Task The_place_is_kept_in_the_bucket_of_the_thumbnails()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await StartAsync(endpoint, new Thumbnailer(), TimeProvider.System);
        await run.S3.PutBucketAsync("thumbs");
        Settings settings = new() { OutputBucket = "thumbs" };
        ReconciliationState state = new(new ObjectAccess(run.S3, settings, TimeProvider.System), settings, Bucket);
        await state.WriteAsync(new ReconciliationPlace("input/a.jpg"), CancellationToken.None);
        Assert.Equal(State, Assert.Single((await run.S3.ListObjectsV2Async(new() { BucketName = "thumbs" })).S3Objects).Key);
        Assert.Equal(Keys, await PhotoBucket.KeysAsync(run.S3));
    }

    private static async Task<FunctionRun> StartAsync(S3Endpoint endpoint, IThumbnailer thumbnailer, TimeProvider clock)
    {
        FunctionRun run = new(endpoint.Url, thumbnailer, clock, $"INPUT_BUCKET={Bucket}");
        run.Context.RemainingTime = TimeSpan.FromSeconds(60);
        await run.S3.PutBucketAsync(Bucket);
        foreach (string key in Keys)
        {
            await PhotoBucket.PutAsync(run.S3, key, Pictures.Jpeg48x32);
        }

        return run;
    }

    /// <summary>Hangs on one photo and ignores its token.</summary>
    private sealed class Deaf : IThumbnailer, IDisposable
    {
        private readonly ManualResetEventSlim _end = new();
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public static byte[] Photo { get; } = [.. Pictures.Jpeg48x32, 0xDE, 0xAF];

        public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(60));

        public Thumbnail[] Make(ReadOnlyMemory<byte> file, IReadOnlyList<ThumbnailOptions> outputs, CancellationToken cancellationToken)
        {
            if (file.Span.EndsWith(Photo.AsSpan(^2..)))
            {
                _reached.TrySetResult();
                _end.Wait(CancellationToken.None);
                throw new InvalidOperationException("The process of this invocation is dead.");
            }

            return new Thumbnailer().Make(file, outputs, cancellationToken);
        }

        public ImageInfo Identify(ReadOnlyMemory<byte> file) => new Thumbnailer().Identify(file);

        public void End() => _end.Set();

        public void Dispose() => _end.Dispose();
    }
}
