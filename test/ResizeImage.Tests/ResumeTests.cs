using System.Globalization;
using System.Text;
using ResizeImage.Imaging;
using ResizeImage.Reports;

namespace ResizeImage.Tests;

/// <summary>A photo is decoded while it arrives; a body that breaks off continues where it broke, if the photo is still the same.</summary>
public class ResumeTests
{
    private const string OtherETag = "ETag: \"ffffffffffffffffffffffffffffffff\"";

    private static readonly byte[] Photo = Pictures.Jpeg48x32;

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(false, 300)]
    [InlineData(false, -1)]
    [InlineData(true, 300)]
    public async Task A_broken_body_continues_from_where_it_broke(bool stalls, int after)
    {
        Afterwards end = stalls ? Afterwards.Stall : Afterwards.Reset;
        after = after < 0 ? Photo.Length + after : after;
        List<string?> ranges = [];
        await using ScriptedServer server = new(request => request.Method != "GET" ? ScriptedAnswer.Stored : Answer(request, ranges, after, end));
        TestClock clock = new();
        using FunctionRun run = new($"http://{server.Address}", new Thumbnailer(), clock);
        Task<RecordResult> invocation = run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"));
        if (stalls)
        {
            await server.Stalled;
            await clock.ExpireAsync(TimeSpan.FromSeconds(5));
        }

        await clock.ExpireAsync(TimeSpan.FromMilliseconds(100)); // the pause before the second attempt
        RecordResult result = await invocation;
        Assert.Equal((RecordStatus.Made, Photo.Length), (result.Status, (int)result.BytesIn!));
        Assert.Equal([null, after == 0 ? null : $"bytes={after}-"], ranges);
        Assert.Equal(ScriptedAnswer.ETag["ETag: ".Length..], server.Requests.Last(request => request.Method == "GET")["If-Match"]);
        Assert.Equal(Expected(), server.Requests.Single(request => request.Method == "PUT").Body);
    }

    [Fact]
    public async Task A_body_may_break_twice()
    {
        int gets = 0;
        await using ScriptedServer server = new(request => request.Method != "GET" ? ScriptedAnswer.Stored : Part(request, gets++ < 2 ? 100 : int.MaxValue));
        RecordResult result = await InvokeAsync(server);
        Assert.Equal(RecordStatus.Made, result.Status);
        Assert.Equal([null, "bytes=100-", "bytes=200-"], server.Requests.Where(request => request.Method == "GET").Select(request => request["Range"]));
    }

    [Fact]
    public async Task A_body_that_breaks_three_times_fails_the_record()
    {
        await using ScriptedServer server = new(request => Part(request, 100));
        RecordResult result = await InvokeAsync(server);
        Assert.Equal(RecordStatus.Failed, result.Status);
        Assert.Contains("could not be read", result.Reason, StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_store_that_ignores_ranges_sends_the_whole_object_again()
    {
        int gets = 0;
        await using ScriptedServer server = new(request =>
            request.Method != "GET" ? ScriptedAnswer.Stored
            : gets++ == 0 ? ScriptedAnswer.Partial(200, Photo[..300], Photo.Length, Afterwards.Reset, ScriptedAnswer.ETag)
            : ScriptedAnswer.S3Object(Photo));
        RecordResult result = await InvokeAsync(server);
        Assert.Equal((RecordStatus.Made, 2), (result.Status, gets));
        Assert.Equal(Expected(), server.Requests.Single(request => request.Method == "PUT").Body);
    }

    /// <summary>Every way in which a store can say that there is another object now.</summary>
    [Theory]
    [InlineData(412)]
    [InlineData(416)]
    [InlineData(206)]
    [InlineData(200)]
    public async Task A_photo_that_changes_within_its_body_is_read_from_its_start(int status)
    {
        int gets = 0;
        byte[] earlier = [.. Photo[..30], (byte)(Photo[30] + 9), .. Photo[31..], 0];
        await using ScriptedServer server = new(request => request switch
        {
            { Method: "HEAD" } => ScriptedAnswer.Of(200, [], OtherETag),
            { Method: "PUT" } => ScriptedAnswer.Stored,
            _ => gets++ switch
            {
                0 => ScriptedAnswer.Partial(200, earlier[..40], earlier.Length, Afterwards.Reset, ScriptedAnswer.ETag),
                1 when status is 412 or 416 => ScriptedAnswer.S3Error(status, status == 412 ? "PreconditionFailed" : "InvalidRange"),
                1 when status == 206 => ScriptedAnswer.Of(206, Photo[40..], OtherETag, $"Content-Range: bytes 40-{Photo.Length - 1}/{Photo.Length}"),
                _ => ScriptedAnswer.Of(200, Photo, OtherETag),
            },
        });
        RecordResult result = await InvokeAsync(server);
        Assert.Equal((RecordStatus.Made, 3), (result.Status, gets));
        Assert.Equal(Expected(), server.Requests.Single(request => request.Method == "PUT").Body);
    }

    [Fact]
    public async Task A_photo_that_is_deleted_within_its_body_is_gone()
    {
        int gets = 0;
        await using ScriptedServer server = new(request =>
            request.Method == "GET" && gets++ == 0
                ? ScriptedAnswer.Partial(200, Photo[..300], Photo.Length, Afterwards.Reset, ScriptedAnswer.ETag)
                : ScriptedAnswer.S3Error(404, "NoSuchKey"));
        RecordResult result = await InvokeAsync(server);
        Assert.Equal(RecordStatus.Rejected, result.Status);
        Assert.Contains("gone", result.Reason, StringComparison.Ordinal);
    }

    /// <summary>What is refused by its header is refused without its body, which does not come here.</summary>
    [Theory]
    [InlineData("MAX_PIXELS=100", "", "pixels")]
    [InlineData("MAX_DECODED_BYTES=1000", "", "memory")]
    [InlineData("MAX_PIXELS=100", "%PDF-1.7", "PDF")]
    public async Task A_refused_photo_is_not_downloaded(string setting, string start, string reason)
    {
        byte[] photo = [.. Encoding.ASCII.GetBytes(start), .. Photo, .. new byte[2_000_000]];
        await using ScriptedServer server = new(request => request.Method == "GET"
            ? ScriptedAnswer.Partial(200, photo[..100_000], photo.Length, Afterwards.Stall, ScriptedAnswer.ETag)
            : ScriptedAnswer.Absent);
        using FunctionRun run = new($"http://{server.Address}", setting);
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"));
        Assert.Equal(RecordStatus.Rejected, result.Status);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
    }

    private static ScriptedAnswer Answer(ScriptedRequest request, List<string?> ranges, int after, Afterwards end)
    {
        ranges.Add(request["Range"]);
        return ranges.Count == 1 ? ScriptedAnswer.Partial(200, Photo[..after], Photo.Length, end, ScriptedAnswer.ETag) : Part(request, int.MaxValue);
    }

    /// <summary>The requested bytes, cut off after some of them.</summary>
    private static ScriptedAnswer Part(ScriptedRequest request, int most)
    {
        int from = request["Range"] is { } range ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture) : 0;
        int length = Photo.Length - from;
        string[] headers = from == 0 ? [ScriptedAnswer.ETag] : [ScriptedAnswer.ETag, $"Content-Range: bytes {from}-{Photo.Length - 1}/{Photo.Length}"];
        return ScriptedAnswer.Partial(
            from == 0 ? 200 : 206, Photo[from..(from + Math.Min(most, length))], length, most < length ? Afterwards.Reset : Afterwards.KeepAlive, headers);
    }

    private static byte[] Expected() => new Thumbnailer().Make(Photo, new ThumbnailOptions()).Data;

    private static async Task<RecordResult> InvokeAsync(ScriptedServer server)
    {
        using FunctionRun run = new($"http://{server.Address}");
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"));
        Assert.DoesNotContain("nexpected", run.Log, StringComparison.Ordinal);
        return result;
    }
}
