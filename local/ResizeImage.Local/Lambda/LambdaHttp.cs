using System.Buffers;
using System.Text.Json;

namespace ResizeImage.Local.Lambda;

/// <summary>What the Runtime API and the Lambda API have in common: JSON of bounded size.</summary>
internal static class LambdaHttp
{
    /// <summary>6 MB and a bit, as Lambda's own message has it.</summary>
    public const int MaxPayloadBytes = 6_291_556;

    /// <summary>The body; null if it is larger than a payload may be.</summary>
    public static Task<byte[]?> ReadAsync(HttpContext http) => BoundedBody.ReadAsync(http.Request, MaxPayloadBytes);

    public static async Task WriteAsync(HttpContext http, int status, ReadOnlyMemory<byte> json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        await http.Response.Body.WriteAsync(json, http.RequestAborted);
    }

    /// <summary>An error as the Lambda API answers it.</summary>
    public static Task WriteErrorAsync(HttpContext http, int status, string errorType, string message)
    {
        http.Response.Headers["x-amzn-ErrorType"] = errorType;
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("Type", "User");
            json.WriteString("Message", message);
            json.WriteEndObject();
        }

        return WriteAsync(http, status, buffer.WrittenMemory);
    }
}
