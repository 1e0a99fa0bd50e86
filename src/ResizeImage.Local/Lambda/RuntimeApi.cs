using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ResizeImage.Local.Lambda;

/// <summary>
/// The Lambda Runtime API (version 2018-06-01) of one execution environment, to which a function's executable connects,
/// and the front door through which it is invoked: POST /2015-03-31/functions/NAME/invocations.
/// </summary>
public sealed class RuntimeApi : IAsyncDisposable
{
    /// <summary>6 MB and a bit, as Lambda's own message has it.</summary>
    internal const int MaxPayloadBytes = 6_291_556;

    private const string Runtime = "/2018-06-01/runtime/";
    private const string Functions = "/2015-03-31/functions/";

    private readonly RuntimeApiOptions _options;
    private LoopbackServer? _http;

    private RuntimeApi(RuntimeApiOptions options)
    {
        _options = options;
        Queue = new InvocationQueue(options);
    }

    /// <summary>The value of AWS_LAMBDA_RUNTIME_API: 127.0.0.1:port.</summary>
    public string Endpoint => _http!.Endpoint.Authority;

    /// <summary>The function's name.</summary>
    public string FunctionName => _options.FunctionName;

    /// <summary>What the function reported to init/error, as JSON; null if it did not.</summary>
    public string? InitError { get; private set; }

    internal InvocationQueue Queue { get; }

    /// <summary>Starts serving.</summary>
    /// <exception cref="LocalCloudException">The port cannot be used.</exception>
    public static async Task<RuntimeApi> StartAsync(RuntimeApiOptions options)
    {
        var api = new RuntimeApi(options);
        try
        {
            api._http = await LoopbackServer.StartAsync(options.Port, api.HandleAsync);
            return api;
        }
        catch
        {
            api.Queue.Dispose();
            throw;
        }
    }

    /// <summary>Invokes the function and waits for what comes of it, retries included.</summary>
    /// <param name="payload">JSON.</param>
    /// <param name="type">Whether a failed invocation is retried.</param>
    /// <param name="cancellationToken">Ends the waiting; what the function has begun it goes on with.</param>
    public Task<InvocationResult> InvokeAsync(
        ReadOnlyMemory<byte> payload, InvocationType type = InvocationType.RequestResponse, CancellationToken cancellationToken = default) =>
        Queue.InvokeAsync(payload, type, cancellationToken);

    /// <summary>Stops serving. Who waits for a result gets an error.</summary>
    public async ValueTask DisposeAsync()
    {
        Queue.Dispose();
        if (_http is not null)
        {
            await _http.DisposeAsync();
        }
    }

    private async Task HandleAsync(HttpContext http)
    {
        string path = http.Request.Path.Value ?? "";
        string method = http.Request.Method;
        try
        {
            await (method switch
            {
                "GET" when path == Runtime + "invocation/next" => NextAsync(http),
                "POST" when path == Runtime + "init/error" => InitErrorAsync(http),
                "POST" when RequestIdIn(path, "/response") is { } id => ResponseAsync(http, id),
                "POST" when RequestIdIn(path, "/error") is { } id => ErrorAsync(http, id),
                "POST" when path.StartsWith(Functions, StringComparison.Ordinal) && path.EndsWith("/invocations", StringComparison.Ordinal) =>
                    InvokeAsync(http, path[Functions.Length..^"/invocations".Length]),
                _ => WriteErrorAsync(http, 404, "NotFound", $"The Runtime API has no {method} {path}."),
            });
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested || e is BadHttpRequestException)
        {
            http.Abort();
        }
    }

    private static string? RequestIdIn(string path, string end)
    {
        const string Start = Runtime + "invocation/";
        return path.StartsWith(Start, StringComparison.Ordinal) && path.EndsWith(end, StringComparison.Ordinal) && path.Length > Start.Length + end.Length
            ? path[Start.Length..^end.Length]
            : null;
    }

    private async Task NextAsync(HttpContext http)
    {
        InitError = null;
        Invocation invocation;
        try
        {
            invocation = await Queue.NextAsync(http.RequestAborted);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            http.Abort();
            return;
        }

        var headers = http.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = Queue.DeadlineOf(invocation).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = LambdaEnvironment.FunctionArn(FunctionName);
        headers["Lambda-Runtime-Trace-Id"] = invocation.TraceId;
        try
        {
            await WriteAsync(http, 200, "application/json", invocation.Payload);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            Queue.TakeBack(invocation);
            http.Abort();
        }
    }

