using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.S3;
using ResizeImage.Configuration;
using ResizeImage.Hosting;
using ResizeImage.Photos;
using ResizeImage.Reports;
using ResizeImage.Text;
using ResizeImage.Triggers;

namespace ResizeImage.Tests;

/// <summary>The uploader chooses the key, which must not forge lines of the log or terminal output.</summary>
public class ForgedLogTests
{
    /// <summary>Line ends, ESC, CSI, NUL, DEL, separators, and all marks that change the direction of reading.</summary>
    private const string Hostile = "a\r\n\u001b[31m\u009b31m\0\u007f\u0085\u2028\u2029\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061cb";

    private const string Escaped =
        @"a\u000d\u000a\u001b[31m\u009b31m\u0000\u007f\u0085\u2028\u2029\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061cb";

    [Theory]
    [InlineData(Hostile, Escaped)]
    [InlineData("", "")]
    [InlineData("input/ä é 日本 😀 %0A \\n {braces} \"quotes\"", "input/ä é 日本 😀 %0A \\n {braces} \"quotes\"")]
    [InlineData("\n", @"\u000a")]
    public void Text_is_escaped(string text, string escaped) => Assert.Equal(escaped, LogText.Escape(text));

    [Fact]
    public void Halves_of_surrogate_pairs_are_escaped()
    {
        Assert.Equal(@"\ud800x\udc00", LogText.Escape("\ud800x\udc00"));
        Assert.Equal(@"😀\ud83d", LogText.Escape("😀\ud83d"));
    }

    [Fact]
    public void Every_character_that_Unicode_calls_a_control_or_bidi_control_is_escaped()
    {
        // Bidi_Control of PropList.txt; Cc of UnicodeData.txt.
        HashSet<int> bidi = [0x061C, 0x200E, 0x200F, .. Enumerable.Range(0x202A, 5), .. Enumerable.Range(0x2066, 4), 0x2028, 0x2029];
        for (int c = 0; c < 0x10000; c++)
        {
            bool expected = c < 0x20 || c is >= 0x7F and <= 0x9F || c is >= 0xD800 and <= 0xDFFF || bidi.Contains(c);
            Assert.True(expected == (LogText.Escape($"{(char)c}").Length > 1), $"U+{c:X4}");
        }
    }

