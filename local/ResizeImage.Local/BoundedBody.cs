namespace ResizeImage.Local;

/// <summary>Request bodies that are held in memory.</summary>
internal static class BoundedBody
{
    /// <summary>The body; null if it is longer than that many bytes.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int maxBytes)
    {
        var body = new MemoryStream();
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
