using System.Text;
using Amazon.Lambda.S3Events;
using Amazon.Lambda.TestUtilities;
using Amazon.S3;
using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Photos;
using ResizeImage.Reports;
using ResizeImage.Storage;

namespace ResizeImage.Tests.Support;

/// <summary>The function, wired as in production, against an S3 endpoint.</summary>
internal sealed class FunctionRun : IDisposable
{
    // s3rver knows this user and checks signatures. The SDK reads the process's environment.
    public const string User = "S3RVER";

    private readonly Function _function;

    static FunctionRun()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", User);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", User);
        Environment.SetEnvironmentVariable("AWS_SESSION_TOKEN", null);
    }

    /// <summary>Wires the function.</summary>
    /// <param name="endpoint">URL of the S3 endpoint.</param>
    /// <param name="environment">NAME=value.</param>
    public FunctionRun(string endpoint, params string[] environment)
        : this(endpoint, new Thumbnailer(), environment)
    {
    }

    public FunctionRun(string endpoint, IThumbnailer thumbnailer, params string[] environment)
        : this(endpoint, thumbnailer, TimeProvider.System, environment)
    {
    }

    /// <summary>Wires the function to a clock of the test.</summary>
    public FunctionRun(string endpoint, IThumbnailer thumbnailer, TimeProvider clock, params string[] environment)
    {
        Dictionary<string, string> variables = environment.Append($"AWS_ENDPOINT_URL_S3={endpoint}").Append("AWS_REGION=us-east-1")
            .Append($"AWS_ACCESS_KEY_ID={User}")
            .ToDictionary(pair => pair[..pair.IndexOf('=', StringComparison.Ordinal)], pair => pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        S3 = S3ClientFactory.Create(variables.GetValueOrDefault);
        _function = new Function(S3, Settings.Read(variables.GetValueOrDefault), thumbnailer, clock);
    }

    /// <summary>The client that the function uses.</summary>
    public IAmazonS3 S3 { get; }

    /// <summary>Of the last invocation.</summary>
    public TestLambdaContext Context { get; } = new() { Logger = new TextLogger(), FunctionName = "resize", AwsRequestId = "id-0" };

    /// <summary>The log.</summary>
    public string Log => ((TextLogger)Context.Logger).Text;

    /// <summary>Invokes the function with records.</summary>
    public Task<ThumbnailReport> InvokeAsync(params S3Event.S3EventNotificationRecord[] records) =>
        InvokeAsync(new S3Event { Records = [.. records] });

    /// <summary>Invokes the function.</summary>
    public Task<ThumbnailReport> InvokeAsync(S3Event s3Event) => _function.FunctionHandler(s3Event, Context);

    /// <summary>Invokes the entry for all triggers.</summary>
    /// <param name="input">The event.</param>
    /// <returns>The response.</returns>
    public async Task<string> InvokeWithAsync(string input)
    {
        using StreamReader response = new(await _function.HandleEvent(new MemoryStream(Encoding.UTF8.GetBytes(input)), Context));
        return await response.ReadToEndAsync();
    }

    /// <summary>Invokes the entry for all triggers with one of the sample events.</summary>
    public Task<string> InvokeWithFileAsync(string file) => InvokeWithAsync(ReadEvent(file));

    /// <summary>Sends a request through a function URL.</summary>
    /// <param name="key">The path without the slash in front, decoded.</param>
    /// <param name="method">GET, HEAD…</param>
    /// <param name="ifNoneMatch">That header; null for none.</param>
    public async Task<HttpResult> RequestAsync(string key, string method = "GET", string? ifNoneMatch = null) =>
        HttpResult.Parse(await InvokeWithAsync(HttpEvent.Of(HttpEvent.FunctionUrl, key, method, ifNoneMatch)));

    /// <summary>A sample event.</summary>
    public static string ReadEvent(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "events", file));

    /// <summary>Invokes the function with one record and gives its result, also that of a failed invocation.</summary>
    public async Task<RecordResult> InvokeOneAsync(S3Event.S3EventNotificationRecord record)
    {
        try
        {
            return Assert.Single((await InvokeAsync(record)).Results);
        }
        catch (ThumbnailsFailedException exception)
        {
            return Assert.Single(exception.Report.Results);
        }
    }

    /// <summary>A record that says: this object was put.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="encodedKey">The key, form-urlencoded as in S3's events.</param>
    /// <param name="eventName">What happened.</param>
    public static S3Event.S3EventNotificationRecord Put(string bucket, string encodedKey, string eventName = "ObjectCreated:Put") => new()
    {
        EventName = eventName,
        S3 = new S3Event.S3Entity
        {
            Bucket = new S3Event.S3BucketEntity { Name = bucket },
            Object = new S3Event.S3ObjectEntity { Key = encodedKey },
        },
    };

    public void Dispose() => S3.Dispose();
}