    [Theory]
    [InlineData("Text")]
    [InlineData("JSON")]
    public async Task No_line_of_the_log_is_forged(string format)
    {
        SmallS3 photos = new(_ => { });
        photos.Put("input/" + Hostile, Pictures.Jpeg48x32);
        photos.Put("input/x" + Hostile, [1, 2, 3]);
        string[] lines = await RunAsync(photos.Answer, format, Event("input/" + Hostile), Event("input/x" + Hostile), Event("other/" + Hostile));

        string[] statuses = ["made", "rejected", "skipped"];
        Assert.All(statuses, status => Assert.Single(lines, line => line.Contains($"{status} s3://photos/", StringComparison.Ordinal)));
        AssertPlain(lines, format);
        Assert.Contains(lines, line => line.Contains(format == "JSON" ? Escaped.Replace(@"\", @"\\", StringComparison.Ordinal) : Escaped, StringComparison.Ordinal));
    }

    /// <summary>An invocation that fails: the runtime logs the exception and reports its message.</summary>
    [Theory]
    [InlineData("Text")]
    [InlineData("JSON")]
    public async Task An_error_of_an_invocation_does_not_forge_a_line_of_the_log(string format)
    {
        const string xml = "a&#13;&#10;\u009b31m\u0085\u2028\u202e\u2066b"; // XML cannot hold the others
        ScriptedAnswer refusal = ScriptedAnswer.Of(
            403,
            Encoding.UTF8.GetBytes($"<Error><Code>AccessDenied</Code><Message>User: x is not authorized to perform: s3:GetObject on resource: &quot;arn:aws:s3:::photos/{xml}&quot;</Message></Error>"),
            "Content-Type: application/xml");
        string[] lines = await RunAsync(
            _ => refusal,
            format,
            Event("input/" + Hostile),
            $$"""{"{{JsonEncodedText.Encode(Hostile)}}":1,"detail-type":"{{JsonEncodedText.Encode(Hostile)}}"}""",
            """{"detail-type":"Scheduled Event"}""");
        Assert.Contains(lines, line => line.Contains("1 of 1 records failed", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("has the properties a", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("Asking for s3://photos/output/.reconciliation/photos is refused", StringComparison.Ordinal));
        AssertPlain(lines, format);
    }

    [Fact]
    public void Messages_of_exceptions_are_escaped()
    {
        RecordResult failed = new() { Status = RecordStatus.Failed, Source = Hostile, Reason = Hostile };
        Exception[] exceptions =
        [
            new ThumbnailsFailedException(new ThumbnailReport([failed])),
            new SettingsException(Hostile),
            Assert.Throws<SettingsException>(() => Settings.Read(name => name == "ENGINE" ? Hostile : null)),
            Storage.StorageException.Writing(new("photos", Hostile), new AmazonS3Exception(Hostile), null, "s3:PutObject on it"),
            UnknownEventException.NotJson(Hostile, new InvalidOperationException(Hostile)),
        ];
        Assert.All(exceptions, exception => Assert.True(LogText.IsPlain(exception), exception.ToString()));
        Assert.All(exceptions, exception => Assert.Contains(@"\u001b[31m", exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_exception_of_another_kind_leaves_the_function_in_one_line()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => SafeFailure.OfAsync<int>(() => throw new InvalidOperationException("plain")));
        Exception exception = await Assert.ThrowsAsync<SafeFailure>(
            () => SafeFailure.OfAsync<int>(() => throw new InvalidOperationException("plain", new InvalidOperationException(Hostile))));
        Assert.True(LogText.IsPlain(exception));
        Assert.StartsWith("System.InvalidOperationException: plain\\u000a", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_logged_exception_is_one_line()
    {
        await using ScriptedServer server = new(_ => ScriptedAnswer.S3Object(Pictures.Jpeg48x32));
        using FunctionRun run = new($"http://{server.Address}", new Broken());
        await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"));
        Assert.Contains("Error: unexpected exception: System.InvalidOperationException: " + Escaped, run.Log, StringComparison.Ordinal);
        Assert.All(run.Log.Split(Environment.NewLine), line => Assert.True(line.Length == 0 || line.StartsWith("Error: ", StringComparison.Ordinal), line));
    }

    [Fact]
    public async Task A_completion_report_of_batch_operations_gets_one_line()
    {
        using FunctionRun run = new("http://127.0.0.1:9");
        string job = FunctionRun.ReadEvent("batch-operations-2.0.json").Replace("input/a%2B1.jpg", "input/a%0Ab", StringComparison.Ordinal);
        Assert.DoesNotContain("\\n", await run.InvokeWithAsync(job), StringComparison.Ordinal);
    }

    private static void AssertPlain(string[] lines, string format)
    {
        foreach (string line in lines.Where(line => line.Length > 0))
        {
            string withoutTabs = line.Replace("\t", "", StringComparison.Ordinal);
            Assert.Equal(withoutTabs, LogText.Escape(withoutTabs));
            if (format == "JSON")
            {
                Assert.IsType<JsonObject>(JsonNode.Parse(line));
            }
            else
            {
                Assert.Matches(@"^(\d{4}-\d\d-\d\dT[^\t]*\t(id-\d)?\t(info|fail)\t|ResizeImage\.|System\.|   at |--- End of |\{""_aws"")", line);
            }
        }
    }

    private static string Event(string key) =>
        $$"""{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"photos"},"object":{"key":"{{Uri.EscapeDataString(key)}}"} } }]}""";

    private static async Task<string[]> RunAsync(Func<ScriptedRequest, ScriptedAnswer> photos, string format, params string[] events)
    {
        await using ScriptedServer s3 = new(photos);
        RuntimeScript script = new([.. events.Select((json, i) => RuntimeScript.EventOf(Encoding.UTF8.GetBytes(json), $"id-{i}"))]);
        await using ScriptedServer api = new(script.Answer);
        using FunctionExecutable function = new(api.Address, $"http://{s3.Address}", $"AWS_LAMBDA_LOG_FORMAT={format}", "INPUT_BUCKET=photos", "METRICS_NAMESPACE=X");
        await script.WaitForIdleAsync(function);
        string[] lines = function.Output.Split(Environment.NewLine);
        Assert.All(
            api.Requests.Where(request => request.Target.EndsWith("/error", StringComparison.Ordinal)),
            request => Assert.Equal(
                (string)JsonNode.Parse(request.Body)!["errorMessage"]!, LogText.Escape((string)JsonNode.Parse(request.Body)!["errorMessage"]!)));
        return lines;
    }

    private sealed class Broken : Imaging.IThumbnailer
    {
        public Imaging.Thumbnail[] Make(ReadOnlyMemory<byte> file, IReadOnlyList<Imaging.ThumbnailOptions> outputs, CancellationToken cancellationToken) =>
            throw new InvalidOperationException(Hostile);

        public Imaging.ImageInfo Identify(ReadOnlyMemory<byte> file) => throw new InvalidOperationException(Hostile);
    }
}
