using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ResizeImage.Local.Web;

/// <summary>Answers of the page's API.</summary>
internal static class ApiAnswer
{
    /// <summary>Answers with a value as JSON.</summary>
    public static Task WriteAsync<T>(HttpContext http, int status, T value, JsonTypeInfo<T> type) =>
        WriteAsync(http, status, JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>Answers with JSON.</summary>
    public static async Task WriteAsync(HttpContext http, int status, byte[] json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.Body.WriteAsync(json, http.RequestAborted);
    }
}

/// <summary>The reason for refusing a request, for the user of the page.</summary>
/// <param name="Message">What was found, and what to do.</param>
internal sealed record ApiError(string Message)
{
    /// <summary>Answers {"message":…}.</summary>
    public static Task WriteAsync(HttpContext http, int status, string message) =>
        ApiAnswer.WriteAsync(http, status, new ApiError(message), ApiJson.Default.ApiError);
}
