using System.Text;
using System.Text.Json.Nodes;
using Amazon.Lambda.Core;
using Amazon.Lambda.S3Events;
using ResizeImage.Reports;

namespace ResizeImage.Tests;

/// <summary>Events and reports, through the serializer that the assembly names for Lambda.</summary>
public class JsonTests
{
    private static readonly ILambdaSerializer Serializer = CreateSerializer();

    [Fact]
    public void An_event_is_read_and_its_key_decoded()
    {
        S3Event.S3EventNotificationRecord record = Assert.Single(Read("put.json").Records!);
        Assert.Equal("ObjectCreated:Put", record.EventName);
        Assert.Equal("photos", record.S3!.Bucket!.Name);
        Assert.Equal("input/holiday/a+b%C3%A9.jpg", record.S3.Object!.Key);
        Assert.Equal("input/holiday/a bé.jpg", record.S3.Object.KeyDecoded);
    }

    [Fact]
    public void The_test_event_of_S3_has_no_records() => Assert.Null(Read("s3-test-event.json").Records);

    [Fact]
    public async Task All_records_of_an_event_are_done()
    {
        await using ScriptedServer server = new(request => request switch
        {
            _ when request.Target.Contains("old.jpg", StringComparison.Ordinal) => ScriptedAnswer.S3Error(404, "NoSuchKey"),
            { Method: "PUT" } => ScriptedAnswer.Stored,
            _ => ScriptedAnswer.S3Object(Pictures.Jpeg48x32),
        });
        using FunctionRun run = new($"http://{server.Address}");
        ThumbnailReport report = await run.InvokeAsync(Read("several.json"));
        Assert.Equal([RecordStatus.Made, RecordStatus.Made, RecordStatus.Skipped, RecordStatus.Skipped], report.Results.Select(result => result.Status));
    }

    [Fact]
    public void The_report_is_written_in_camel_case_with_every_property()
    {
        ThumbnailReport report = new([
            new RecordResult
            {
                Source = "s3://photos/input/a b+é.jpg",
                Destination = "s3://photos/output/a b+é.jpg",
                Status = RecordStatus.Made,
                SourceWidth = 4000,
                SourceHeight = 3000,
                Width = 200,
                Height = 200,
                BytesIn = 3_000_000_000,
                BytesOut = 9876,
                Milliseconds = 12.5,
                Stages = new StageTimes(Probe: 0.5, Read: 1.5, Make: 9, Write: null, Check: null),
            },
            new RecordResult { Source = "s3://photos/x", Status = RecordStatus.Skipped, Reason = "because" },
        ]);
        Assert.Equal(
            """
            {"results":[
            {"source":"s3://photos/input/a b+é.jpg","destination":"s3://photos/output/a b+é.jpg","status":"made","reason":null,
            "sourceWidth":4000,"sourceHeight":3000,"width":200,"height":200,"bytesIn":3000000000,"bytesOut":9876,"milliseconds":12.5,"stages":{"probe":0.5,"read":1.5,"make":9}},
            {"source":"s3://photos/x","destination":null,"status":"skipped","reason":"because",
            "sourceWidth":null,"sourceHeight":null,"width":null,"height":null,"bytesIn":null,"bytesOut":null,"milliseconds":0,"stages":null}]}
            """.ReplaceLineEndings(""),
            Write(report));
    }

    [Fact]
    public void Every_status_has_its_name() => Assert.Equal(
        ["made", "skipped", "deleted", "rejected", "failed"],
        Enum.GetValues<RecordStatus>().Select(status =>
            JsonNode.Parse(Write(new ThumbnailReport([new RecordResult { Status = status }])))!["results"]![0]!["status"]!.GetValue<string>()));

    [Fact]
    public void The_handler_is_what_the_managed_runtime_can_call()
    {
        // Its rules: found by name without overloads, at most two parameters, the second an ILambdaContext, no async void; a type with a parameterless constructor.
        System.Reflection.MethodInfo handler = Assert.Single(typeof(Function).GetMethods(), method => method.Name == "FunctionHandler");
        Assert.Equal([typeof(S3Event), typeof(ILambdaContext)], handler.GetParameters().Select(parameter => parameter.ParameterType));
        Assert.Equal(typeof(Task<ThumbnailReport>), handler.ReturnType);
        Assert.NotNull(typeof(Function).GetConstructor([]));

        // For the other triggers: a stream in and a stream out need no serializer.
        System.Reflection.MethodInfo any = Assert.Single(typeof(Function).GetMethods(), method => method.Name == "HandleEvent");
        Assert.Equal([typeof(Stream), typeof(ILambdaContext)], any.GetParameters().Select(parameter => parameter.ParameterType));
        Assert.Equal(typeof(Task<Stream>), any.ReturnType);

        JsonNode defaults = JsonNode.Parse(File.ReadAllText(Repository.Path("aws-lambda-tools-defaults.json")))!;
        Assert.Equal($"ResizeImage::{typeof(Function).FullName}::{handler.Name}", defaults["function-handler"]!.GetValue<string>());
        Assert.True(File.Exists(Repository.Path(defaults["project-location"]!.GetValue<string>(), "ResizeImage.csproj")));
    }

    private static ILambdaSerializer CreateSerializer()
    {
        object attribute = Assert.Single(typeof(Function).Assembly.GetCustomAttributes(typeof(LambdaSerializerAttribute), inherit: false));
        return (ILambdaSerializer)Activator.CreateInstance(((LambdaSerializerAttribute)attribute).SerializerType)!;
    }

    private static S3Event Read(string file)
    {
        using FileStream json = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "events", file));
        return Serializer.Deserialize<S3Event>(json);
    }

    private static string Write(ThumbnailReport report)
    {
        using MemoryStream json = new();
        Serializer.Serialize(report, json);
        return Encoding.UTF8.GetString(json.ToArray());
    }
}
