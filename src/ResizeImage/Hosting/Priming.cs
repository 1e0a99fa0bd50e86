using System.Net;
using Amazon.Lambda.Core;
using Amazon.Runtime;
using Amazon.S3;
using ResizeImage.Configuration;
using ResizeImage.Deadlines;
using ResizeImage.Imaging;
using ResizeImage.Observability;
using ResizeImage.Photos;
using ResizeImage.Reports;
using ResizeImage.Storage;

namespace ResizeImage.Hosting;

/// <summary>
/// Makes one thumbnail during init, with everything that an invocation uses but the network, so that the first invocation does not
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
            byte[] photo = ReadPhoto();
            using IAmazonS3 s3 = S3ClientFactory.Create(variable, new BasicAWSCredentials("priming", "priming"), new OnePhoto(photo));
            Settings small = settings with
            {
                Outputs = [.. settings.Outputs.Select(output => output with { IsOnRequest = false, Options = output.Options with { Width = Size, Height = Size, Percent = null } })],
            };
            RecordHandler records = new(new ObjectAccess(s3, small, TimeProvider.System), small, thumbnailer);
            ObjectChange change = ObjectChange.OfNotification("ObjectCreated:Put", "priming", settings.InputPrefix + "priming.jpg");
            using PhotoTime time = PhotoTime.Endless();
            RecordResult result = await records.HandleAsync(change, new InvocationLog(new Silence(), isColdStart: false, metrics: null), time);
            return result.Status == RecordStatus.Made ? null : result.Reason;
        }
        catch (Exception exception)
        {
            return exception.Message;
        }
    }

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
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                HttpResponseMessage answer = new(HttpStatusCode.OK) { Content = new ByteArrayContent(request.Method == HttpMethod.Get ? photo : []) };
                answer.Headers.TryAddWithoutValidation("ETag", "\"0-1\"");
                return Task.FromResult(answer);
            }
        }
    }

    /// <summary>The log has no line for the priming photo.</summary>
    private sealed class Silence : ILambdaLogger
    {
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
