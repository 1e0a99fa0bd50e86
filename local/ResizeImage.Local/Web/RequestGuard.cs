using Microsoft.Net.Http.Headers;

namespace ResizeImage.Local.Web;

/// <summary>
/// Refuses requests of other sites. Pages of any site can send requests to 127.0.0.1, also under their own name (DNS
/// rebinding): the guard accepts only the page's own addresses as host and as origin.
/// </summary>
internal sealed class RequestGuard
{
    private readonly string[] _hosts;

    public RequestGuard(int port)
    {
        _hosts = [FormattableString.Invariant($"127.0.0.1:{port}"), FormattableString.Invariant($"localhost:{port}")];
        Origins = [.. _hosts.Select(host => "http://" + host)];
    }

    /// <summary>The origins of the page, as browsers name them.</summary>
    public IReadOnlyList<string> Origins { get; }

    /// <summary>Why the request is refused; null if it is not.</summary>
    public string? Refusal(HttpRequest request)
    {
        string host = request.Headers.Host.ToString();
        if (!_hosts.Contains(host))
        {
            return $"The host is '{host}', expected {string.Join(" or ", _hosts)}.";
        }

        string origin = request.Headers.Origin.ToString();
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        bool isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        bool isPage = isRead && !request.Path.StartsWithSegments("/api");
        if ((origin.Length > 0 && origin != "http://" + host) || (!isPage && site is not ("" or "same-origin" or "none")))
        {
            return "Other sites may not use this page's API.";
        }

        // Browsers send this content type across origins only after a preflight request.
        bool isJson = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) && type.MediaType == "application/json";
        return isRead || isJson ? null : $"The content type is '{request.ContentType}', expected application/json.";
    }
}
