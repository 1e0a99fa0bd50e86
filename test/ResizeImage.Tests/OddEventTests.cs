using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Lambda.Core;
using Amazon.Lambda.S3Events;
using ResizeImage.Photos;
using ResizeImage.Reports;
using ResizeImage.Triggers;

namespace ResizeImage.Tests;

/// <summary>Events through unusual triggers, and invalid messages in a batch: no photo may be lost silently.</summary>
public class OddEventTests
{
    private const string Nowhere = "http://127.0.0.1:9";
    private const string Created = """{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"photos"},"object":{"key":"input/KEY"}}}""";
    private const string Bridge = """{"detail-type":"Object Created","source":"aws.s3","detail":{"bucket":{"name":"photos"},"object":{"key":"input/KEY"}}}""";

    [Theory]
    [InlineData("eventbridge-created.json")]
    [InlineData("sns.json")]
    [InlineData("sqs.json")]
    [InlineData("scheduler.json")]
    [InlineData("batch-operations-1.0.json")]
    public async Task The_default_handler_fails_on_events_of_other_services(string file)
    {
        using FunctionRun run = new(Nowhere);
        Exception exception = await Assert.ThrowsAnyAsync<Exception>(() => run.InvokeAsync(ReceivedByDefault(FunctionRun.ReadEvent(file))));
        Assert.Contains("FunctionHandler accepts", exception.Message, StringComparison.Ordinal);
        Assert.Contains("HandleEvent", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"Records":null}""")]
    [InlineData("""{"Records":[]}""")]
    [InlineData("""{"Event":"s3:OtherEvent"}""")]
    public async Task The_default_handler_fails_on_an_event_without_records(string json)
    {
        using FunctionRun run = new(Nowhere);
        UnknownEventException exception = await Assert.ThrowsAsync<UnknownEventException>(() => run.InvokeAsync(ReceivedByDefault(json)));
        Assert.StartsWith("The event has no records of S3. The handler FunctionHandler accepts", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_default_handler_accepts_the_test_event_and_notifications_of_S3()
    {
        using FunctionRun run = new(Nowhere);
        Assert.Empty((await run.InvokeAsync(ReceivedByDefault(FunctionRun.ReadEvent("s3-test-event.json")))).Results);
        Assert.Contains("Information: the event has no records", run.Log, StringComparison.Ordinal);
        Assert.Equal("input/holiday/a bé.jpg", Assert.Single(ReceivedByDefault(FunctionRun.ReadEvent("put.json")).Records!).S3!.Object!.KeyDecoded);
    }

    [Theory]
    [InlineData("AWS API Call via CloudTrail")]
    [InlineData("AWS Service Event via CloudTrail")]
    public async Task An_event_of_CloudTrail_fails_as_unknown(string type)
    {
        using FunctionRun run = new(Nowhere);
        string json = $$$"""{"detail-type":"{{{type}}}","source":"aws.s3","detail":{"eventName":"PutObject","requestParameters":{"bucketName":"photos","key":"input/a.jpg"} } } """;
        UnknownEventException exception = await Assert.ThrowsAsync<UnknownEventException>(() => run.InvokeWithAsync(json));
        Assert.Contains($"its detail-type is \"{type}\", its source \"aws.s3\"", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"detail-type":"Object Created","source":"aws.s3","detail":{}}""")]
    [InlineData("""{"Records":[{"eventName":"ObjectCreated:Put","s3":{}}]}""")]
    [InlineData("""{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"photos"},"object":{"key":7}}}]}""")]
    public async Task An_event_that_names_no_object_fails(string json)
    {
        using FunctionRun run = new(Nowhere);
        Assert.Contains("names no S3 object", (await Assert.ThrowsAsync<ThumbnailsFailedException>(() => run.InvokeWithAsync(json))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ObjectRestore:Completed", RecordStatus.Made)]
    [InlineData("s3:ObjectRestore:Completed", RecordStatus.Made)]
    [InlineData("ObjectRestore:Post", RecordStatus.Skipped)]
    [InlineData("ObjectRestore:Delete", RecordStatus.Skipped)]
    public async Task A_restored_photo_gets_its_thumbnail(string eventName, RecordStatus expected)
    {
        await using ScriptedServer server = Photos();
        using FunctionRun run = new($"http://{server.Address}");
        Assert.Equal(expected, (await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg", eventName))).Status);
    }

    [Theory]
    [InlineData("Object Restore Completed", "made")]
    [InlineData("Object Restore Initiated", "skipped")]
    [InlineData("Object Restore Expired", "skipped")]
    [InlineData("Object Tags Added", "skipped")]
    public async Task A_restored_photo_gets_its_thumbnail_by_EventBridge(string type, string expected)
    {
        await using ScriptedServer server = Photos();
        using FunctionRun run = new($"http://{server.Address}");
        string json = Bridge.Replace("Object Created", type, StringComparison.Ordinal).Replace("KEY", "a.jpg", StringComparison.Ordinal);
        Assert.Equal(expected, (string?)JsonNode.Parse(await run.InvokeWithAsync(json))!["results"]![0]!["status"]);
    }

    [Fact]
    public async Task A_pipe_from_a_queue_is_answered_as_the_queue_itself()
    {
        await using ScriptedServer server = Photos();
        using FunctionRun run = new($"http://{server.Address}");
        string[] bodies = [S3(Created, "a.jpg"), Bridge.Replace("KEY", "b.jpg", StringComparison.Ordinal), "{}", Sns(S3(Created, "c.jpg"))];
        string array = $"[{string.Join(',', bodies.Select(Message))}]";
        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"2"}]}""", await run.InvokeWithAsync(array));
        Assert.Equal(["a.jpg", "b.jpg", "c.jpg"], Made(server));
    }

    /// <summary>An input transformer such as &lt;$.body&gt; leaves the events alone, or one record of them.</summary>
    [Fact]
    public async Task A_pipe_with_an_input_transformer_gets_a_report()
    {
        await using ScriptedServer server = Photos();
        using FunctionRun run = new($"http://{server.Address}");
        string[] elements =
        [
            S3(Created, "a.jpg"), Bridge.Replace("KEY", "b.jpg", StringComparison.Ordinal), Sns(S3(Created, "c.jpg")), Created.Replace("KEY", "d.jpg", StringComparison.Ordinal),
            $$"""{"Sns":{"Message":{{JsonSerializer.Serialize(S3(Created, "e.jpg"))}} } }""", """{"Event":"s3:TestEvent"}""",
        ];
        JsonNode report = JsonNode.Parse(await run.InvokeWithAsync($"[{string.Join(',', elements)}]"))!;
        Assert.Equal(5, report["results"]!.AsArray().Count);
        Assert.Equal(["a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg"], Made(server));
    }

    [Theory]
    [InlineData("[]", "The event is of the JSON type Array. ")]
    [InlineData("[[]]", "The event is of the JSON type Array. ")]
    [InlineData("""[{"key1":1}]""", "The event is of the JSON type Array, and its first element has the properties key1. ")]
    [InlineData("""[{"Event":"s3:TestEvent"},{"key1":1}]""", "An element of the event has the properties key1. ")]
    [InlineData("""[{"detail-type":"Scheduled Event"}]""", "An element of the event has the properties detail-type")]
    public async Task Other_arrays_are_unknown(string json, string message)
    {
        using FunctionRun run = new(Nowhere);
        Assert.Contains(message, (await Assert.ThrowsAsync<UnknownEventException>(() => run.InvokeWithAsync(json))).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> OddBodies() => new()
    {
        { "half of a surrogate pair in a key", """{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"photos"},"object":{"key":"input/\ud800"}}}]}""" },
        { "half of a surrogate pair in a name", """{"Records":[{"\ud800":1}]}""" },
        { "half of a surrogate pair in a long name", """{"\ud800 and much that is longer than any name that is looked for":1}""" },
        { "half of a surrogate pair in the type", """{"detail-type":"\udc00","source":"aws.s3"}""" },
        { "a string", "\"\\ud800\"" },
        { "deep arrays", new string('[', 5000) },
        { "deep objects", string.Concat(Enumerable.Repeat("{\"Records\":", 5000)) },
        { "a number beyond all types", """{"Records":[1e99999999]}""" },
        { "numbers for names", """{"Records":[{"eventName":1,"s3":{"bucket":{"name":2},"object":{"key":3}}}]}""" },
        { "a key twice", """{"Records":[{"s3":{"bucket":{"name":"photos"},"object":{"key":"input/a.jpg"}},"s3":null}]}""" },
        { "not closed", """{"Records":[{"s3":""" },
        { "not JSON", "input/a.jpg" },
        { "nothing", "" },
        { "null", "null" },
        { "SQS in SQS", """{"Records":[{"messageId":"1","body":"{}"}]}""" },
        { "a message of SNS that is not JSON", """{"Type":"Notification","Message":"\ud83d"}""" },
        { "control characters", "{\"a\u0001\":1}" },
        { "a bucket that is none", """{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":null,"object":{"key":"input/a.jpg"}}}]}""" },
    };

    [Theory, MemberData(nameof(OddBodies))]
    public async Task An_invalid_message_fails_alone(string what, string body)
    {
        await using ScriptedServer server = Photos();
        using FunctionRun run = new($"http://{server.Address}");
        string batch = $$"""{"Records":[{{Message(S3(Created, "a.jpg"), 0)}},{{Message(body, 1)}},{{Message(S3(Created, "b.jpg"), 2)}}]}""";
        Assert.True("""{"batchItemFailures":[{"itemIdentifier":"1"}]}""" == await run.InvokeWithAsync(batch), what);
        Assert.Equal(["a.jpg", "b.jpg"], Made(server));
    }

    [Fact]
    public async Task Half_of_a_surrogate_pair_in_a_body_fails_that_message_alone()
    {
        await using ScriptedServer server = Photos();
        using FunctionRun run = new($"http://{server.Address}");
        string batch = $$"""{"Records":[{{Message(S3(Created, "a.jpg"), 0)}},{"messageId":"1","body":"\ud800"},{{Message(S3(Created, "b.jpg"), 2)}}]}""";
        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"1"}]}""", await run.InvokeWithAsync(batch));
        Assert.Contains("Error: Text in the event is not Unicode", run.Log, StringComparison.Ordinal);
        Assert.Equal(["a.jpg", "b.jpg"], Made(server));
    }

    [Theory]
    [InlineData("""{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"photos"},"object":{"key":"input/\ud800"}}}]}""")]
    [InlineData("""{"detail-type":"\ud800","source":"aws.s3"}""")]
    [InlineData("""{"\ud800":1}""")]
    public async Task Text_that_is_not_Unicode_makes_an_event_unknown(string json)
    {
        using FunctionRun run = new(Nowhere);
        await Assert.ThrowsAsync<UnknownEventException>(() => run.InvokeWithAsync(json));
    }

    private static S3Event ReceivedByDefault(string json)
    {
        LambdaSerializerAttribute attribute = (LambdaSerializerAttribute)Assert.Single(
            typeof(Function).Assembly.GetCustomAttributes(typeof(LambdaSerializerAttribute), inherit: false));
        ILambdaSerializer serializer = (ILambdaSerializer)Activator.CreateInstance(attribute.SerializerType)!;
        return serializer.Deserialize<S3Event>(new MemoryStream(Encoding.UTF8.GetBytes(json)));
    }

    private static ScriptedServer Photos() =>
        new(request => request.Method == "GET" ? ScriptedAnswer.S3Object(Pictures.Jpeg48x32) : ScriptedAnswer.Stored);

    private static IEnumerable<string> Made(ScriptedServer server) =>
        server.Requests.Where(request => request.Method == "PUT").Select(request => request.Target["/photos/output/".Length..].Split('?')[0]);

    private static string S3(string record, string key) => $$"""{"Records":[{{record.Replace("KEY", key, StringComparison.Ordinal)}}]}""";

    private static string Sns(string message) => $$"""{"Type":"Notification","Message":{{JsonSerializer.Serialize(message)}}}""";

    private static string Message(string body, int id) =>
        $$$"""{"messageId":"{{{id}}}","body":{{{JsonSerializer.Serialize(body)}}},"attributes":{"ApproximateReceiveCount":"1"},"eventSource":"aws:sqs"}""";
}
