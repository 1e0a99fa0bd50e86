namespace ResizeImage.Local.Lambda;

/// <summary>What the Runtime API and the Lambda API have in common: JSON of bounded size.</summary>
internal static class LambdaHttp
{
    /// <summary>6 MB and a bit, as Lambda's own message has it.</summary>
    public const int MaxPayloadBytes = 6_291_556;

    /// <summary>The body; null if it is larger than a payload may be.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContext http)
    {
        var body = new MemoryStream();
        byte[] buffer = new byte[16 << 10];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            if (body.Length + read > MaxPayloadBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    public static async Task WriteAsync(HttpContext http, int status, ReadOnlyMemory<byte> json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        await http.Response.Body.WriteAsync(json, http.RequestAborted);
    }
}