    private async Task ResponseAsync(HttpContext http, string requestId)
    {
        if (await ReadAsync(http) is not { } payload)
        {
            Queue.TryFail(requestId, FunctionError.ResponseTooLarge(requestId));
            await TooLargeAsync(http);
        }
        else
        {
            await AcceptAsync(http, Queue.TryComplete(requestId, payload));
        }
    }

    private async Task ErrorAsync(HttpContext http, string requestId)
    {
        if (await ReadAsync(http) is not { } error)
        {
            Queue.TryFail(requestId, FunctionError.ResponseTooLarge(requestId));
            await TooLargeAsync(http);
        }
        else
        {
            await AcceptAsync(http, Queue.TryFail(requestId, error));
        }
    }

    private async Task InitErrorAsync(HttpContext http)
    {
        if (await ReadAsync(http) is not { } error)
        {
            await TooLargeAsync(http);
            return;
        }

        InitError = Encoding.UTF8.GetString(error);
        Queue.SetUnavailable(error);
        await AcceptAsync(http, accepted: true);
    }

    private static Task AcceptAsync(HttpContext http, bool accepted) => accepted
        ? WriteAsync(http, 202, "application/json", "{\"status\":\"OK\"}\n"u8.ToArray())
        : WriteErrorAsync(http, 400, "InvalidRequestID", "Invalid request ID: it is not that of the invocation being worked on.");

    /// <summary>The operation Invoke of the Lambda API.</summary>
    private async Task InvokeAsync(HttpContext http, string function)
    {
        if (function != FunctionName && function != LambdaEnvironment.FunctionArn(FunctionName))
        {
            await WriteErrorAsync(http, 404, "ResourceNotFoundException", $"Function not found: {function}. The function here is {FunctionName}.");
            return;
        }

        if (await ReadAsync(http) is not { } payload)
        {
            await TooLargeAsync(http);
            return;
        }

        if (!IsJson(payload))
        {
            await WriteErrorAsync(http, 400, "InvalidRequestContentException", "Could not parse request body into json.");
            return;
        }

        switch (http.Request.Headers["X-Amz-Invocation-Type"].ToString())
        {
            case "" or "RequestResponse":
                var result = await Queue.InvokeAsync(payload, InvocationType.RequestResponse, http.RequestAborted);
                http.Response.Headers["X-Amz-Executed-Version"] = LambdaEnvironment.FunctionVersion;
                http.Response.Headers["x-amzn-RequestId"] = result.RequestId;
                if (result.FunctionError is not null)
                {
                    http.Response.Headers["X-Amz-Function-Error"] = result.FunctionError;
                }

                await WriteAsync(http, 200, "application/json", result.Payload);
                break;
            case "Event":
                _ = Queue.InvokeAsync(payload, InvocationType.Event, CancellationToken.None);
                await WriteAsync(http, 202, "application/json", default);
                break;
            case "DryRun":
                http.Response.StatusCode = 204;
                break;
            case var other:
                await WriteErrorAsync(http, 400, "InvalidParameterValueException", $"X-Amz-Invocation-Type is '{other}', expected RequestResponse, Event or DryRun.");
                break;
        }
    }

    private static bool IsJson(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var _ = JsonDocument.Parse(payload.IsEmpty ? "{}"u8.ToArray() : payload);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The body; null if it is larger than a payload may be.</summary>
    private static Task<byte[]?> ReadAsync(HttpContext http) => BoundedBody.ReadAsync(http.Request, MaxPayloadBytes);

    private static Task TooLargeAsync(HttpContext http) => WriteErrorAsync(
        http, 413, "RequestEntityTooLarge", string.Create(CultureInfo.InvariantCulture, $"Exceeded maximum allowed payload size ({MaxPayloadBytes} bytes)."));

    private static Task WriteErrorAsync(HttpContext http, int status, string errorType, string message)
    {
        http.Response.Headers["X-Amzn-ErrorType"] = errorType;
        return WriteAsync(http, status, "application/json", FunctionError.Json(errorType, message));
    }

    private static async Task WriteAsync(HttpContext http, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
