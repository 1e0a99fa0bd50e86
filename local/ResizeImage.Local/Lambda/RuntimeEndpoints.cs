using System.Globalization;
using System.Text;

namespace ResizeImage.Local.Lambda;

/// <summary>The Lambda Runtime API, version 2018-06-01, of one execution environment: "Using the Lambda runtime API" in its Developer Guide.</summary>
internal sealed class RuntimeEndpoints(InvocationQueue queue, string functionName)
{
    private const string Runtime = "/2018-06-01/runtime/";
    private const string Invocations = Runtime + "invocation/";

    /// <summary>The error that the function sent to init/error, as JSON, or null.</summary>
    public string? InitError { get; private set; }

    public Task HandleAsync(HttpContext http, string path) => http.Request.Method switch
    {
        "GET" when path == Invocations + "next" => NextAsync(http),
        "POST" when path == Runtime + "init/error" => InitErrorAsync(http),
        "POST" when RequestIdIn(path, "/response") is { } id => ResponseAsync(http, id),
        "POST" when RequestIdIn(path, "/error") is { } id => ErrorAsync(http, id),
        var method => WriteErrorAsync(http, 404, "NotFound", $"The Runtime API has no {method} {path}."),
    };

    private static string? RequestIdIn(string path, string end) =>
        path.StartsWith(Invocations, StringComparison.Ordinal) && path.EndsWith(end, StringComparison.Ordinal) && path.Length > Invocations.Length + end.Length
            ? path[Invocations.Length..^end.Length]
            : null;

    private async Task NextAsync(HttpContext http)
    {
        InitError = null;
        Invocation invocation;
        try
        {
            invocation = await queue.NextAsync(http.RequestAborted);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            http.Abort();
            return;
        }

        IHeaderDictionary headers = http.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = queue.DeadlineOf(invocation).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = LambdaEnvironment.FunctionArn(functionName);
        headers["Lambda-Runtime-Trace-Id"] = invocation.TraceId;
        try
        {
            await LambdaHttp.WriteAsync(http, 200, invocation.Payload);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            queue.TakeBack(invocation);
            http.Abort();
        }
    }

    private async Task ResponseAsync(HttpContext http, string requestId)
    {
        if (await LambdaHttp.ReadAsync(http) is not { } payload)
        {
            queue.TryFail(requestId, FunctionError.ResponseTooLarge(requestId));
            await TooLargeAsync(http);
        }
        else
        {
            await AcceptAsync(http, queue.TryComplete(requestId, payload));
        }
    }

    private async Task ErrorAsync(HttpContext http, string requestId)
    {
        if (await LambdaHttp.ReadAsync(http) is not { } error)
        {
            queue.TryFail(requestId, FunctionError.ResponseTooLarge(requestId));
            await TooLargeAsync(http);
        }
        else
        {
            await AcceptAsync(http, queue.TryFail(requestId, error));
        }
    }

    private async Task InitErrorAsync(HttpContext http)
    {
        if (await LambdaHttp.ReadAsync(http) is not { } error)
        {
            await TooLargeAsync(http);
            return;
        }

        InitError = Encoding.UTF8.GetString(error);
        queue.SetUnavailable(error);
        await AcceptAsync(http, accepted: true);
    }

    private static Task AcceptAsync(HttpContext http, bool accepted) => accepted
        ? LambdaHttp.WriteAsync(http, 202, "{\"status\":\"OK\"}\n"u8.ToArray())
        : WriteErrorAsync(http, 400, "InvalidRequestID", "Invalid request ID: it is not that of the invocation being worked on.");

    private static Task TooLargeAsync(HttpContext http) => WriteErrorAsync(
        http,
        413,
        "RequestEntityTooLarge",
        string.Create(CultureInfo.InvariantCulture, $"Exceeded maximum allowed payload size ({LambdaHttp.MaxPayloadBytes} bytes)."));

    private static Task WriteErrorAsync(HttpContext http, int status, string errorType, string message) =>
        LambdaHttp.WriteAsync(http, status, FunctionError.Json(errorType, message));
}
