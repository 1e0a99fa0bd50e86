namespace ResizeImage.Local.Web;

/// <summary>Why a request is not done, in words for the person at the page.</summary>
/// <param name="Message">What was found, and what to do.</param>
internal sealed record ApiError(string Message)
{
    /// <summary>Answers {"message":…}.</summary>
    public static Task WriteAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new ApiError(message), ApiJson.Default.ApiError, cancellationToken: http.RequestAborted);
    }
}
