using System.Text.Json.Nodes;
using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Local.S3;
using ResizeImage.Reports;

namespace ResizeImage.Tests;

/// <summary>A schedule finds photos without a thumbnail, for which no event arrived.</summary>
public class ReconciliationTests
{
    private const string Bucket = PhotoBucket.Name;
    private const string State = "output/.reconciliation/photos";

    [Theory, OnLocalS3, OnS3rver]
    public async Task Missing_and_outdated_thumbnails_and_those_of_other_settings_are_made(string server)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(server);
        using FunctionRun setUp = await StartAsync(endpoint, ["input/missing é+%41 &.jpg", "input/changed.jpg", "input/good.jpg", "input/other.jpg"]);
        using FunctionRun run = new(endpoint.Url, $"INPUT_BUCKET={Bucket}");
        await PhotoBucket.PutAsync(run.S3, "elsewhere/a.jpg", Pictures.Jpeg48x32);
        await setUp.InvokeAsync(FunctionRun.Put(Bucket, "input/changed.jpg"), FunctionRun.Put(Bucket, "input/good.jpg"));
        await PhotoBucket.PutAsync(run.S3, "input/changed.jpg", [.. Pictures.Jpeg48x32, 0]);
        using FunctionRun before = new(endpoint.Url, "THUMBNAIL_SIZE=20x20");
        await before.InvokeAsync(FunctionRun.Put(Bucket, "input/other.jpg"));

        Assert.Equal(
            """{"photos":4,"made":3,"rejected":0,"failed":0,"complete":true,"startAfter":"input/other.jpg"}""",
            await run.InvokeWithFileAsync("scheduler.json"));
        Assert.DoesNotContain("good.jpg", run.Log, StringComparison.Ordinal);
        Assert.Equal(
            ["output/changed.jpg", "output/good.jpg", "output/missing é+%41 &.jpg", "output/other.jpg"], await PhotoBucket.KeysAsync(run.S3, "output/"));

        Assert.Equal(
            """{"photos":4,"made":0,"rejected":0,"failed":0,"complete":true,"startAfter":"input/other.jpg"}""",
            await run.InvokeWithFileAsync("scheduled-rule.json"));
        Assert.Contains("Information: reconciled 4 photos of photos: 0 made, 0 rejected, 0 failed; complete", run.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_XML_cannot_hold_does_not_end_the_listing()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await StartAsync(endpoint, ["input/a\u0001b.jpg", "input/folder/", "input/z.jpg"]);
        JsonNode report = JsonNode.Parse(await run.InvokeWithFileAsync("scheduler.json"))!;
        Assert.Equal((3, 2, true), ((int)report["photos"]!, (int)report["made"]!, (bool)report["complete"]!));
    }

    /// <summary>A store that does not know the encoding of keys does not say that it used it.</summary>
    [Theory]
    [InlineData("", "a+b%2541.jpg", "a%2Bb%252541.jpg")]
    [InlineData("<EncodingType>url</EncodingType>", "a%2Bb%2541.jpg", "a%2Bb%2541.jpg")]
    public async Task Keys_of_a_listing_are_decoded_where_it_says_that_they_are_encoded(string encoding, string listed, string asked)
    {
        string list = $"""<ListBucketResult><IsTruncated>false</IsTruncated>{encoding}<Contents><Key>input/{listed}</Key><ETag>"1"</ETag></Contents></ListBucketResult>""";
        await using ScriptedServer server = new(request => request switch
        {
            { Method: "GET" } when request.Target.Contains("list-type", StringComparison.Ordinal) =>
                ScriptedAnswer.Of(200, System.Text.Encoding.UTF8.GetBytes(list), "Content-Type: application/xml"),
            { Method: "GET" } => ScriptedAnswer.S3Error(404, "NoSuchKey"),
            { Method: "HEAD" } => ScriptedAnswer.Absent,
            _ => ScriptedAnswer.Stored,
        });
        using FunctionRun run = new($"http://{server.Address}", $"INPUT_BUCKET={Bucket}");
        await run.InvokeWithFileAsync("scheduler.json");
        Assert.Contains(server.Requests, request => request.Method == "HEAD" && request.Target == $"/photos/output/{asked}");
    }

    [Fact]
    public async Task The_next_invocation_continues_where_the_time_ran_out()
    {
        string[] keys = [.. Enumerable.Range(0, 7).Select(i => $"input/{i}.jpg")];
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun setUp = await StartAsync(endpoint, keys);
        TestClock clock = new();
        Slow slow = new(clock, TimeSpan.FromSeconds(0.4));
        using FunctionRun run = new(endpoint.Url, slow, clock, $"INPUT_BUCKET={Bucket}");
        run.Context.RemainingTime = TimeSpan.FromSeconds(3);

        // Of 2.5 s without that for the answer, five take 2; no photo is begun in the last quarter.
        Assert.Equal(
            """{"photos":5,"made":5,"rejected":0,"failed":0,"complete":false,"startAfter":"input/4.jpg"}""", await run.InvokeWithFileAsync("scheduler.json"));
        Assert.Equal("input/4.jpg", System.Text.Encoding.UTF8.GetString(await PhotoBucket.ReadAsync(run.S3, State)));
        Assert.Equal(
            """{"photos":2,"made":2,"rejected":0,"failed":0,"complete":true,"startAfter":"input/6.jpg"}""", await run.InvokeWithFileAsync("scheduler.json"));
        Assert.Equal(keys.Length, slow.Calls);
        Assert.Equal(keys.Select(key => key.Replace("input/", "output/", StringComparison.Ordinal)), await PhotoBucket.KeysAsync(run.S3, "output/"));
    }

