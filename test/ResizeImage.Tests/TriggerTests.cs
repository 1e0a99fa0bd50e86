using System.Text.Json.Nodes;
using ResizeImage.Photos;
using ResizeImage.Triggers;

namespace ResizeImage.Tests;

/// <summary>Each kind of event, as AWS publishes it, through the one entry to the thumbnail and the right response.</summary>
public class TriggerTests
{
    private static readonly string[] Named = ["input/a 1.jpg", "input/a+1.jpg", "input/b.jpg", "input/c.jpg", "input/holiday/a bé.jpg", "input/holiday/a bé+%41.jpg"];

    [Theory]
    [InlineData("put.json", "output/holiday/a bé.jpg")]
    [InlineData("sns.json", "output/c.jpg")]
    [InlineData("eventbridge-created.json", "output/holiday/a bé+%41.jpg")]
    public async Task Events_that_are_retried_as_a_whole_get_a_report(string file, string thumbnail)
    {
        await using S3Endpoint endpoint = await StartAsync();
        using FunctionRun run = new(endpoint.Url);
        JsonNode result = Assert.Single(JsonNode.Parse(await run.InvokeWithFileAsync(file))!["results"]!.AsArray())!;
        Assert.Equal(("made", $"s3://photos/{thumbnail}"), ((string?)result["status"], (string?)result["destination"]));
        Assert.Equal([thumbnail], await PhotoBucket.KeysAsync(run.S3, "output/"));
    }

