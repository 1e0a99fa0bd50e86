using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace ResizeImage.Local.Serving;

/// <summary>The event of a request to a function URL: payload format 2.0, "Invoking Lambda function URLs" in the Lambda Developer Guide.</summary>
internal static class FunctionUrlEvent
{
    private const string Anyone = "anonymous";
    private const string Route = "$default";

    // Not the name in the request: functions tell by the domain that the path comes as it was sent.
    private const string Domain = "local.lambda-url.us-east-1.on.aws";

    /// <param name="http">The request.</param>
    /// <param name="body">Its body.</param>
    /// <param name="now">UTC.</param>
    /// <returns>The event, in JSON.</returns>
    public static ReadOnlyMemory<byte> Write(HttpContext http, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        HttpRequest request = http.Request;

        // As it was sent: Kestrel's own path is decoded.
        string path = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("version", "2.0");
            json.WriteString("routeKey", Route);
            json.WriteString("rawPath", path);
            json.WriteString("rawQueryString", request.QueryString.Value?.TrimStart('?') ?? "");
            WriteMap(json, "headers", request.Headers.Select(header => (header.Key.ToLowerInvariant(), string.Join(',', header.Value.ToArray()))));
            if (request.Query.Count > 0)
            {
                WriteMap(json, "queryStringParameters", request.Query.Select(value => (value.Key, string.Join(',', value.Value.ToArray()))));
            }

            WriteContext(json, http, path, now);
            if (body.Length > 0)
            {
                json.WriteBase64String("body", body);
            }

            json.WriteBoolean("isBase64Encoded", body.Length > 0);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteContext(Utf8JsonWriter json, HttpContext http, string path, DateTimeOffset now)
    {
        json.WriteStartObject("requestContext");
        json.WriteString("accountId", Anyone);
        json.WriteString("apiId", "local");
        json.WriteString("domainName", Domain);
        json.WriteString("domainPrefix", "local");
        json.WriteStartObject("http");
        json.WriteString("method", http.Request.Method);
        json.WriteString("path", path);
        json.WriteString("protocol", http.Request.Protocol);
        json.WriteString("sourceIp", http.Connection.RemoteIpAddress?.ToString());
        json.WriteString("userAgent", http.Request.Headers.UserAgent.ToString());
        json.WriteEndObject();
        json.WriteString("requestId", Guid.NewGuid().ToString());
        json.WriteString("routeKey", Route);
        json.WriteString("stage", Route);
        json.WriteString("time", now.ToString("dd'/'MMM'/'yyyy':'HH':'mm':'ss '+0000'", CultureInfo.InvariantCulture));
        json.WriteNumber("timeEpoch", now.ToUnixTimeMilliseconds());
        json.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter json, string name, IEnumerable<(string Name, string Value)> values)
    {
        json.WriteStartObject(name);
        foreach ((string key, string value) in values)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }
}
