namespace ResizeImage.Local.Lambda;

/// <summary>
/// Lambda for one function: the Runtime API, to which the function's executable connects (<see cref="RuntimeEndpoints"/>), and
/// the API by which it is invoked (<see cref="InvokeEndpoint"/>). Both may stand behind the prefix /NAME, the function's
/// name, as in the AWS .NET Lambda Test Tool: AWS_LAMBDA_RUNTIME_API=127.0.0.1:port/NAME.
/// </summary>
public sealed class RuntimeApi : IAsyncDisposable
{
    private readonly RuntimeEndpoints _runtime;
    private readonly InvokeEndpoint _invoke;
    private LoopbackServer? _http;

    private RuntimeApi(RuntimeApiOptions options)
    {
        Options = options;
        Queue = new InvocationQueue(options);
        _runtime = new RuntimeEndpoints(Queue, options.FunctionName);
        _invoke = new InvokeEndpoint(Queue, options);
    }

    /// <summary>How it was set up.</summary>
    public RuntimeApiOptions Options { get; }

    /// <summary>The value of AWS_LAMBDA_RUNTIME_API: 127.0.0.1:port.</summary>
    public string Endpoint => _http!.Endpoint.Authority;

    /// <summary>What the function reported to init/error, as JSON; null if it did not.</summary>
    public string? InitError => _runtime.InitError;

    internal InvocationQueue Queue { get; }

    /// <summary>Starts serving.</summary>
    /// <exception cref="LocalCloudException">The port cannot be used.</exception>
    public static async Task<RuntimeApi> StartAsync(RuntimeApiOptions options)
    {
        var api = new RuntimeApi(options);
        try
        {
            api._http = await LoopbackServer.StartAsync(options.Port, api.HandleAsync, "--lambda-port");
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
        string prefix = "/" + Options.FunctionName;
        if (path.StartsWith(prefix + "/", StringComparison.Ordinal))
        {
            path = path[prefix.Length..];
        }

        // Browsers say so when a page asks. No page has business here, and one from anywhere could otherwise invoke the function.
        if (http.Request.Headers.Origin.Count > 0)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        try
        {
            await (path.StartsWith(InvokeEndpoint.Version, StringComparison.Ordinal) ? _invoke.HandleAsync(http, path) : _runtime.HandleAsync(http, path));
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested || e is BadHttpRequestException)
        {
            http.Abort();
        }
    }
}