    [Fact]
    public async Task The_report_is_written_as_by_the_other_handler()
    {
        await using S3Endpoint endpoint = await StartAsync();
        using FunctionRun run = new(endpoint.Url);
        string report = await run.InvokeWithAsync("""{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"photos"},"object":{"key":"other/a+b%C3%A9.jpg"}}}]}""");
        Assert.StartsWith(
            """{"results":[{"source":"s3://photos/other/a bé.jpg","destination":null,"status":"skipped","reason":"The key does not begin with INPUT_PREFIX \"input/\".","sourceWidth":null,"sourceHeight":null,"width":null,"height":null,"bytesIn":null,"bytesOut":null,"milliseconds":""",
            report,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eventbridge-deleted.json", """{"results":[{"source":"s3://photos/input/old.jpg","destination":"s3://photos/output/old.jpg","status":"deleted","reason":"The photo is gone.",""")]
    [InlineData("sqs.json", """{"batchItemFailures":[]}""")]
    public async Task Removals_delete_the_thumbnail(string file, string response)
    {
        await using S3Endpoint endpoint = await StartAsync();
        using FunctionRun run = new(endpoint.Url);
        await PhotoBucket.PutAsync(run.S3, "input/old.jpg", Pictures.Jpeg48x32);
        await run.InvokeAsync(FunctionRun.Put("photos", "input/old.jpg"));
        await run.S3.DeleteObjectAsync("photos", "input/old.jpg");

        Assert.StartsWith(response, await run.InvokeWithFileAsync(file), StringComparison.Ordinal);
        Assert.DoesNotContain("output/old.jpg", await PhotoBucket.KeysAsync(run.S3, "output/"));
    }

    [Fact]
    public async Task Messages_of_SQS_hold_events_of_all_kinds()
    {
        await using S3Endpoint endpoint = await StartAsync();
        using FunctionRun run = new(endpoint.Url);
        Assert.Equal("""{"batchItemFailures":[]}""", await run.InvokeWithFileAsync("sqs.json"));
        Assert.Equal(["output/a 1.jpg", "output/b.jpg", "output/holiday/a bé+%41.jpg"], await PhotoBucket.KeysAsync(run.S3, "output/"));
    }

    [Fact]
    public async Task Only_failed_messages_are_delivered_again()
    {
        await using ScriptedServer server = new(request => request switch
        {
            { Method: "PUT" } when request.Target.Contains("/b.jpg", StringComparison.Ordinal) => ScriptedAnswer.S3Error(503, "SlowDown"),
            { Method: "GET" } when request.Target.Contains("/old.jpg", StringComparison.Ordinal) => ScriptedAnswer.S3Error(404, "NoSuchKey"),
            { Method: "GET" } => ScriptedAnswer.S3Object(Pictures.Jpeg48x32),
            _ => ScriptedAnswer.Stored,
        });
        using FunctionRun run = new($"http://{server.Address}");
        JsonNode batch = JsonNode.Parse(FunctionRun.ReadEvent("sqs.json"))!;
        batch["Records"]![0]!["body"] = """{"key1":"value1"}""";
        Assert.Equal(
            """{"batchItemFailures":[{"itemIdentifier":"00000001-1fb8-49ff-8e57-6fd25f2d3ff0"},{"itemIdentifier":"00000002-1fb8-49ff-8e57-6fd25f2d3ff0"}]}""",
            await run.InvokeWithAsync(batch.ToJsonString()));
        Assert.Contains("Error: The body of the SQS message 00000001-1fb8-49ff-8e57-6fd25f2d3ff0 has the properties key1. The function accepts", run.Log, StringComparison.Ordinal);
    }

    /// <summary>The photo of the failed record would be lost with the message.</summary>
    [Theory]
    [InlineData("b.jpg", "c.jpg")]
    [InlineData("c.jpg", "b.jpg")]
    public async Task A_message_of_several_records_is_delivered_again_if_one_of_them_fails(string first, string second)
    {
        await using ScriptedServer server = new(request => request.Method switch
        {
            "PUT" when request.Target.Contains("/b.jpg", StringComparison.Ordinal) => ScriptedAnswer.S3Error(403, "AccessDenied"),
            "GET" => ScriptedAnswer.S3Object(Pictures.Jpeg48x32),
            _ => ScriptedAnswer.Stored,
        });
        using FunctionRun run = new($"http://{server.Address}");
        JsonArray records = [.. new[] { first, second }.Select(name => JsonNode.Parse(
            $$"""{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"photos"},"object":{"key":"input/{{name}}"} } }"""))];
        JsonObject body = new() { ["Records"] = records };
        JsonObject batch = new() { ["Records"] = new JsonArray(new JsonObject { ["messageId"] = "id-1", ["body"] = body.ToJsonString() }) };
        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"id-1"}]}""", await run.InvokeWithAsync(batch.ToJsonString()));
        Assert.Contains("made s3://photos/output/c.jpg", run.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_delivery_from_SQS_does_not_make_the_thumbnail_again()
    {
        await using S3Endpoint endpoint = await StartAsync();
        using FunctionRun run = new(endpoint.Url);
        await run.InvokeWithFileAsync("sqs.json");
        string log = run.Log;
        await run.InvokeWithAsync(FunctionRun.ReadEvent("sqs.json").Replace("\"ApproximateReceiveCount\": \"1\"", "\"ApproximateReceiveCount\": \"2\"", StringComparison.Ordinal));
        Assert.DoesNotContain("made s3:", run.Log[log.Length..], StringComparison.Ordinal);
        Assert.Contains("skipped s3://photos/input/b.jpg: The thumbnail is up to date", run.Log[log.Length..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("batch-operations-1.0.json", "1.0", "output/a 1.jpg")]
    [InlineData("batch-operations-2.0.json", "2.0", "output/a+1.jpg")]
    public async Task A_task_of_batch_operations_gets_its_result(string file, string version, string thumbnail)
    {
        await using S3Endpoint endpoint = await StartAsync();
        using FunctionRun run = new(endpoint.Url);
        Assert.Equal(BatchResponse(version, "Succeeded", $"s3://photos/{thumbnail}"), await run.InvokeWithFileAsync(file));
        Assert.Equal([thumbnail], await PhotoBucket.KeysAsync(run.S3, "output/"));
        Assert.Equal(
            BatchResponse(version, "Succeeded", "The thumbnail is up to date: made of this photo with these settings."),
            await run.InvokeWithFileAsync(file));
    }

    [Theory]
    [InlineData(503, "SlowDown", "TemporaryFailure", "s3://photos/input/a 1.jpg could not be read: S3 answered 503 SlowDown: because")]
    [InlineData(404, "NoSuchKey", "PermanentFailure", "s3://photos/input/a 1.jpg is gone: it was deleted before it could be read.")]
    public async Task A_task_of_batch_operations_that_fails_says_whether_to_try_again(int status, string code, string result, string reason)
    {
        await using ScriptedServer server = new(request => request.Method == "HEAD" ? ScriptedAnswer.Absent : ScriptedAnswer.S3Error(status, code));
        using FunctionRun run = new($"http://{server.Address}");
        Assert.Equal(BatchResponse("1.0", result, reason), await run.InvokeWithFileAsync("batch-operations-1.0.json"));
    }

    /// <summary>S3 keeps no more in the completion report.</summary>
    [Fact]
    public async Task A_result_of_batch_operations_has_at_most_1024_characters()
    {
        await using ScriptedServer server = new(request => request.Method == "HEAD" ? ScriptedAnswer.Absent : ScriptedAnswer.S3Error(404, "NoSuchKey"));
        using FunctionRun run = new($"http://{server.Address}");
        string key = new('k', 1000);
        string job = FunctionRun.ReadEvent("batch-operations-2.0.json").Replace("input/a%2B1.jpg", "input/" + key, StringComparison.Ordinal);
        string text = (string)JsonNode.Parse(await run.InvokeWithAsync(job))!["results"]![0]!["resultString"]!;
        Assert.Equal($"s3://photos/input/{key} is gone: it was deleted before it could be read."[..1024], text);
    }

    [Theory]
    [InlineData("sns.json")]
    [InlineData("eventbridge-created.json")]
    public async Task A_failure_in_an_event_that_is_retried_as_a_whole_fails_the_invocation(string file)
    {
        await using ScriptedServer server = new(_ => ScriptedAnswer.S3Error(503, "SlowDown"));
        using FunctionRun run = new($"http://{server.Address}");
        await Assert.ThrowsAsync<ThumbnailsFailedException>(() => run.InvokeWithFileAsync(file));
    }

    [Fact]
    public async Task The_test_event_of_S3_succeeds()
    {
        using FunctionRun run = new("http://127.0.0.1:9");
        Assert.Equal("""{"results":[]}""", await run.InvokeWithFileAsync("s3-test-event.json"));
    }

    [Theory]
    [InlineData("""{"key1":"value1","key2":2}""", "The event has the properties key1, key2. The function accepts S3 event notifications")]
    [InlineData("{}", "The event has the properties (none). ")]
    [InlineData("[1]", "The event is of the JSON type Array. ")]
    [InlineData("photo.jpg", "The event is not JSON: ")]
    [InlineData("", "The event is not JSON: ")]
    [InlineData("""{"Records":[{"eventSource":"aws:kinesis","kinesis":{}}]}""", "properties Records, and its first record eventSource, kinesis. ")]
    [InlineData("""{"Records":[7]}""", "The event has the properties Records. ")]
    [InlineData("""{"detail-type":"EC2 Instance State-change Notification","source":"aws.ec2"}""", "its detail-type is \"EC2 Instance State-change Notification\", its source \"aws.ec2\". ")]
    [InlineData("""{"Records":[{"Sns":{"Message":"hello"}}]}""", "The message from SNS is not JSON: ")]
    [InlineData("""{"Records":[{"Sns":{}}]}""", "The message from SNS is not JSON: ")]
    [InlineData("""{"Type":"Notification","Message":"{\"Type\":\"Notification\",\"Message\":\"{\\\"Type\\\":\\\"Notification\\\",\\\"Message\\\":\\\"{}\\\"}\"}"}""", "The message from SNS has the properties (none). ")]
    public async Task An_unknown_event_is_described_with_what_the_function_accepts(string input, string message)
    {
        using FunctionRun run = new("http://127.0.0.1:9");
        Assert.Contains(message, (await Assert.ThrowsAsync<UnknownEventException>(() => run.InvokeWithAsync(input))).Message, StringComparison.Ordinal);
    }

    /// <summary>Events come from AWS, but nothing in them may end in another exception, or cost more than itself.</summary>
    [Theory]
    [InlineData("put.json")]
    [InlineData("sns.json")]
    [InlineData("sqs.json")]
    [InlineData("eventbridge-created.json")]
    [InlineData("batch-operations-1.0.json")]
    public async Task An_event_with_a_value_of_another_type_does_not_crash(string file)
    {
        await using ScriptedServer server = new(_ => ScriptedAnswer.S3Error(403, "AccessDenied"));
        using FunctionRun run = new($"http://{server.Address}");
        int variants = Mutations.Count(JsonNode.Parse(FunctionRun.ReadEvent(file))!);
        Assert.True(variants >= 10);
        for (int variant = 0; variant < variants; variant++)
        {
            foreach (string value in new[] { "null", "1", "\"x\"", "{}", "[]", "[null]" })
            {
                JsonNode json = JsonNode.Parse(FunctionRun.ReadEvent(file))!;
                Mutations.Replace(json, variant, JsonNode.Parse(value));
                Exception? exception = await Record.ExceptionAsync(() => run.InvokeWithAsync(json.ToJsonString()));
                Assert.True(exception is null or UnknownEventException or ThumbnailsFailedException, $"{json}: {exception}");
            }
        }
    }

    private static string BatchResponse(string version, string code, string text) =>
        $$"""{"invocationSchemaVersion":"{{version}}","treatMissingKeysAs":"PermanentFailure","invocationId":"YXNkbGZqYWRmaiBhc2RmdW9hZHNmZGpmaGFzbGtkaGZza2RmaAo","results":[{"taskId":"dGFza2lkZ29lc2hlcmUK","resultCode":"{{code}}","resultString":"{{text}}"}]}""";

    private static async Task<S3Endpoint> StartAsync()
    {
        S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(Local.S3.S3Server));
        using FunctionRun client = new(endpoint.Url);
        await client.S3.PutBucketAsync(PhotoBucket.Name);
        foreach (string key in Named)
        {
            await PhotoBucket.PutAsync(client.S3, key, Pictures.Jpeg48x32);
        }

        return endpoint;
    }
}
