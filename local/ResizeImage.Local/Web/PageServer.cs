using ResizeImage.Local.Web.History;

namespace ResizeImage.Local.Web;

/// <summary>
/// Serves the page and its API on a separate port: for a browser this is another origin than S3, as for a real web
/// application. It listens before the cloud starts, because S3 needs the page's origins, and serves afterwards.
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
    /// <param name="port">On 127.0.0.1; 0 picks a free one.</param>
    /// <param name="furtherPorts">The number of further ports to try while ports are in use.</param>
    /// <exception cref="LocalCloudException">The port cannot be used.</exception>
    public static async Task<PageServer> ListenAsync(int port, Journal journal, int furtherPorts = 0)
    {
        PageServer server = new(journal);
        server._http = await LoopbackServer.StartAsync(new ListenOptions(port, "--page-port") { FurtherPorts = furtherPorts }, server.HandleAsync);
        server._guard = new RequestGuard(server._http.Endpoint.Port);
        return server;
    }

    /// <summary>Serves from now on.</summary>
    /// <param name="cloud">What the page shows.</param>
    /// <param name="place">The bucket and its prefixes.</param>
    /// <param name="front">Where pages get thumbnails; null for nowhere.</param>
    public async Task ServeAsync(LocalCloud cloud, PhotoPlace place, Uri? front = null)
    {
        PhotoStorage storage = new(cloud.S3.Endpoint, place);
        _recorder = await Recorder.StartAsync(cloud, storage, Journal);
        _api.SetResult(new PageApi(cloud, storage, Journal, front, _stopping.Token));
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
            PageApi api = await _api.Task.WaitAsync(http.RequestAborted);
            SetHeaders(http.Response.Headers, api);
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

    private static void SetHeaders(IHeaderDictionary headers, PageApi api)
    {
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: {api.ImageOrigins}; connect-src 'self' {api.S3Origin}; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
