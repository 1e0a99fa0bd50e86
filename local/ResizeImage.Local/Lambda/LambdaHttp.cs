using System.Buffers;
using System.Text.Json;

namespace ResizeImage.Local.Lambda;

/// <summary>Reads and writes JSON of bounded size, for the Runtime API and the Lambda API.</summary>
internal static class LambdaHttp
{
    /// <summary>The limit in Lambda's own message, slightly above 6 MB.</summary>
    public const int MaxPayloadBytes = 6_291_556;

    /// <summary>The body, or null if it exceeds the payload limit.</summary>
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
