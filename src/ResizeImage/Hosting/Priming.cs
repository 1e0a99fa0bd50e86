using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.S3Events;
using Amazon.Runtime;
using Amazon.S3;
using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Reports;
using ResizeImage.Storage;
using ResizeImage.Triggers;

namespace ResizeImage.Hosting;

/// <summary>
/// Sends the function an event during init, with everything that an invocation uses but the network, so that the first invocation does not
/// have to build tables, run static constructors and, on the managed runtime, compile: 23 instead of 30 ms of processor time under
/// Native AOT. Lambda gives init two whole processors; an invocation at 512 MB gets 0.3 of one.
/// </summary>
internal static class Priming
{
    /// <summary>Sides of the thumbnail in pixels: small, because first calls take the time, not pixels.</summary>
    private const int Size = 32;

    /// <summary>Never throws: without it, the first invocation only takes longer.</summary>
    /// <returns>The failure; null if the thumbnail was made.</returns>
    public static async Task<string?> RunAsync(Settings settings, IThumbnailer thumbnailer, Func<string, string?> variable)
    {
        try
        {
            using IAmazonS3 s3 = S3ClientFactory.Create(variable, new BasicAWSCredentials("priming", "priming"), new OnePhoto(ReadPhoto()));
            Settings small = settings with
            {
                Outputs = [.. settings.Outputs.Select(output => output with { IsOnRequest = false, Options = output.Options with { Width = Size, Height = Size, Percent = null } })],
                MetricsNamespace = null,
            };
            Function function = new(s3, small, thumbnailer);
            byte[] put = PutEvent(settings.InputPrefix + "priming.jpg");
            string? failure = await InvokeAsync(function, put);

            // Only where code is compiled: for the thumbnail itself this is the second time, and 1 ms.
            return RuntimeFeature.IsDynamicCodeSupported ? failure ?? await InvokeFunctionHandlerAsync(function, put) : failure;
        }
        catch (Exception exception)
        {
            return exception.Message;
        }
    }

    /// <summary>As the executable is invoked.</summary>
    private static async Task<string?> InvokeAsync(Function function, byte[] json)
    {
        using MemoryStream input = new(json);
        await using Stream output = await function.HandleEvent(input, new Context());
        using JsonDocument report = await JsonDocument.ParseAsync(output);
        JsonElement result = report.RootElement.Elements("results").First();
        return result.Text("status") == "made" ? null : result.Text("reason");
    }

    /// <summary>As the managed runtime invokes it: the serializer reads the event and writes the report. 92 instead of 114 ms of the first invocation, and 40 ms more of init.</summary>
    private static async Task<string?> InvokeFunctionHandlerAsync(Function function, byte[] json)
    {
        EventSerializer serializer = new();
        using MemoryStream input = new(json);
        ThumbnailReport report = await function.FunctionHandler(serializer.Deserialize<S3Event>(input), new Context());
        serializer.Serialize(report, Stream.Null);
        return report.Results[0].Status == RecordStatus.Made ? null : report.Results[0].Reason;
    }

    /// <summary>"Event message structure" in the Amazon S3 User Guide.</summary>
    private static byte[] PutEvent(string key) => Encoding.UTF8.GetBytes(
        $$$"""
        { "Records": [{ "eventVersion": "2.4", "eventSource": "aws:s3", "awsRegion": "us-east-1", "eventTime": "1970-01-01T00:00:00.000Z", "eventName": "ObjectCreated:Put",
          "s3": { "s3SchemaVersion": "1.0", "bucket": { "name": "priming", "arn": "arn:aws:s3:::priming" }, "object": { "key": "{{{WebUtility.UrlEncode(key)}}}", "size": 1, "eTag": "0" } } }] }
        """);

    /// <summary>Baseline, 4:2:0, 480×360, as cameras write them.</summary>
    private static byte[] ReadPhoto()
    {
        using Stream resource = typeof(Priming).Assembly.GetManifestResourceStream("priming.jpg")!;
        byte[] photo = new byte[resource.Length];
        resource.ReadExactly(photo);
        return photo;
    }

    /// <summary>An S3 in which every object is one photo.</summary>
    private sealed class OnePhoto(byte[] photo) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(photo));

        /// <summary>The client keeps HTTP clients by this name: the function's own must be another.</summary>
        public override string GetConfigUniqueString(IClientConfig clientConfig) => nameof(Priming);

        private sealed class Handler(byte[] photo) : HttpMessageHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                // An answer of the network comes later, too: what waits for it is compiled only when it has to wait.
                await Task.Yield();
                HttpResponseMessage answer = new(HttpStatusCode.OK) { Content = new ByteArrayContent(request.Method == HttpMethod.Get ? photo : []) };
                answer.Headers.TryAddWithoutValidation("ETag", "\"0-1\"");
                return answer;
            }
        }
    }

    /// <summary>The context of an invocation that nobody made. The log has no line for it.</summary>
    private sealed class Context : ILambdaContext, ILambdaLogger
    {
        public string AwsRequestId => nameof(Priming);

        public IClientContext? ClientContext => null;

        public string FunctionName => string.Empty;

        public string FunctionVersion => string.Empty;

        public ICognitoIdentity? Identity => null;

        public string InvokedFunctionArn => string.Empty;

        public ILambdaLogger Logger => this;

        public string LogGroupName => string.Empty;

        public string LogStreamName => string.Empty;

        public int MemoryLimitInMB => 0;

        public TimeSpan RemainingTime => TimeSpan.FromMinutes(1);

        public void Log(string message)
        {
        }

        public void LogLine(string message)
        {
        }

        public void Log(string level, string message, params object[] args)
        {
        }
    }
}
