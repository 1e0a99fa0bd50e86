using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ResizeImage.Local.Web;

/// <summary>The bodies of requests to the page's API.</summary>
internal static class ApiRequest
{
    /// <summary>Lambda's limit for asynchronous events; other bodies are smaller.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Reads the body of a request.</summary>
    /// <returns>Null if the body is not that; the answer is written then.</returns>
    public static async Task<T?> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            if (await BoundedBody.ReadAsync(http.Request, MaxBytes) is { } body && JsonSerializer.Deserialize(body, type) is { } value)
            {
                return value;
            }

            await ApiError.WriteAsync(http, 400, "The request has no object in it, or too large a one.");
        }
        catch (JsonException e)
        {
            await ApiError.WriteAsync(http, 400, $"The request cannot be read: {e.Message}");
        }

        return null;
    }

    /// <summary>Why the body is not JSON; null if it is.</summary>
    public static string? JsonError(byte[] body)
    {
        try
        {
            using JsonDocument _ = JsonDocument.Parse(body);
            return null;
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }
}
