using System.Text.Json.Nodes;
using ResizeImage.Configuration;
using ResizeImage.Http;
using ResizeImage.Imaging;
using ResizeImage.Local.S3;
using ResizeImage.Storage;
using Xunit.Abstractions;

namespace ResizeImage.Tests.Http;

/// <summary>Requests for thumbnails, with each status that an answer can have.</summary>
public class RequestTests(ITestOutputHelper output)
{
    private const string Bucket = PhotoBucket.Name;
    private const string Photo = HttpWorld.Photo;

    [Fact]
    public async Task A_missing_thumbnail_is_made_stored_and_sent()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        CountingThumbnailer engine = new();
        using FunctionRun run = await HttpWorld.StartAsync(endpoint, engine, Photo, "THUMBNAIL_SIZE=30x20?");
        HttpResult made = await run.RequestAsync("a.jpg");
        HttpResult stored = await run.RequestAsync("a.jpg");

        // As an upload stores it.
        using FunctionRun upload = new(endpoint.Url, "THUMBNAIL_SIZE=30x20", "OUTPUT_PREFIX=other/");
        await upload.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        byte[] expected = await PhotoBucket.ReadAsync(run.S3, "other/a.jpg");
        Assert.All(new[] { made, stored }, answer => Assert.Equal((200, "image/jpeg", "public, max-age=14400"), (answer.Status, answer["Content-Type"], answer["Cache-Control"])));
        Assert.All(new[] { made.Body, stored.Body, await PhotoBucket.ReadAsync(run.S3, "output/a.jpg") }, bytes => Assert.Equal(expected, bytes));
        Assert.Equal(made["ETag"], stored["ETag"]);
        Assert.Matches("^\"[0-9a-f]{16}\"$", made["ETag"]);
        Assert.Equal(1, engine.Decoded);
        Assert.Matches(@"^probe;dur=[\d.]+, read;dur=[\d.]+, make;dur=[\d.]+, write;dur=[\d.]+, check;dur=[\d.]+, total;dur=[\d.]+$", made["Server-Timing"]);
        Assert.Matches(@"^probe;dur=[\d.]+, total;dur=[\d.]+$", stored["Server-Timing"]);
        Assert.Null(made["Vary"]);
    }

    [Fact]
    public async Task The_thumbnail_of_an_upload_is_sent_as_it_is()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        CountingThumbnailer engine = new();
        using FunctionRun run = await HttpWorld.StartAsync(endpoint, engine, Photo, "THUMBNAIL_SIZE=30x20,card=9x9.png");
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        HttpResult answer = await run.RequestAsync("card/a.jpg");
        Assert.Equal((200, "image/png", 1), (answer.Status, answer["Content-Type"], engine.Decoded));
        Assert.Equal(await PhotoBucket.ReadAsync(run.S3, "output/card/a.jpg"), answer.Body);
    }

    /// <summary>Also one that the function did not make, or that is of another photo under the same name.</summary>
    [Theory]
    [InlineData("another photo")]
    [InlineData("other settings")]
    [InlineData("no thumbnail")]
    public async Task An_outdated_thumbnail_is_made_again(string state)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await HttpWorld.StartAsync(endpoint);
        using FunctionRun before = new(endpoint.Url, "INPUT_BUCKET=photos", state == "other settings" ? "THUMBNAIL_SIZE=9x9" : "THUMBNAIL_SIZE=200x200");
        if (state == "no thumbnail")
        {
            await PhotoBucket.PutAsync(run.S3, "output/a.jpg", "somebody's"u8.ToArray());
        }
        else
        {
            await before.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        }

        byte[] old = await PhotoBucket.ReadAsync(run.S3, "output/a.jpg");
        if (state == "another photo")
        {
            await PhotoBucket.PutAsync(run.S3, Photo, await Task.Run(() => new Thumbnailer().Make(Pictures.Jpeg48x32, new ThumbnailOptions { Width = 40, Height = 7 }).Data));
        }

        HttpResult answer = await run.RequestAsync("a.jpg");
        Assert.Equal(200, answer.Status);
        Assert.NotEqual(old, answer.Body);
        Assert.Equal(await PhotoBucket.ReadAsync(run.S3, "output/a.jpg"), answer.Body);
        Assert.Contains("GET /a.jpg 200: made s3://photos/output/a.jpg", run.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")] // nothing
    [InlineData("b.jpg")] // no such photo
    [InlineData("20x20/b.jpg", "THUMBNAIL_SIZE=20x20,9x9?")]
    [InlineData("21x21/a.jpg", "THUMBNAIL_SIZE=20x20,9x9?")] // not in the list
    [InlineData("a.jpg", "THUMBNAIL_SIZE=20x20,9x9?")]
    [InlineData("9x9?/a.jpg", "THUMBNAIL_SIZE=20x20,9x9?")]
    [InlineData("folder/")]
    [InlineData("input/a.jpg")]
    [InlineData("output/a.jpg")]
    [InlineData("../input/a.jpg")]
    [InlineData("../secret/a.jpg")]
    [InlineData("x/../a.jpg")]
    [InlineData("./a.jpg")]
    [InlineData(".reconciliation/photos")]
    [InlineData("x..", "OUTPUT_KEY={directory}x{name}{extension}")] // whose photo would be ..
    [InlineData("a.png", "OUTPUT_KEY={name}.{format}")] // does not name its photo
    public async Task A_path_without_a_photo_is_not_found(string path, params string[] environment)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await HttpWorld.StartAsync(endpoint, Photo, environment);
        await PhotoBucket.PutAsync(run.S3, "secret/a.jpg", Pictures.Jpeg48x32);
        await PhotoBucket.PutAsync(run.S3, "output/.reconciliation/photos", "state"u8.ToArray());
        HttpResult answer = await run.RequestAsync(path);
        Assert.Equal((404, "max-age=10", "text/plain; charset=utf-8"), (answer.Status, answer["Cache-Control"], answer["Content-Type"]));
        Assert.EndsWith(".\n", answer.Text, StringComparison.Ordinal);
        Assert.Equal(["input/a.jpg", "output/.reconciliation/photos", "secret/a.jpg"], await PhotoBucket.KeysAsync(run.S3));
    }

    [Fact]
    public async Task A_name_that_is_too_long_is_not_found()
    {
        using FunctionRun run = new("http://127.0.0.1:9", "INPUT_BUCKET=photos");
        Assert.Equal(404, (await run.RequestAsync(new string('a', 1025))).Status);
        Assert.Equal(404, (await run.RequestAsync(new string('a', 1020))).Status);
    }

    [Theory]
    [InlineData(415, "this is no image", "The file is")]
    [InlineData(415, "", "empty")]
    [InlineData(413, null, "Upload a smaller image or raise MAX_PIXELS.", "MAX_PIXELS=1000")]
    public async Task A_file_that_gives_no_thumbnail_is_refused_with_the_reason(int status, string? content, string reason, params string[] environment)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await HttpWorld.StartAsync(endpoint, Photo, [.. environment, "REPORT_PREFIX=reports/"]);
        if (content is not null)
        {
            await PhotoBucket.PutAsync(run.S3, Photo, System.Text.Encoding.UTF8.GetBytes(content));
        }

        HttpResult answer = await run.RequestAsync("a.jpg");
        Assert.Equal((status, "max-age=60", "text/plain; charset=utf-8", "nosniff"), (answer.Status, answer["Cache-Control"], answer["Content-Type"], answer["X-Content-Type-Options"]));
        Assert.Contains(reason, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3://", answer.Text, StringComparison.Ordinal);
        Assert.Contains($"Information: GET /a.jpg {status}: rejected s3://photos/input/a.jpg", run.Log, StringComparison.Ordinal);
        Assert.Equal(["input/a.jpg", "reports/a.jpg.json"], await PhotoBucket.KeysAsync(run.S3));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("get")]
    public async Task Other_methods_are_not_allowed(string method)
    {
        using FunctionRun run = new("http://127.0.0.1:9", "INPUT_BUCKET=photos");
        HttpResult answer = await run.RequestAsync("a.jpg", method);
        Assert.Equal((405, "GET, HEAD"), (answer.Status, answer["Allow"]));
    }

    [Fact]
    public async Task Without_a_bucket_the_answer_and_the_log_say_what_to_set()
    {
        using FunctionRun run = new("http://127.0.0.1:9");
        HttpResult answer = await run.RequestAsync("a.jpg");
        Assert.Equal((500, "no-store"), (answer.Status, answer["Cache-Control"]));
        Assert.Contains("INPUT_BUCKET", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Error: GET /a.jpg 500: failed a request: A request has no bucket. Set INPUT_BUCKET", run.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TAG", 304)]
    [InlineData("W/TAG", 304)]
    [InlineData("\"x,y\", W/TAG ,\"z\"", 304)]
    [InlineData("*", 304)]
    [InlineData("\"other\"", 200)]
    [InlineData("\"unclosed", 200)]
    [InlineData("", 200)]
    public async Task A_client_that_has_the_thumbnail_gets_304(string condition, int status)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        CountingThumbnailer engine = new();
        using FunctionRun run = await HttpWorld.StartAsync(endpoint, engine);
        string tag = (await run.RequestAsync("a.jpg"))["ETag"]!;
        HttpResult answer = await run.RequestAsync("a.jpg", "GET", condition.Replace("TAG", tag, StringComparison.Ordinal));
        Assert.Equal((status, tag, "public, max-age=14400"), (answer.Status, answer["ETag"], answer["Cache-Control"]));
        Assert.Equal(status == 304, answer.Body.Length == 0);
        Assert.Equal(1, engine.Decoded);
    }

    [Fact]
    public async Task One_HEAD_request_answers_who_has_the_thumbnail()
    {
        await using ScriptedServer server = new(request => request.Method == "HEAD" ? ScriptedAnswer.Stored : ScriptedAnswer.S3Error(500, "InternalError"));
        using FunctionRun run = new($"http://{server.Address}", "INPUT_BUCKET=photos");
        Settings settings = Settings.Read(_ => null);
        string tag = EntityTag.Of(new ThumbnailOrigin("0123456789abcdef0123456789abcdef-1", "", SettingsFingerprint.Of(settings, settings.Outputs[0])));
        Assert.Equal(304, (await run.RequestAsync("a.jpg", ifNoneMatch: tag)).Status);
        Assert.Equal("HEAD /photos/input/a.jpg", Assert.Single(server.Requests.Select(request => $"{request.Method} {request.Target}")));
    }

    [Fact]
    public async Task The_tag_changes_with_the_photo_and_with_the_settings()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await HttpWorld.StartAsync(endpoint);
        using FunctionRun other = new(endpoint.Url, "INPUT_BUCKET=photos", "THUMBNAIL_QUALITY=50");
        string first = (await run.RequestAsync("a.jpg"))["ETag"]!;
        string otherSettings = (await other.RequestAsync("a.jpg"))["ETag"]!;
        await PhotoBucket.PutAsync(run.S3, Photo, [.. Pictures.Jpeg48x32, 0]);
        HttpResult replaced = await run.RequestAsync("a.jpg", ifNoneMatch: first);
        Assert.Equal(200, replaced.Status);
        Assert.Equal(3, new[] { first, otherSettings, replaced["ETag"] }.Distinct().Count());
    }

    [Fact]
    public async Task Cache_Control_is_that_of_the_settings()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await HttpWorld.StartAsync(endpoint, Photo, "CACHE_CONTROL=private");
        using FunctionRun none = new(endpoint.Url, "INPUT_BUCKET=photos", "CACHE_CONTROL=");
        Assert.Equal(("private", null), ((await run.RequestAsync("a.jpg"))["Cache-Control"], (await none.RequestAsync("a.jpg"))["Cache-Control"]));
    }

    /// <summary>The settings let them outlive their photos.</summary>
    [Theory]
    [InlineData("DELETE_ORIGINAL=true")]
    [InlineData("DELETE_THUMBNAILS=false")]
    public async Task Thumbnails_that_outlive_their_photo_are_served(string setting)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await HttpWorld.StartAsync(endpoint, Photo, setting);
        await run.InvokeOneAsync(FunctionRun.Put(Bucket, Photo));
        await run.S3.DeleteObjectAsync(Bucket, Photo);
        HttpResult answer = await run.RequestAsync("a.jpg");
        Assert.Equal(200, answer.Status);
        Assert.Equal(304, (await run.RequestAsync("a.jpg", ifNoneMatch: answer["ETag"])).Status);
        Assert.Equal(404, (await run.RequestAsync("b.jpg")).Status);
    }

    /// <summary>Its removal event may come later, or never.</summary>
    [Fact]
    public async Task The_thumbnail_of_a_deleted_photo_is_deleted_and_not_found()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await HttpWorld.StartAsync(endpoint);
        await run.RequestAsync("a.jpg");
        await run.S3.DeleteObjectAsync(Bucket, Photo);
        Assert.Equal(404, (await run.RequestAsync("a.jpg")).Status);
        Assert.Empty(await PhotoBucket.KeysAsync(run.S3));
    }

    /// <summary>A request that died left it, while the photo was of the other format.</summary>
    [Fact]
    public async Task A_thumbnail_of_another_format_is_deleted_when_the_photo_is_gone()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await HttpWorld.StartAsync(endpoint, Photo, "OUTPUT_KEY={path}.{format}", "THUMBNAIL_SIZE=9x9?");
        Assert.Equal(200, (await run.RequestAsync("a.jpg.jpg")).Status);
        await run.S3.DeleteObjectAsync(Bucket, Photo);
        Assert.Equal(404, (await run.RequestAsync("a.jpg.png")).Status);
        Assert.Empty(await PhotoBucket.KeysAsync(run.S3));
    }

    [Fact]
    public async Task A_format_that_names_the_key_is_found_under_its_own_name_only()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        CountingThumbnailer engine = new();
        using FunctionRun run = await HttpWorld.StartAsync(endpoint, engine, Photo, "OUTPUT_KEY={path}.{format}", "THUMBNAIL_SIZE=9x9?");
        Assert.Equal(404, (await run.RequestAsync("a.jpg.png")).Status);
        Assert.Equal(404, (await run.RequestAsync("a.jpg.png")).Status);
        Assert.Equal(200, (await run.RequestAsync("a.jpg.jpg")).Status);
        Assert.Equal(404, (await run.RequestAsync("a.jpg.webp")).Status);
        Assert.Equal(1, engine.Decoded);
    }

    /// <summary>Each may decode the photo before any has stored the thumbnail; all store and send the same bytes.</summary>
    [Fact]
    public async Task Many_requests_for_a_missing_thumbnail_get_the_same()
    {
        const int Requests = 32;
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        CountingThumbnailer engine = new();
        using FunctionRun run = await HttpWorld.StartAsync(endpoint, engine, Photo, "THUMBNAIL_SIZE=30x20?");
        HttpResult[] answers = await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => Task.Run(() => run.RequestAsync("a.jpg"))));
        byte[] stored = await PhotoBucket.ReadAsync(run.S3, "output/a.jpg");
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.All(answers, answer => Assert.Equal(stored, answer.Body));
        Assert.Single(answers.Select(answer => answer["ETag"]).Distinct());
        Assert.InRange(engine.Decoded, 1, Requests);
        output.WriteLine($"{Requests} requests at the same time decoded the photo {engine.Decoded} times");

        int before = engine.Decoded;
        Assert.Equal(stored, (await run.RequestAsync("a.jpg")).Body);
        Assert.Equal(before, engine.Decoded);
    }

    [Fact]
    public async Task A_photo_that_is_replaced_while_its_thumbnail_is_made_is_made_again()
    {
        TestClock clock = new();
        SlowThumbnailer slow = new(clock);
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = new(endpoint.Url, slow, clock, "INPUT_BUCKET=photos");
        await run.S3.PutBucketAsync(Bucket);
        await PhotoBucket.PutAsync(run.S3, Photo, SlowThumbnailer.Photo(1));
        byte[] later = new Thumbnailer().Make(Pictures.Jpeg48x32, new ThumbnailOptions { Width = 40, Height = 7 }).Data;
        slow.Meanwhile = () => PhotoBucket.PutAsync(run.S3, Photo, later).GetAwaiter().GetResult();
        HttpResult answer = await run.RequestAsync("a.jpg");
        Assert.Equal(new Thumbnailer().Make(later, new ThumbnailOptions()).Data, answer.Body);
    }

    [Fact]
    public async Task A_photo_that_takes_nearly_all_the_time_is_refused()
    {
        TestClock clock = new();
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = new(endpoint.Url, new SlowThumbnailer(clock), clock, "INPUT_BUCKET=photos");
        await run.S3.PutBucketAsync(Bucket);
        await PhotoBucket.PutAsync(run.S3, Photo, SlowThumbnailer.Poison);
        run.Context.RemainingTime = TimeSpan.FromSeconds(20);
        HttpResult answer = await run.RequestAsync("a.jpg");
        Assert.Equal(413, answer.Status);
        Assert.Contains("takes too long", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_runs_out_of_time_may_be_repeated()
    {
        await using ScriptedServer server = new(request => request.Target.Contains("/input/", StringComparison.Ordinal)
            ? new ScriptedAnswer([], Afterwards.Stall)
            : ScriptedAnswer.S3Error(404, "NoSuchKey"));
        using FunctionRun run = new($"http://{server.Address}", "INPUT_BUCKET=photos");
        run.Context.RemainingTime = TimeSpan.FromSeconds(1);
        HttpResult answer = await run.RequestAsync("a.jpg");
        Assert.Equal((503, "5"), (answer.Status, answer["Retry-After"]));
        Assert.Contains("The time of the invocation ran out.", run.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_logged_and_counted_as_a_record()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await HttpWorld.StartAsync(endpoint);
        await run.RequestAsync("a.jpg");
        await run.RequestAsync("a.jpg");
        await run.RequestAsync("x\n.jpg");
        string[] lines = run.Log.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Matches(@"^Information: GET /a\.jpg 200: made s3://photos/output/a\.jpg \(200x200, \d+ bytes\) from s3://photos/input/a\.jpg \(48x32, \d+ bytes\) \[.* cold start True\]$", lines[0]);
        Assert.Matches(@"^Information: GET /a\.jpg 200: skipped s3://photos/input/a\.jpg: The thumbnail is up to date: .* \[.* cold start False\]$", lines[1]);
        Assert.StartsWith(@"Information: GET /x\u000a.jpg 404: skipped s3://photos/input/x\u000a.jpg: There is no photo. [", lines[2], StringComparison.Ordinal);
    }

    /// <summary>The answer to each fault; the request repeated without it is right.</summary>
    [Theory]
    [InlineData("HEAD", "/input/", 503)]
    [InlineData("GET", "/output/", 503)]
    [InlineData("GET", "/input/", 503)]
    [InlineData("PUT", "/output/", 503)]
    [InlineData("HEAD", "/input/", 403)]
    [InlineData("GET", "/output/", 403)]
    [InlineData("GET", "/input/", 403)]
    [InlineData("PUT", "/output/", 403)]
    public async Task A_fault_of_S3_is_503_and_says_nothing_of_buckets(string method, string part, int fault)
    {
        bool fails = true;
        await using ScriptedServer server = new(request => (request.Method, IsPhoto: request.Target.Contains("/input/", StringComparison.Ordinal)) switch
        {
            _ when fails && request.Method == method && request.Target.Contains(part, StringComparison.Ordinal) => ScriptedAnswer.S3Error(fault, fault == 503 ? "SlowDown" : "AccessDenied"),
            ("GET", true) => ScriptedAnswer.S3Object(Pictures.Jpeg48x32),
            ("GET", false) => ScriptedAnswer.S3Error(404, "NoSuchKey"),
            _ => ScriptedAnswer.Stored,
        });
        using FunctionRun run = new($"http://{server.Address}", "INPUT_BUCKET=photos");
        HttpResult answer = await run.RequestAsync("a.jpg");
        Assert.Equal((503, "5", "no-store"), (answer.Status, answer["Retry-After"], answer["Cache-Control"]));
        Assert.Equal("The thumbnail cannot be served now. Try again in a few seconds.\n", answer.Text);
        Assert.Contains($"Error: GET /a.jpg 503: failed s3://photos/input/a.jpg", run.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("nexpected", run.Log, StringComparison.Ordinal);

        fails = false;
        Assert.Equal(200, (await run.RequestAsync("a.jpg")).Status);
    }

    [Fact]
    public async Task A_stored_thumbnail_whose_body_breaks_off_is_read_again()
    {
        string settings = SettingsFingerprint.Of(Settings.Read(_ => null), Settings.Read(_ => null).Outputs[0]);
        string[] headers =
        [
            ScriptedAnswer.ETag, "Content-Type: image/jpeg", "x-amz-meta-source-etag: 0123456789abcdef0123456789abcdef-1",
            $"x-amz-meta-source-id: {ThumbnailOrigin.IdOf(new ObjectLocation("photos", "input/a.jpg"))}", $"x-amz-meta-thumbnail-settings: {settings}",
        ];
        int reads = 0;
        byte[] stored = [1, 2, 3, 4];
        await using ScriptedServer server = new(request => request.Method == "HEAD" ? ScriptedAnswer.Stored
            : reads++ == 0 ? ScriptedAnswer.Partial(200, stored[..2], stored.Length, Afterwards.Reset, headers)
            : ScriptedAnswer.Of(200, stored, headers));
        using FunctionRun run = new($"http://{server.Address}", "INPUT_BUCKET=photos");
        HttpResult answer = await run.RequestAsync("a.jpg");
        Assert.Equal((200, 2), (answer.Status, reads));
        Assert.Equal(stored, answer.Body);
    }

    [Fact]
    public async Task An_archived_photo_is_not_found()
    {
        await using ScriptedServer server = new(request => request.Method switch
        {
            "HEAD" => ScriptedAnswer.Stored,
            "GET" when request.Target.Contains("/output/", StringComparison.Ordinal) => ScriptedAnswer.S3Error(404, "NoSuchKey"),
            _ => ScriptedAnswer.S3Error(403, "InvalidObjectState"),
        });
        using FunctionRun run = new($"http://{server.Address}", "INPUT_BUCKET=photos");
        HttpResult answer = await run.RequestAsync("a.jpg");
        Assert.Equal((404, "max-age=60"), (answer.Status, answer["Cache-Control"]));
        Assert.DoesNotContain("s3://", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_count_requests()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        RuntimeScript script = new([RuntimeScript.Event("http/function-url.json", "id-1"), RuntimeScript.Event("put.json", "id-2")]);
        await using ScriptedServer api = new(script.Answer);
        using FunctionExecutable function = new(api.Address, endpoint.Url, "INPUT_BUCKET=photos", "METRICS_NAMESPACE=Thumbnails");
        await script.WaitForIdleAsync(function);
        JsonNode[] lines = [.. function.Output.Split('\n').Where(line => line.StartsWith("{\"_aws\"", StringComparison.Ordinal)).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal([1, null], lines.Select(line => (int?)line["Requests"]));
    }
}
