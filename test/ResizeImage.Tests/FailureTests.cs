using ResizeImage.Imaging;
using ResizeImage.Photos;
using ResizeImage.Reports;

namespace ResizeImage.Tests;

/// <summary>Failures of S3 and of the network, and how the record is processed.</summary>
public class FailureTests
{
    private static readonly byte[] Photo = Pictures.Jpeg48x32;

    [Theory]
    [InlineData(404, "NoSuchKey", RecordStatus.Rejected, 2, "gone")] // asked, too: is there a thumbnail to delete
    [InlineData(404, "NoSuchBucket", RecordStatus.Failed, 1, "S3 answered 404 NoSuchBucket: because")]
    [InlineData(403, "InvalidObjectState", RecordStatus.Rejected, 1, "archived")]
    [InlineData(403, "AccessDenied", RecordStatus.Failed, 1, "s3:GetObject")]
    [InlineData(400, "InvalidRequest", RecordStatus.Failed, 1, "S3 answered 400 InvalidRequest: because")]
    [InlineData(500, "InternalError", RecordStatus.Failed, 3, "S3 answered 500 InternalError: because")]
    [InlineData(503, "SlowDown", RecordStatus.Failed, 3, "S3 answered 503 SlowDown: because")]
    public async Task An_error_of_the_get_fails_or_rejects_the_record(int status, string code, RecordStatus expected, int requests, string reason)
    {
        await using ScriptedServer server = new(_ => ScriptedAnswer.S3Error(status, code));
        RecordResult result = await InvokeAsync(server);
        Assert.Equal(expected, result.Status);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        Assert.Equal(requests, server.Requests.Count);
    }

    [Theory]
    [InlineData(404, "NoSuchBucket", 1, "OUTPUT_BUCKET")]
    [InlineData(403, "AccessDenied", 1, "s3:PutObject")]
    [InlineData(500, "InternalError", 3, "S3 answered 500 InternalError: because")]
    [InlineData(503, "SlowDown", 3, "S3 answered 503 SlowDown: because")]
    public async Task An_error_of_the_put_always_fails_the_invocation(int status, string code, int requests, string reason)
    {
        await using ScriptedServer server = new(request =>
            request.Method == "GET" ? ScriptedAnswer.S3Object(Photo) : ScriptedAnswer.S3Error(status, code));
        RecordResult result = await InvokeAsync(server);
        Assert.Equal(RecordStatus.Failed, result.Status);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        Assert.Equal(requests, server.Requests.Count(request => request.Method == "PUT"));
    }

    [Fact]
    public async Task A_temporary_error_is_retried_within_the_invocation()
    {
        await using ScriptedServer server = new Sequence(ScriptedAnswer.S3Error(503, "SlowDown"), ScriptedAnswer.S3Object(Photo), ScriptedAnswer.S3Error(500, "InternalError"), ScriptedAnswer.Stored).Serve();
        Assert.Equal(RecordStatus.Made, (await InvokeAsync(server)).Status);
    }

    [Fact]
    public async Task A_connection_that_breaks_before_the_answer_is_tried_again()
    {
        await using ScriptedServer server = new Sequence(ScriptedAnswer.None, ScriptedAnswer.S3Object(Photo), ScriptedAnswer.Stored).Serve();
        Assert.Equal(RecordStatus.Made, (await InvokeAsync(server)).Status);
    }

    [Fact]
    public async Task A_truncated_body_is_read_again()
    {
        await using ScriptedServer server = new Sequence(BreakOff(100), BreakOff(0), ScriptedAnswer.S3Object(Photo), ScriptedAnswer.Stored).Serve();
        RecordResult result = await InvokeAsync(server);
        Assert.Equal(RecordStatus.Made, result.Status);
        Assert.Equal(Photo.Length, result.BytesIn);
    }

