using System.Text.Json.Nodes;

namespace ResizeImage.Tests;

/// <summary>The function's own executable talking to a Runtime API, request by request.</summary>
public class RuntimeTests
{
    private const string Next = "GET /2018-06-01/runtime/invocation/next";

    [Fact]
    public async Task Events_are_answered_one_after_the_other()
    {
        await using ScriptedServer s3 = Photos();
        RuntimeScript script = new([RuntimeScript.Event("put.json", "id-1"), RuntimeScript.Event("s3-test-event.json", "id-2")]);
        await using ScriptedServer api = new(script.Answer);
        using FunctionExecutable function = new(api.Address, $"http://{s3.Address}");
        await script.WaitForIdleAsync(function);

        Assert.Equal(
            [Next, "POST /2018-06-01/runtime/invocation/id-1/response", Next, "POST /2018-06-01/runtime/invocation/id-2/response", Next],
            api.Requests.Select(request => $"{request.Method} {request.Target}"));
        JsonNode result = JsonNode.Parse(api.Requests[1].Body)!["results"]![0]!;
        Assert.Equal("made", result["status"]!.GetValue<string>());
        Assert.Equal("s3://photos/output/holiday/a bé.jpg", result["destination"]!.GetValue<string>());
        Assert.Equal("""{"results":[]}""", System.Text.Encoding.UTF8.GetString(api.Requests[3].Body));
        Assert.Equal("application/json", api.Requests[1]["Content-Type"]);
        Assert.Matches(@"(?m)^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\tid-1\tinfo\tmade s3://photos/output/holiday/a bé\.jpg ", function.Output);
    }

    [Fact]
    public async Task The_Lambda_Test_Tool_puts_the_functions_name_before_the_path()
    {
        await using ScriptedServer s3 = Photos();
        RuntimeScript script = new([RuntimeScript.Event("put.json", "id-1")]);
        await using ScriptedServer api = new(script.Answer);
        using FunctionExecutable function = new($"{api.Address}/ResizeImage", $"http://{s3.Address}");
        await script.WaitForIdleAsync(function);

        Assert.Equal(
            [$"GET /ResizeImage{Next[4..]}", "POST /ResizeImage/2018-06-01/runtime/invocation/id-1/response", $"GET /ResizeImage{Next[4..]}"],
            api.Requests.Select(request => $"{request.Method} {request.Target}"));
    }

