using System.Text.Json.Nodes;
using ResizeImage.Observability;
using ResizeImage.Reports;

namespace ResizeImage.Tests;

/// <summary>The logs and metrics of the function's executable, as Lambda gets them: lines of its standard output.</summary>
public class ObservabilityTests
{
    private const string Json = "AWS_LAMBDA_LOG_FORMAT=JSON";

    [Fact]
    public async Task In_JSON_a_record_is_an_object_with_all_properties()
    {
        (IReadOnlyList<JsonObject> lines, _) = await RunAsync(["put.json", "put.json"], Json);
        JsonObject[] records = [.. lines.Where(line => line.ContainsKey("status"))];

        Assert.Equal(2, records.Length);
        JsonObject first = records[0];
        Assert.Equal("Information", Text(first, "level"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", Text(first, "timestamp"));
        Assert.Equal("0.put.json", Text(first, "requestId"));
        Assert.Equal(RuntimeScript.TraceId, Text(first, "traceId"));
        Assert.Equal("made", Text(first, "status"));
        Assert.Equal("s3://photos/input/holiday/a bé.jpg", Text(first, "source"));
        Assert.Equal("s3://photos/output/holiday/a bé.jpg", Text(first, "destination"));
        Assert.Equal("48x32, 200x200", $"{first["sourceWidth"]}x{first["sourceHeight"]}, {first["width"]}x{first["height"]}");
        Assert.Equal(Pictures.Jpeg48x32.Length, (int)first["bytesIn"]!);
        Assert.InRange((int)first["bytesOut"]!, 100, 100_000);
        string[] stages = ["readMilliseconds", "makeMilliseconds", "writeMilliseconds", "checkMilliseconds"];
        Assert.InRange(stages.Sum(name => (double)first[name]!), 0, (double)first["milliseconds"]! + 0.5);
        Assert.StartsWith("made s3://photos/output/holiday/a bé.jpg (200x200, ", Text(first, "message"), StringComparison.Ordinal);
        Assert.True((bool)first["coldStart"]!);
        Assert.False((bool)records[1]["coldStart"]!);
    }

    [Fact]
    public async Task Of_several_records_only_the_first_is_a_cold_start()
    {
        await using ScriptedServer s3 = Photos();
        using FunctionRun run = new($"http://{s3.Address}");
        await run.InvokeAsync(FunctionRun.Put("photos", "input/a.jpg"), FunctionRun.Put("photos", "input/b.jpg"));
        string[] lines = run.Log.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains("cold start True", lines[0], StringComparison.Ordinal);
        Assert.Contains("cold start False", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_an_error_with_its_reason()
    {
        (IReadOnlyList<JsonObject> lines, _) = await RunAsync(["put.json"], Json, "MAX_PIXELS=1000");
        JsonObject record = Assert.Single(lines, line => line.ContainsKey("status"));
        Assert.Equal("Error", Text(record, "level"));
        Assert.Equal("rejected", Text(record, "status"));
        Assert.Contains("MAX_PIXELS", Text(record, "reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_level_Error_omits_successful_records()
    {
        (_, string output) = await RunAsync(["put.json"], "AWS_LAMBDA_HANDLER_LOG_LEVEL=Error");
        Assert.DoesNotContain("made", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_invocation_of_a_process_started_in_advance_is_not_a_cold_start()
    {
        (IReadOnlyList<JsonObject> lines, _) = await RunAsync(["put.json"], Json, "AWS_LAMBDA_INITIALIZATION_TYPE=provisioned-concurrency");
        Assert.False((bool)Assert.Single(lines, line => line.ContainsKey("status"))["coldStart"]!);
    }

    [Theory]
    [InlineData(Json)]
    [InlineData("AWS_LAMBDA_LOG_FORMAT=Text")]
    public async Task Metrics_are_lines_of_their_own_in_the_embedded_metric_format(string format)
    {
        (IReadOnlyList<JsonObject> lines, _) = await RunAsync(["put.json", "put.json"], format, "METRICS_NAMESPACE=Photos/Thumbnails");
        JsonObject[] metrics = [.. lines.Where(line => line.ContainsKey("_aws"))];

        Assert.Equal(2, metrics.Length);
        Assert.Equal(["Made", "TotalTime", "ColdStarts", "ReadTime", "MakeTime", "WriteTime", "CheckTime", "SourceMegapixels"], NamesIn(metrics[0]));
        Assert.Equal(["Made", "TotalTime", "ReadTime", "MakeTime", "WriteTime", "CheckTime", "SourceMegapixels"], NamesIn(metrics[1]));
        Assert.Equal(1, (double)metrics[0]["Made"]!);
        Assert.Equal(1, (double)metrics[0]["ColdStarts"]!);
        Assert.Equal(48 * 32 / 1e6, (double)metrics[0]["SourceMegapixels"]!);
        Assert.Equal("thumbnails", Text(metrics[0], "FunctionName"));
        Assert.Equal("1.put.json", Text(metrics[1], "requestId"));
        Assert.Matches(@"^\d+\.\d+\.\d+", Text(metrics[0], "version"));
    }

    /// <summary>The alarm nothing-made compares with it, and cannot with a metric that has no values.</summary>
    [Fact]
    public async Task A_photo_that_is_not_made_counts_as_zero_made()
    {
        (IReadOnlyList<JsonObject> lines, _) = await RunAsync(["put.json"], Json, "METRICS_NAMESPACE=Photos/Thumbnails", "MAX_PIXELS=1000");
        JsonObject metrics = Assert.Single(lines, line => line.ContainsKey("_aws"));
        Assert.Equal((0, 1), ((int)metrics["Made"]!, (int)metrics["Rejected"]!));
    }

    /// <summary>The alarm rejected-photos is about uploads, not about how often a page shows one of them.</summary>
    [Fact]
    public async Task A_request_for_a_photo_that_cannot_be_read_does_not_count_as_rejected()
    {
        (IReadOnlyList<JsonObject> lines, _) = await RunAsync(
            ["http/function-url.json"], Json, "METRICS_NAMESPACE=Photos/Thumbnails", "INPUT_BUCKET=photos", "MAX_PIXELS=1000");
        JsonObject metrics = Assert.Single(lines, line => line.ContainsKey("_aws"));
        Assert.DoesNotContain("Rejected", NamesIn(metrics));
        Assert.Equal((0, 1), ((int)metrics["Made"]!, (int)metrics["Requests"]!));
    }

    [Fact]
    public async Task A_reconciliation_counts_itself_and_the_photos_that_events_missed()
    {
        SmallS3 photos = new(_ => { });
        photos.Put("input/a.jpg", Pictures.Jpeg48x32);
        photos.Put("input/b.jpg", [1, 2, 3]);
        await using ScriptedServer s3 = new(photos.Answer);
        string output = await RunAsync(s3, ["scheduler.json"], Json, "METRICS_NAMESPACE=Photos/Thumbnails", "INPUT_BUCKET=photos");
        JsonObject[] lines = [.. output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!.AsObject())];
        JsonObject metrics = Assert.Single(lines, line => line.ContainsKey("Reconciliations"));
        Assert.Equal(["Reconciliations", "MissedPhotos"], NamesIn(metrics));
        Assert.Equal((1, 1), ((int)metrics["Reconciliations"]!, (int)metrics["MissedPhotos"]!));
    }

    [Fact]
    public async Task The_first_line_says_which_version_runs()
    {
        (_, string output) = await RunAsync(["put.json"], "AWS_LAMBDA_FUNCTION_VERSION=17");
        Assert.Matches(@"(?m)^[^\t]*\t\tinfo\tready: ResizeImage \d+\.\d+\.\d+(\+[0-9a-f]{40})?, function version 17, (JIT|AOT), \d+\.\d+\.\d+, 256-bit vectors (on|off)\r?$", output);
    }

    [Fact]
    public async Task Without_a_namespace_there_are_no_metrics()
    {
        (_, string output) = await RunAsync(["put.json"], Json);
        Assert.DoesNotContain("_aws", output, StringComparison.Ordinal);
    }

    /// <summary>A photo that changes meanwhile is read and made more than once.</summary>
    [Fact]
    public async Task Times_of_a_stage_add_up()
    {
        TestClock time = new();
        StageClock stages = new(time);
        for (int round = 1; round <= 2; round++)
        {
            stages.Add(Stage.Make, TimeSpan.FromMilliseconds(40));
            await stages.TimeAsync(Stage.Read, () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(5 * round));
                return Task.CompletedTask;
            });
        }

        Assert.Equal(new StageTimes(Probe: null, Read: 15, Make: 80, Write: null, Check: null), stages.Times);
    }

    [Fact]
    public async Task Every_call_to_S3_carries_the_trace()
    {
        await using ScriptedServer s3 = Photos();
        await RunAsync(s3, ["put.json"]);
        Assert.Equal(3, s3.Requests.Count);
        Assert.All(s3.Requests, request => Assert.Equal(RuntimeScript.TraceId, request["X-Amzn-Trace-Id"]));
    }

    private static async Task<(IReadOnlyList<JsonObject> Lines, string Output)> RunAsync(string[] events, params string[] environment)
    {
        await using ScriptedServer s3 = Photos();
        string output = await RunAsync(s3, events, environment);
        return ([.. output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!.AsObject())], output);
    }

    private static async Task<string> RunAsync(ScriptedServer s3, string[] events, params string[] environment)
    {
        RuntimeScript script = new([.. events.Select((file, i) => RuntimeScript.Event(file, $"{i}.{Path.GetFileName(file)}"))]);
        await using ScriptedServer api = new(script.Answer);
        using FunctionExecutable function = new(api.Address, $"http://{s3.Address}", environment);
        await script.WaitForIdleAsync(function);
        return function.Output;
    }

    /// <summary>Checks the rules of the format, and returns the names of the metrics.</summary>
    private static IEnumerable<string> NamesIn(JsonObject line)
    {
        string[] units = ["Count", "Milliseconds", "None"];
        JsonNode aws = line["_aws"]!;
        Assert.InRange(DateTimeOffset.FromUnixTimeMilliseconds((long)aws["Timestamp"]!), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
        JsonNode directive = Assert.Single(aws["CloudWatchMetrics"]!.AsArray())!;
        Assert.Equal("Photos/Thumbnails", (string?)directive["Namespace"]);
        JsonNode dimension = Assert.Single(Assert.Single(directive["Dimensions"]!.AsArray())!.AsArray())!;
        Assert.Equal("FunctionName", (string?)dimension);
        foreach (JsonNode? metric in directive["Metrics"]!.AsArray())
        {
            Assert.Contains((string?)metric!["Unit"], units);
            Assert.InRange((double)line[(string)metric["Name"]!]!, 0, 1e6);
            yield return (string)metric["Name"]!;
        }
    }

    private static string Text(JsonObject line, string name) => (string?)line[name] ?? string.Empty;

    private static ScriptedServer Photos() =>
        new(request => request.Method == "GET" ? ScriptedAnswer.S3Object(Pictures.Jpeg48x32) : ScriptedAnswer.Stored);
}
