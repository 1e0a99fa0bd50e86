using System.Globalization;
using System.Net.Http.Headers;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One event from the Runtime API.</summary>
/// <param name="Input">The event.</param>
/// <param name="Context">What the headers say about it.</param>
internal sealed record Invocation(Stream Input, ILambdaContext Context) : IDisposable
{
    public void Dispose() => Input.Dispose();
}

/// <summary>The context of one invocation, from the headers of the Runtime API's answer.</summary>
internal sealed class LambdaContext : ILambdaContext
{
    private readonly DateTimeOffset _deadline;

    public LambdaContext(HttpResponseHeaders headers)
    {
        AwsRequestId = Value(headers, "Lambda-Runtime-Aws-Request-Id");
        InvokedFunctionArn = Value(headers, "Lambda-Runtime-Invoked-Function-Arn");
        TraceId = Value(headers, "Lambda-Runtime-Trace-Id");
        long.TryParse(Value(headers, "Lambda-Runtime-Deadline-Ms"), CultureInfo.InvariantCulture, out long milliseconds);
        _deadline = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        Logger = new LambdaConsoleLogger(AwsRequestId, TraceId);
    }

    public string AwsRequestId { get; }

    public IClientContext? ClientContext => null;

    public string FunctionName => LambdaEnvironment.FunctionName;

    public string FunctionVersion => LambdaEnvironment.FunctionVersion;

    public ICognitoIdentity? Identity => null;

    public string InvokedFunctionArn { get; }

    public ILambdaLogger Logger { get; }

    public string LogGroupName => Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_GROUP_NAME") ?? string.Empty;

    public string LogStreamName => Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_STREAM_NAME") ?? string.Empty;

    public int MemoryLimitInMB => LambdaEnvironment.MemorySize;

    public TimeSpan RemainingTime => _deadline - DateTimeOffset.UtcNow;

    public string TraceId { get; }

    private static string Value(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First() : string.Empty;
}
