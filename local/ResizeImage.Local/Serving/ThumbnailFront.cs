using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace ResizeImage.Local.Serving;

/// <summary>
/// Serves thumbnails as the CloudFront distribution of template.yaml does, without its cache: GET /KEY is the object KEY below the output
/// prefix, and the function's answer where S3 has none. Browsers that accept WebP get it where a size has one beside it.
/// </summary>
internal sealed class ThumbnailFront : IAsyncDisposable
{
    // What passes from an origin to the browser.
    private static readonly string[] Passed =
        ["Cache-Control", "Content-Length", "Content-Range", "Content-Type", "ETag", "Last-Modified", "Location", "Retry-After", "Server-Timing", "Accept-Ranges", "Allow"];

    // What passes from the browser to an origin.
    private static readonly string[] Asked = ["If-None-Match", "If-Modified-Since", "Range"];

    private readonly HttpClient _origins = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly Func<StoredThumbnails> _stored;
    private readonly Uri _function;
    private LoopbackServer? _http;

    private ThumbnailFront(Func<StoredThumbnails> stored, Uri function)
    {
        _stored = stored;
        _function = function;
    }

    /// <summary>Ends with a slash.</summary>
    public Uri Endpoint => _http!.Endpoint;

    /// <param name="stored">Returns where thumbnails are; settings can change.</param>
    /// <param name="function">The function's URL.</param>
    /// <param name="port">0 picks a free one.</param>
    /// <param name="furtherPorts">As in <see cref="ListenOptions.FurtherPorts"/>.</param>
    /// <exception cref="LocalCloudException">The port cannot be used.</exception>
    public static async Task<ThumbnailFront> StartAsync(Func<StoredThumbnails> stored, Uri function, int port, int furtherPorts)
    {
        ThumbnailFront front = new(stored, function);
        front._http = await LoopbackServer.StartAsync(new ListenOptions(port, "--cdn-port") { FurtherPorts = furtherPorts }, front.HandleAsync);
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        if (_http is not null)
        {
            await _http.DisposeAsync();
        }

        _origins.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden; // As CloudFront answers methods that a behavior does not allow.
            return;
        }

        StoredThumbnails thumbnails = _stored();
        string path = thumbnails.WithWebp(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0].TrimStart('/'), http.Request.Headers.Accept.ToString());
        bool isState = path.StartsWith(".reconciliation/", StringComparison.Ordinal);
        using HttpResponseMessage stored = isState ? new(HttpStatusCode.Forbidden) : await AskAsync(thumbnails.Location, path, http);
        if (stored.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.NotFound))
        {
            await PassAsync(stored, "S3", http);
            return;
        }

        using HttpResponseMessage made = await AskAsync(_function, path, http);
        await PassAsync(made, "function", http);
    }

    private async Task<HttpResponseMessage> AskAsync(Uri origin, string path, HttpContext http)
    {
        using HttpRequestMessage request = new(new HttpMethod(http.Request.Method), new Uri(origin + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        foreach (string name in Asked.Where(http.Request.Headers.ContainsKey))
        {
            request.Headers.TryAddWithoutValidation(name, http.Request.Headers[name].ToString());
        }

        return await _origins.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
    }

    private static async Task PassAsync(HttpResponseMessage answer, string origin, HttpContext http)
    {
        HttpResponse response = http.Response;
        response.StatusCode = (int)answer.StatusCode;
        foreach (string name in Passed)
        {
            if (answer.Headers.TryGetValues(name, out IEnumerable<string>? values) || answer.Content.Headers.TryGetValues(name, out values))
            {
                response.Headers[name] = string.Join(", ", values);
            }
        }

        response.Headers.Vary = "Accept";
        response.Headers["X-Origin"] = origin; // CloudFront does not tell; a student wants to see it.
        if (!HttpMethods.IsHead(http.Request.Method) && response.StatusCode != StatusCodes.Status304NotModified)
        {
            await answer.Content.CopyToAsync(response.Body, http.RequestAborted);
        }
    }
}
