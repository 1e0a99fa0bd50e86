using ResizeImage.Local.Web.History;

namespace ResizeImage.Local.Web;

/// <summary>
/// Serves the page and its API, on a port of its own: to a browser that is another origin than S3, as with a real web
/// application. It listens first and serves when the cloud is there, because S3 must know the page's origins from its start.
/// </summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly TaskCompletionSource<PageApi> _api = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private LoopbackServer? _http;
    private RequestGuard? _guard;
    private Recorder? _recorder;

    private PageServer(Journal journal) => Journal = journal;

    /// <summary>Where the page is.</summary>
    public Uri Url => _http!.Endpoint;

    /// <summary>The origins that S3 has to allow.</summary>
    public IReadOnlyList<string> Origins => _guard!.Origins;

    /// <summary>What the page shows.</summary>
    public Journal Journal { get; }

    /// <summary>Listens. Requests wait until <see cref="ServeAsync"/>.</summary>
    /// <param name="port">Of 127.0.0.1; 0 picks a free one.</param>
    /// <param name="journal">What the page shows.</param>
    /// <param name="furtherPorts">How many ports after it to try while other programs have them.</param>
    /// <exception cref="LocalCloudException">The port cannot be used.</exception>
    public static async Task<PageServer> ListenAsync(int port, Journal journal, int furtherPorts = 0)
    {
        var server = new PageServer(journal);
        server._http = await LoopbackServer.StartAsync(new ListenOptions(port, "--page-port") { FurtherPorts = furtherPorts }, server.HandleAsync);
        server._guard = new RequestGuard(server._http.Endpoint.Port);
        return server;
    }

    /// <summary>Serves from now on.</summary>
    /// <param name="cloud">What the page is about.</param>
    /// <param name="place">Where its photos are.</param>
    public async Task ServeAsync(LocalCloud cloud, PhotoPlace place)
    {
        var storage = new PhotoStorage(cloud.S3.Endpoint, place);
        _recorder = await Recorder.StartAsync(cloud, storage, Journal);
        _api.SetResult(new PageApi(cloud, storage, Journal, _stopping.Token));
    }

    /// <summary>Stops serving, and ends the streams that are open.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _api.TrySetCanceled();
        if (_http is not null)
        {
            await _http.DisposeAsync();
        }

        if (_recorder is not null)
        {
            await _recorder.DisposeAsync();
        }

        if (_api.Task.IsCompletedSuccessfully)
        {
            (await _api.Task).Dispose();
        }

        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        try
        {
            var api = await _api.Task.WaitAsync(http.RequestAborted);
            SetHeaders(http.Response.Headers, api.S3Origin);
            if (_guard!.Refusal(http.Request) is { } refusal)
            {
                await ApiError.WriteAsync(http, 403, refusal);
            }
            else if (http.Request.Path.StartsWithSegments("/api"))
            {
                await api.HandleAsync(http);
            }
            else if (!(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) || !await PageFiles.TryWriteAsync(http))
            {
                await ApiError.WriteAsync(http, 404, $"There is no {http.Request.Method} {http.Request.Path} here.");
            }
        }
        catch (Exception e) when (e is OperationCanceledException or BadHttpRequestException or IOException)
        {
            // The browser went away, or the server stops.
            http.Abort();
        }
    }

    private static void SetHeaders(IHeaderDictionary headers, string s3)
    {
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: {s3}; connect-src 'self' {s3}; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
