namespace ResizeImage.Local;

/// <summary>Reads request bodies into memory, up to a limit.</summary>
internal static class BoundedBody
{
    /// <summary>The body, or null if it is longer than the limit.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int maxBytes)
    {
        MemoryStream body = new();
        byte[] buffer = new byte[16 << 10];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            if (body.Length + read > maxBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