    [Fact]
    public async Task Every_trigger_is_answered_in_its_own_way()
    {
        await using S3Endpoint s3 = await S3Endpoint.StartAsync(nameof(Local.S3.S3Server));
        using FunctionRun client = new(s3.Url);
        await client.S3.PutBucketAsync(PhotoBucket.Name);
        foreach (string key in new[] { "input/a 1.jpg", "input/b.jpg", "input/a+1.jpg", "input/c.jpg", "input/holiday/a bé+%41.jpg", "input/unheard-of.jpg" })
        {
            await PhotoBucket.PutAsync(client.S3, key, Pictures.Jpeg48x32);
        }

        string[] events = ["sns.json", "eventbridge-created.json", "sqs.json", "batch-operations-1.0.json", "batch-operations-2.0.json", "eventbridge-deleted.json", "scheduler.json"];
        RuntimeScript script = new([.. events.Select(file => RuntimeScript.Event(file, file))]);
        await using ScriptedServer api = new(script.Answer);
        using FunctionExecutable function = new(api.Address, s3.Url, $"INPUT_BUCKET={PhotoBucket.Name}");
        await script.WaitForIdleAsync(function);

        List<ScriptedRequest> answers = [.. api.Requests.Where(request => request.Method == "POST")];
        Assert.Equal(events.Select(file => $"/2018-06-01/runtime/invocation/{file}/response"), answers.Select(request => request.Target));
        List<string> bodies = [.. answers.Select(request => System.Text.Encoding.UTF8.GetString(request.Body))];
        Assert.StartsWith("""{"results":[{"source":"s3://photos/input/c.jpg","destination":"s3://photos/output/c.jpg","status":"made",""", bodies[0], StringComparison.Ordinal);
        Assert.StartsWith("""{"results":[{"source":"s3://photos/input/holiday/a bé+%41.jpg",""", bodies[1], StringComparison.Ordinal);
        Assert.Equal("""{"batchItemFailures":[]}""", bodies[2]);
        Assert.Contains(""""resultCode":"Succeeded","resultString":"The thumbnail is up to date"""", bodies[3], StringComparison.Ordinal);
        Assert.Contains(""""resultCode":"Succeeded","resultString":"s3://photos/output/a+1.jpg"""", bodies[4], StringComparison.Ordinal);
        Assert.StartsWith("""{"results":[{"source":"s3://photos/input/old.jpg","destination":null,"status":"skipped",""", bodies[5], StringComparison.Ordinal);
        Assert.Equal("""{"photos":6,"made":1,"rejected":0,"failed":0,"complete":true,"startAfter":"input/unheard-of.jpg"}""", bodies[6]);
        Assert.Equal(6, (await PhotoBucket.KeysAsync(client.S3, "output/")).Count);
    }

    [Fact]
    public async Task Requests_of_every_front_are_answered_with_the_thumbnail()
    {
        await using S3Endpoint s3 = await S3Endpoint.StartAsync(nameof(Local.S3.S3Server));
        using FunctionRun client = new(s3.Url);
        await client.S3.PutBucketAsync(PhotoBucket.Name);
        await PhotoBucket.PutAsync(client.S3, "input/holiday/a bé+%41.jpg", Pictures.Jpeg48x32);
        RuntimeScript script = new([.. HttpEvent.Fronts.Select(front => RuntimeScript.Event($"http/{front}.json", front))]);
        await using ScriptedServer api = new(script.Answer);
        using FunctionExecutable function = new(api.Address, s3.Url, $"INPUT_BUCKET={PhotoBucket.Name}");
        await script.WaitForIdleAsync(function);

        byte[] stored = await PhotoBucket.ReadAsync(client.S3, "output/holiday/a bé+%41.jpg");
        HttpResult[] answers = [.. api.Requests.Where(request => request.Method == "POST").Select(request => HttpResult.Parse(System.Text.Encoding.UTF8.GetString(request.Body)))];
        Assert.Equal(HttpEvent.Fronts.Length, answers.Length);
        Assert.All(answers, answer => Assert.Equal((200, "image/jpeg"), (answer.Status, answer["Content-Type"])));
        Assert.All(answers, answer => Assert.Equal(stored, answer.Body));
    }

    [Fact]
    public async Task A_failure_is_reported_and_the_next_event_handled()
    {
        await using ScriptedServer s3 = new(_ => ScriptedAnswer.S3Error(403, "AccessDenied"));
        RuntimeScript script = new([RuntimeScript.Event("put.json", "id-1")]);
        await using ScriptedServer api = new(script.Answer);
        using FunctionExecutable function = new(api.Address, $"http://{s3.Address}");
        await script.WaitForIdleAsync(function);

        Assert.Equal([Next, "POST /2018-06-01/runtime/invocation/id-1/error", Next], api.Requests.Select(request => $"{request.Method} {request.Target}"));
        ScriptedRequest error = api.Requests[1];
        Assert.Equal("ThumbnailsFailedException", error["Lambda-Runtime-Function-Error-Type"]);
        Assert.Equal("application/vnd.aws.lambda.error+json", error["Content-Type"]);
        JsonNode document = JsonNode.Parse(error.Body)!;
        Assert.Equal("ThumbnailsFailedException", document["errorType"]!.GetValue<string>());
        Assert.Contains("s3:GetObject", document["errorMessage"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEmpty(document["stackTrace"]!.AsArray());
    }

    [Fact]
    public async Task The_deadline_of_the_event_is_kept()
    {
        await using ScriptedServer s3 = new(_ => new ScriptedAnswer([], Afterwards.Stall));
        RuntimeScript script = new([RuntimeScript.Event("put.json", "id-1", TimeSpan.FromSeconds(2))]);
        await using ScriptedServer api = new(script.Answer);
        using FunctionExecutable function = new(api.Address, $"http://{s3.Address}");
        await script.WaitForIdleAsync(function);
        Assert.Contains("time of the invocation ran out", JsonNode.Parse(api.Requests[1].Body)!["errorMessage"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_settings_are_an_initialization_error_and_end_the_process()
    {
        await using ScriptedServer api = new(_ => RuntimeScript.Accepted);
        using FunctionExecutable function = new(api.Address, "http://127.0.0.1:9", "THUMBNAIL_FIT=crop");
        Assert.NotEqual(0, await function.EndAsync());

        ScriptedRequest request = Assert.Single(api.Requests);
        Assert.Equal("POST /2018-06-01/runtime/init/error", $"{request.Method} {request.Target}");
        JsonNode document = JsonNode.Parse(request.Body)!;
        Assert.Equal("SettingsException", document["errorType"]!.GetValue<string>());
        Assert.Contains("THUMBNAIL_FIT", document["errorMessage"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_process_ends_when_the_runtime_api_is_gone()
    {
        RuntimeScript script = new([]);
        ScriptedServer api = new(script.Answer);
        using FunctionExecutable function = new(api.Address, "http://127.0.0.1:9");
        await script.WaitForIdleAsync(function);
        await api.DisposeAsync();
        await function.EndAsync();
    }

    private static ScriptedServer Photos() =>
        new(request => request.Method == "GET" ? ScriptedAnswer.S3Object(Pictures.Jpeg48x32) : ScriptedAnswer.Stored);
}