    [Fact]
    public async Task A_body_that_is_truncated_every_time_fails_the_invocation()
    {
        await using ScriptedServer server = new(_ => BreakOff(100));
        RecordResult result = await InvokeAsync(server);
        Assert.Equal(RecordStatus.Failed, result.Status);
        Assert.Contains("could not be read", result.Reason, StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_body_that_stalls_is_read_again()
    {
        await using ScriptedServer server = new Sequence(
            ScriptedAnswer.Partial(200, Photo[..100], Photo.Length, Afterwards.Stall), ScriptedAnswer.S3Object(Photo), ScriptedAnswer.Stored).Serve();
        TestClock clock = new();
        using FunctionRun run = new($"http://{server.Address}", new Thumbnailer(), clock);
        Task<RecordResult> result = run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"));
        await server.Stalled;
        await clock.ExpireAsync(TimeSpan.FromSeconds(5));
        await clock.ExpireAsync(TimeSpan.FromMilliseconds(100)); // the pause before the second attempt
        Assert.Equal(RecordStatus.Made, (await result).Status);
    }

    [Fact]
    public async Task A_refused_connection_fails_the_invocation()
    {
        using FunctionRun run = new("http://127.0.0.1:9");
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"));
        Assert.Equal(RecordStatus.Failed, result.Status);
        Assert.Contains("refused", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", run.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("answer")]
    [InlineData("body")]
    [InlineData("put")]
    public async Task The_deadline_ends_a_wait_in_time_to_report_it(string waitFor)
    {
        await using ScriptedServer server = new(request => waitFor switch
        {
            "body" => ScriptedAnswer.Partial(200, Photo[..100], Photo.Length, Afterwards.Stall, "ETag: \"0-1\""),
            "put" when request.Method == "GET" => ScriptedAnswer.S3Object(Photo),
            _ => new ScriptedAnswer([], Afterwards.Stall),
        });
        TestClock clock = new();
        using FunctionRun run = new($"http://{server.Address}", new Thumbnailer(), clock);
        run.Context.RemainingTime = TimeSpan.FromSeconds(1.5);
        Task<RecordResult> invocation = run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"));
        await server.Stalled;

        // Without the half second for the answer, and a sixteenth for a refusal.
        clock.Advance(TimeSpan.FromSeconds(15 / 16d));
        RecordResult result = await invocation;
        Assert.Equal(RecordStatus.Failed, result.Status);
        Assert.Contains("time of the invocation ran out", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invocation_that_begins_at_its_deadline_reports_and_does_nothing()
    {
        await using ScriptedServer server = new(_ => ScriptedAnswer.S3Object(Photo));
        using FunctionRun run = new($"http://{server.Address}");
        run.Context.RemainingTime = TimeSpan.FromSeconds(0.3);
        Assert.Equal(RecordStatus.Failed, (await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"))).Status);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_rejected_before_its_body_is_read()
    {
        await using ScriptedServer server = new(_ => ScriptedAnswer.Partial(200, [], 1001, Afterwards.Stall, "ETag: \"0-1\""));
        using FunctionRun run = new($"http://{server.Address}", "MAX_FILE_BYTES=1000");
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"));
        Assert.Equal(RecordStatus.Rejected, result.Status);
        Assert.Equal(
            "The file has 1,001 bytes; the limit is 1,000. Upload a smaller image or raise MAX_FILE_BYTES.", result.Reason);
    }

    [Fact]
    public async Task An_image_over_the_limit_is_rejected()
    {
        await using ScriptedServer server = new(_ => ScriptedAnswer.S3Object(Photo));
        using FunctionRun run = new($"http://{server.Address}", "MAX_PIXELS=1535");
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"));
        Assert.Equal(RecordStatus.Rejected, result.Status);
        Assert.Contains("1,535", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a picture")]
    public async Task A_file_that_is_not_an_image_is_rejected_and_logged_as_an_error(string content)
    {
        byte[] body = System.Text.Encoding.ASCII.GetBytes(content);
        await using ScriptedServer server = new(_ => ScriptedAnswer.S3Object(body));
        using FunctionRun run = new($"http://{server.Address}");
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"));
        Assert.Equal(RecordStatus.Rejected, result.Status);
        Assert.Equal(body.Length, result.BytesIn);
        Assert.Contains($"Error: rejected s3://photos/input/a.jpg ({content.Length} bytes): {result.Reason}", run.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_failure_does_not_keep_the_other_records_from_being_done()
    {
        await using ScriptedServer server = new(request => request switch
        {
            { Method: "PUT" } => ScriptedAnswer.Stored,
            _ when request.Target.Contains("denied", StringComparison.Ordinal) => ScriptedAnswer.S3Error(403, "AccessDenied"),
            _ when request.Target.Contains("gone", StringComparison.Ordinal) => ScriptedAnswer.S3Error(404, "NoSuchKey"),
            _ => ScriptedAnswer.S3Object(Photo),
        });
        using FunctionRun run = new($"http://{server.Address}");
        ThumbnailsFailedException exception = await Assert.ThrowsAsync<ThumbnailsFailedException>(() => run.InvokeAsync(
            FunctionRun.Put("photos", "input/denied.jpg"), FunctionRun.Put("photos", "input/gone.jpg"), FunctionRun.Put("photos", "input/good.jpg")));

        Assert.Equal([RecordStatus.Failed, RecordStatus.Rejected, RecordStatus.Made], exception.Report.Results.Select(result => result.Status));
        Assert.StartsWith("1 of 3 records failed: s3://photos/input/denied.jpg: ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("gone.jpg", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bug_fails_the_invocation_after_the_other_records_and_is_logged_with_its_trace()
    {
        await using ScriptedServer server = new(request => request.Method == "PUT" ? ScriptedAnswer.Stored : ScriptedAnswer.S3Object(Photo));
        using FunctionRun run = new($"http://{server.Address}", new BrokenOnce());
        ThumbnailsFailedException exception = await Assert.ThrowsAsync<ThumbnailsFailedException>(
            () => run.InvokeAsync(FunctionRun.Put("photos", "input/a.jpg"), FunctionRun.Put("photos", "input/b.jpg")));

        Assert.Equal([RecordStatus.Failed, RecordStatus.Made], exception.Report.Results.Select(result => result.Status));
        Assert.Contains("InvalidOperationException: broken", exception.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(BrokenOnce.Make), run.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OUTPUT_BUCKET=photos", "INPUT_PREFIX=")]
    [InlineData("OUTPUT_BUCKET=photos", "OUTPUT_PREFIX=input/thumbs")]
    public async Task A_named_output_bucket_that_turns_out_to_be_the_same_is_refused(params string[] environment)
    {
        await using ScriptedServer server = new(request => request.Method == "PUT" ? ScriptedAnswer.Stored : ScriptedAnswer.S3Object(Photo));
        using FunctionRun run = new($"http://{server.Address}", environment);
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"));
        Assert.Equal(RecordStatus.Rejected, result.Status);
        Assert.Contains("trigger the function again", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, request => request.Method == "PUT");
    }

    [Fact]
    public async Task A_key_that_becomes_too_long_is_rejected()
    {
        await using ScriptedServer server = new(_ => ScriptedAnswer.S3Object(Photo));
        using FunctionRun run = new($"http://{server.Address}", "OUTPUT_PREFIX=thumbnails/");
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put("photos", "input/" + new string('x', 1018)));
        Assert.Equal(RecordStatus.Rejected, result.Status);
        Assert.Contains("1029 bytes; S3 allows 1024", result.Reason, StringComparison.Ordinal);
    }

    private static ScriptedAnswer BreakOff(int after) => ScriptedAnswer.Partial(200, Photo[..after], Photo.Length, Afterwards.Reset, ScriptedAnswer.ETag);

    private static async Task<RecordResult> InvokeAsync(ScriptedServer server)
    {
        using FunctionRun run = new($"http://{server.Address}");
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"));
        Assert.DoesNotContain("unexpected", run.Log, StringComparison.Ordinal);
        return result;
    }

    /// <summary>Answers in turn; then finds everything as it was stored.</summary>
    private sealed class Sequence(params ScriptedAnswer[] answers)
    {
        private int _next;

        public ScriptedServer Serve() => new(_ => _next < answers.Length ? answers[_next++] : ScriptedAnswer.Stored);
    }

    private sealed class BrokenOnce : IThumbnailer
    {
        private bool _broken;

        public Thumbnail[] Make(ReadOnlyMemory<byte> file, IReadOnlyList<ThumbnailOptions> outputs, CancellationToken cancellationToken)
        {
            if (!_broken)
            {
                _broken = true;
                throw new InvalidOperationException("broken");
            }

            return new Thumbnailer().Make(file, outputs, cancellationToken);
        }

        public ImageInfo Identify(ReadOnlyMemory<byte> file) => new Thumbnailer().Identify(file);
    }
}
