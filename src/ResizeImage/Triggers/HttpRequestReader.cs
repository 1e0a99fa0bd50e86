using System.Text.Json;
using ResizeImage.Http;

namespace ResizeImage.Triggers;

/// <summary>
/// Reads the requests of four services. They share two shapes of events, and differ in what they do to the path:
/// <code>
/// service       event                            path                          percent-encoding
/// function URL  2.0, domainName has .lambda-url. rawPath                       as sent
/// HTTP API      2.0                              rawPath, with the stage       decoded
/// HTTP API      1.0, has "version"               path, with the stage          decoded
/// REST API      1.0, no "version"                path, without the stage       as sent
/// ALB           1.0, requestContext.elb          path                          as sent
/// </code>
/// "API Gateway decodes URL-encoded request parameters before passing them to your backend integration" ("Create routes for HTTP APIs" in the API
/// Gateway Developer Guide); events that show it for rawPath are in fastify/aws-lambda-fastify#169 and honojs/hono#2156, those of the others in
/// middleapi/standard-server#93. aws/aws-lambda-dotnet decodes all of them (APIGatewayHttpApiV2ProxyFunction), which turns a photo "100%25.jpg" into another;
/// like that, this keeps a plus sign a plus sign.
/// </summary>
internal static class HttpRequestReader
{
    private const string DefaultStage = "$default";

    /// <summary>Reads a request.</summary>
    /// <exception cref="UnknownEventException">Text in the event is not Unicode.</exception>
    public static HttpRequest Read(JsonElement json) => json.TryGet("requestContext", out JsonElement context) && context.TryGet("http", out JsonElement http)
        ? OfVersion2(json, context, http)
        : OfVersion1(json, context);

    private static HttpRequest OfVersion2(JsonElement json, JsonElement context, JsonElement http)
    {
        string path = json.Text("rawPath") ?? http.Text("path") ?? "/";
        bool isFunctionUrl = context.Text("domainName")?.Contains(".lambda-url.", StringComparison.Ordinal) == true;
        return isFunctionUrl
            ? Request(HttpFront.FunctionUrl, http.Text("method"), Decode(path), json)
            : Request(HttpFront.HttpApi, http.Text("method"), WithoutStage(path, context), json);
    }

    private static HttpRequest OfVersion1(JsonElement json, JsonElement context)
    {
        string? method = json.Text("httpMethod");
        string path = json.Text("path") ?? "/";
        if (context.TryGet("elb", out _))
        {
            return Request(HttpFront.LoadBalancer, method, Decode(path), json);
        }

        if (json.TryGet("version", out _))
        {
            return Request(HttpFront.HttpApi, method, WithoutStage(path, context), json);
        }

        // requestContext.path has the stage. Emulators that give it in the path give both the same.
        return Request(HttpFront.RestApi, method, Decode(path == context.Text("path") ? WithoutStage(path, context) : path), json);
    }

    private static HttpRequest Request(HttpFront front, string? method, string path, JsonElement json)
    {
        // REST APIs send both kinds of headers, and accept either.
        bool isMultiValue = json.TryGet("multiValueHeaders", out JsonElement lists) && lists.ValueKind == JsonValueKind.Object;
        bool isSingleValue = json.TryGet("headers", out JsonElement headers) && headers.ValueKind == JsonValueKind.Object;
        string? ifNoneMatch = isMultiValue ? Header(lists, "if-none-match") : isSingleValue ? Header(headers, "if-none-match") : null;
        return new HttpRequest(front, method ?? string.Empty, path, ifNoneMatch) { HasMultiValueHeaders = isMultiValue && !isSingleValue };
    }

    /// <summary>The value of a header, several joined by commas; null if it was not sent. Names are in lower case, except in events of REST APIs.</summary>
    private static string? Header(JsonElement headers, string name)
    {
        string? actual = headers.Names().Find(candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (actual is null || !headers.TryGet(actual, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Array
            ? string.Join(", ", value.EnumerateArray().Select(one => one.Text()))
            : value.Text();
    }

    /// <summary>A plus sign stays: only forms use it for a space. A percent sign that begins no UTF-8 stays, too.</summary>
    private static string Decode(string path) => Uri.UnescapeDataString(path);

    private static string WithoutStage(string path, JsonElement context) =>
        context.Text("stage") is { Length: > 0 } stage and not DefaultStage && path.StartsWith($"/{stage}/", StringComparison.Ordinal)
            ? path[(stage.Length + 1)..]
            : path;
}