    [Fact]
    public async Task A_photo_that_outlasts_an_invocation_does_not_stop_the_others()
    {
        // The first body stalls forever; all other requests are answered at once.
        await using ScriptedServer server = new(request => request switch
        {
            { Method: "GET" } when request.Target.Contains("list-type", StringComparison.Ordinal) => ScriptedAnswer.Of(
                200,
                """<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>input/a.jpg</Key><ETag>"1"</ETag></Contents><Contents><Key>input/b.jpg</Key><ETag>"1"</ETag></Contents></ListBucketResult>"""u8.ToArray(),
                "Content-Type: application/xml"),
            { Method: "GET" } when request.Target.Contains("a.jpg", StringComparison.Ordinal) => new ScriptedAnswer([], Afterwards.Stall),
            { Method: "GET" } when request.Target.Contains(".reconciliation", StringComparison.Ordinal) => ScriptedAnswer.S3Error(404, "NoSuchKey"),
            { Method: "GET" } => ScriptedAnswer.S3Object(Pictures.Jpeg48x32),
            { Method: "HEAD" } when request.Target.Contains("output/", StringComparison.Ordinal) => ScriptedAnswer.Absent,
            _ => ScriptedAnswer.Stored,
        });
        TestClock clock = new();
        using FunctionRun run = new($"http://{server.Address}", new Thumbnailer(), clock, $"INPUT_BUCKET={Bucket}");
        run.Context.RemainingTime = TimeSpan.FromSeconds(2);
        Task<string> invocation = run.InvokeWithFileAsync("scheduler.json");
        await server.Stalled;
        clock.Advance(TimeSpan.FromSeconds(1.25));
        Assert.Equal("""{"photos":1,"made":0,"rejected":0,"failed":1,"complete":false,"startAfter":"input/a.jpg"}""", await invocation);
        Assert.Contains(server.Requests, request => request.Method == "PUT" && request.Target.Contains(".reconciliation", StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_than_a_page_of_photos_is_checked()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await StartAsync(endpoint, []);
        await Parallel.ForAsync(0, 1003, async (i, _) => await PhotoBucket.PutAsync(run.S3, $"input/{i:d4}.jpg", i % 100 == 0 ? Pictures.Jpeg48x32 : [1]));
        JsonNode report = JsonNode.Parse(await run.InvokeWithFileAsync("scheduler.json"))!;
        Assert.Equal(
            (1003, 11, 992, true, "input/1002.jpg"),
            ((int)report["photos"]!, (int)report["made"]!, (int)report["rejected"]!, (bool)report["complete"]!, (string)report["startAfter"]!));
    }

    [Fact]
    public async Task A_photo_that_fails_is_left_to_the_next_pass()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await StartAsync(endpoint, ["input/a.jpg", "input/b.jpg"]);
        using FunctionRun broken = new(endpoint.Url, new Broken(), $"INPUT_BUCKET={Bucket}");
        Assert.Equal(
            """{"photos":2,"made":0,"rejected":0,"failed":2,"complete":true,"startAfter":"input/b.jpg"}""",
            await broken.InvokeWithFileAsync("scheduler.json"));
        Assert.Equal(2, (int)JsonNode.Parse(await run.InvokeWithFileAsync("scheduler.json"))!["made"]!);
    }

    [Fact]
    public async Task Settings_that_cannot_reconcile_are_refused()
    {
        using FunctionRun without = new("http://127.0.0.1:9");
        Assert.Contains("INPUT_BUCKET", (await Assert.ThrowsAsync<SettingsException>(() => without.InvokeWithFileAsync("scheduler.json"))).Message, StringComparison.Ordinal);
        using FunctionRun bySize = new("http://127.0.0.1:9", $"INPUT_BUCKET={Bucket}", "THUMBNAIL_FIT=inside", "OUTPUT_KEY={path}-{width}");
        Assert.Contains("OUTPUT_KEY", (await Assert.ThrowsAsync<SettingsException>(() => bySize.InvokeWithFileAsync("scheduler.json"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_photo_cannot_overwrite_the_state()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await StartAsync(endpoint, ["input/.reconciliation/photos"]);
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put(Bucket, "input/.reconciliation/photos"));
        Assert.Equal(RecordStatus.Rejected, result.Status);
        Assert.Contains("Give the photo another name", result.Reason, StringComparison.Ordinal);
    }

    private static async Task<FunctionRun> StartAsync(S3Endpoint endpoint, string[] keys)
    {
        FunctionRun run = new(endpoint.Url, $"INPUT_BUCKET={Bucket}");
        await run.S3.PutBucketAsync(Bucket);
        foreach (string key in keys)
        {
            await PhotoBucket.PutAsync(run.S3, key, Pictures.Jpeg48x32);
        }

        return run;
    }

    private sealed class Slow(TestClock clock, TimeSpan time) : IThumbnailer
    {
        public int Calls { get; private set; }

        public Thumbnail[] Make(ReadOnlyMemory<byte> file, IReadOnlyList<ThumbnailOptions> outputs, CancellationToken cancellationToken)
        {
            Calls++;
            clock.Advance(time);
            return new Thumbnailer().Make(file, outputs, cancellationToken);
        }

        public ImageInfo Identify(ReadOnlyMemory<byte> file) => new Thumbnailer().Identify(file);
    }

    private sealed class Broken : IThumbnailer
    {
        public Thumbnail[] Make(ReadOnlyMemory<byte> file, IReadOnlyList<ThumbnailOptions> outputs, CancellationToken cancellationToken) => throw new InvalidOperationException("broken");

        public ImageInfo Identify(ReadOnlyMemory<byte> file) => throw new InvalidOperationException("broken");
    }
}
