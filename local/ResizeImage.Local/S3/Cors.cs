namespace ResizeImage.Local.S3;

/// <summary>
/// Cross-origin resource sharing as a bucket's CORS configuration gives it: pages of the allowed origins may use every
/// method and header, and see the headers of the answer. "Using cross-origin resource sharing" in the Amazon S3 User Guide.
/// </summary>
/// <param name="allowedOrigins">Such as http://127.0.0.1:8080; one * matches anything.</param>
internal sealed class Cors(IReadOnlyCollection<string> allowedOrigins)
{
    private const string Methods = "GET, PUT, POST, DELETE, HEAD";

    // Headers that browsers do not show to pages by default.
    private const string ExposedHeaders =
        "ETag, Location, Content-Length, Content-Range, Accept-Ranges, x-amz-request-id, x-amz-id-2, x-amz-checksum-crc32, x-amz-checksum-crc32c, "
        + "x-amz-checksum-crc64nvme, x-amz-checksum-sha1, x-amz-checksum-sha256, x-amz-mp-parts-count, x-amz-tagging-count";

    /// <summary>Adds the CORS headers for pages of allowed origins.</summary>
    public void Allow(HttpRequest request, HttpResponse response)
    {
        string origin = request.Headers.Origin.ToString();
        if (origin.Length == 0 || !IsAllowed(origin))
        {
            return;
        }

        IHeaderDictionary headers = response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlExposeHeaders = ExposedHeaders;
        headers.AccessControlAllowCredentials = "true";
        headers.Vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";
    }

    /// <summary>Answers a preflight request.</summary>
    /// <exception cref="S3Exception">It is not allowed.</exception>
    public void Preflight(HttpRequest request, HttpResponse response)
    {
        if (request.Headers.Origin.ToString() is not { Length: > 0 } origin)
        {
            throw new S3Exception(400, "BadRequest", "Insufficient information. Origin request header needed.");
        }

        string method = request.Headers.AccessControlRequestMethod.ToString();
        if (!IsAllowed(origin) || !Methods.Split(", ").Contains(method))
        {
            throw Forbidden(origin, method);
        }

        Allow(request, response);
        if (request.Headers.AccessControlRequestHeaders is { Count: > 0 } wanted)
        {
            response.Headers.AccessControlAllowHeaders = wanted;
        }

        response.Headers.AccessControlMaxAge = "3000";
    }

    /// <summary>
    /// Refuses writes by pages of other origins. S3 leaves that to signatures; here unsigned requests are accepted,
    /// and a page of any site must not write to the user's disk.
    /// </summary>
    /// <exception cref="S3Exception">AccessForbidden.</exception>
    public void CheckWrite(HttpRequest request)
    {
        string origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !IsAllowed(origin))
        {
            throw Forbidden(origin, request.Method);
        }
    }

    private bool IsAllowed(string origin) => allowedOrigins.Any(allowed => allowed.Split('*', 2) is [var start, var end]
        ? origin.Length >= start.Length + end.Length && origin.StartsWith(start, StringComparison.Ordinal) && origin.EndsWith(end, StringComparison.Ordinal)
        : origin == allowed);

    private static S3Exception Forbidden(string origin, string method) => new(
        403, "AccessForbidden", $"CORSResponse: This CORS request is not allowed. Pages of {origin} may not use this S3; its allowed origins are set when it is started.",
        ("Method", method), ("ResourceType", "OBJECT"));
}
