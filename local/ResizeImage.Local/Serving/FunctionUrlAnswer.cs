using System.Text;
using System.Text.Json;

namespace ResizeImage.Local.Serving;

/// <summary>The response of a function to the request of its URL: payload format 2.0.</summary>
internal static class FunctionUrlAnswer
{
    /// <summary>Writes it as Lambda does. An answer without a status code is the body of a 200.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static async Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> payload)
    {
        using JsonDocument document = JsonDocument.Parse(payload);
        JsonElement answer = document.RootElement;
        HttpResponse response = http.Response;
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("statusCode", out JsonElement status))
        {
            response.ContentType = "application/json";
            response.ContentLength = payload.Length;
            await response.Body.WriteAsync(payload, http.RequestAborted);
            return;
        }

        response.StatusCode = status.GetInt32();
        if (answer.TryGetProperty("headers", out JsonElement headers) && headers.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty header in headers.EnumerateObject())
            {
                // Lambda sets the length of the body that it sends; a HEAD request has none.
                if (!header.Name.Equals("content-length", StringComparison.OrdinalIgnoreCase) || HttpMethods.IsHead(http.Request.Method))
                {
                    response.Headers[header.Name] = header.Value.ToString();
                }
            }
        }

        byte[] body = BodyOf(answer);
        if (body.Length > 0 && !HttpMethods.IsHead(http.Request.Method))
        {
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body, http.RequestAborted);
        }
    }

    private static byte[] BodyOf(JsonElement answer)
    {
        if (!answer.TryGetProperty("body", out JsonElement body) || body.ValueKind != JsonValueKind.String)
        {
            return [];
        }

        return answer.TryGetProperty("isBase64Encoded", out JsonElement encoded) && encoded.ValueKind == JsonValueKind.True
            ? body.GetBytesFromBase64()
            : Encoding.UTF8.GetBytes(body.GetString()!);
    }
}
