using System.Security.Cryptography;

namespace ResizeImage.Local.Lambda;

/// <summary>
/// Lambda for one function: the Runtime API, to which the function's executable connects (<see cref="RuntimeEndpoints"/>), and
/// the API by which it is invoked (<see cref="InvokeEndpoint"/>). Both may be behind the prefix /NAME, the function's name, as
/// in the AWS .NET Lambda Test Tool: AWS_LAMBDA_RUNTIME_API=127.0.0.1:port/NAME.
/// </summary>
public sealed class RuntimeApi : IAsyncDisposable
{
    // A client that can request the next invocation takes it from the function.
    private readonly string _secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant();

    private readonly RuntimeEndpoints _runtime;
    private readonly InvokeEndpoint _invoke;
    private LoopbackServer? _http;
    private volatile bool _isReserved;

    private RuntimeApi(RuntimeApiOptions options)
    {
        Options = options;
        Queue = new InvocationQueue(options);
        _runtime = new RuntimeEndpoints(Queue, options.FunctionName);
        _invoke = new InvokeEndpoint(Queue, options);
    }

    /// <summary>How it was set up.</summary>
    public RuntimeApiOptions Options { get; }

    /// <summary>The address, 127.0.0.1:port: the value of AWS_LAMBDA_RUNTIME_API for a function that the user starts.</summary>
    public string Endpoint => _http!.Endpoint.Authority;

    /// <summary>The error that the function sent to init/error, as JSON, or null.</summary>
    public string? InitError => _runtime.InitError;

    internal InvocationQueue Queue { get; }

    /// <summary>The function whose configuration the Lambda API reads and changes; null for none.</summary>
    internal DeployedFunction? Function
    {
        set => _invoke.Function = value;
    }

    /// <summary>Starts serving.</summary>
    /// <exception cref="LocalCloudException">The port cannot be used.</exception>
    public static async Task<RuntimeApi> StartAsync(RuntimeApiOptions options)
    {
        RuntimeApi api = new(options);
        try
        {
            api._http = await LoopbackServer.StartAsync(new ListenOptions(options.Port, "--lambda-port") { FurtherPorts = options.FurtherPorts }, api.HandleAsync);
            return api;
        }
        catch
        {
            api.Queue.Dispose();
            throw;
        }
    }

    /// <summary>Invokes the function and waits for its result, retries included.</summary>
    /// <param name="payload">JSON.</param>
    /// <param name="type">Whether a failed invocation is retried.</param>
    /// <param name="cancellationToken">Ends the waiting; the function finishes what it has begun.</param>
    public Task<InvocationResult> InvokeAsync(
        ReadOnlyMemory<byte> payload, InvocationType type = InvocationType.RequestResponse, CancellationToken cancellationToken = default) =>
        Queue.InvokeAsync(payload, type, cancellationToken);

    /// <summary>Reserves the Runtime API for a function that this program starts: from now on it answers only under a secret path.</summary>
    /// <returns>The value of AWS_LAMBDA_RUNTIME_API for that function: 127.0.0.1:port/SECRET.</returns>
    public string Reserve()
    {
        _isReserved = true;
        return $"{Endpoint}/{_secret}";
    }

    /// <summary>Stops serving. Callers that wait for a result get an error.</summary>
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
        try
        {
            await AnswerAsync(http);
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested || e is BadHttpRequestException)
        {
            http.Abort();
        }
    }

    private Task AnswerAsync(HttpContext http)
    {
        string path = http.Request.Path.Value ?? "";
        bool isFunction = TryRemovePrefix(ref path, _secret);
        if (!isFunction)
        {
            TryRemovePrefix(ref path, Options.FunctionName);
        }

        // Browsers send Origin with requests that could change something, and Sec-Fetch-Site with every request, even one for an
        // image. Without this check any page could invoke the function or take its events.
        if (http.Request.Headers.Origin.Count > 0 || http.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "none"))
        {
            return RefuseAsync(http, "Pages in a browser may not use Lambda's APIs.");
        }

        if (path.StartsWith(InvokeEndpoint.Version, StringComparison.Ordinal))
        {
            return _invoke.HandleAsync(http, path);
        }

        return isFunction || !_isReserved
            ? _runtime.HandleAsync(http, path)
            : RefuseAsync(http, "This Runtime API belongs to the function that was started with it. To connect another, start the local cloud without --function.");
    }

    private static Task RefuseAsync(HttpContext http, string message) =>
        LambdaHttp.WriteAsync(http, StatusCodes.Status403Forbidden, FunctionError.Json("Forbidden", message));

    private static bool TryRemovePrefix(ref string path, string segment)
    {
        bool has = path.StartsWith('/') && path.AsSpan(1).StartsWith(segment, StringComparison.Ordinal) && path.AsSpan(1 + segment.Length).StartsWith("/");
        path = has ? path[(1 + segment.Length)..] : path;
        return has;
    }
}
