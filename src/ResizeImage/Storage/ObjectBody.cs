using Amazon.S3.Model;

namespace ResizeImage.Storage;

/// <summary>Reads the body of a GET into a rented buffer, as the photo's file: without the object's Content-Encoding.</summary>
internal static class ObjectBody
{
    /// <summary>For a file of unknown size.</summary>
    private const int FirstCapacity = 1 << 20;

    /// <summary>Reads a body to its end.</summary>
    /// <param name="response">The answer to the GET.</param>
    /// <param name="maxBytes">The limit of the file, also of one that was compressed.</param>
    /// <param name="clock">Measures stalls.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="IOException">The body broke off, stalled, or has another length than the answer said.</exception>
    /// <exception cref="ObjectTooLargeException">The file has more than <paramref name="maxBytes"/>.</exception>
    /// <exception cref="ObjectContentException">The file cannot be decoded from its Content-Encoding.</exception>
    public static async Task<SourceObject> ReadAsync(GetObjectResponse response, long maxBytes, TimeProvider clock, CancellationToken cancellationToken)
    {
        string etag = RawResponse.ETagOf(response);
        if (response.ContentLength > maxBytes)
        {
            throw new ObjectTooLargeException(response.ContentLength, hasMore: false);
        }

        string? encoding = RawResponse.ContentEncodingOf(response);
        using WatchedStream body = new(response.ResponseStream, clock, cancellationToken);
        await using Stream? decoded = ContentCoding.Decode(body, encoding);
        if (decoded is null && !RawResponse.IsChunked(response))
        {
            return await ReadExactlyAsync(body, checked((int)response.ContentLength), etag, cancellationToken);
        }

        try
        {
            return await ReadToEndAsync(decoded ?? body, maxBytes, etag, cancellationToken);
        }
        catch (Exception exception) when (decoded is not null && ContentCoding.IsOfData(exception))
        {
            throw ContentCoding.Explain(encoding, body.HasEnded, exception);
        }
    }

    private static async Task<SourceObject> ReadExactlyAsync(WatchedStream body, int length, string etag, CancellationToken cancellationToken)
    {
        // One byte more, so that a body longer than announced shows.
        byte[] buffer = PhotoBuffer.Rent(length + 1);
        try
        {
            int filled = await body.ReadAtLeastAsync(buffer.AsMemory(0, length + 1), length + 1, throwOnEndOfStream: false, cancellationToken);
            return filled == length
                ? new SourceObject(buffer, length, etag)
                : throw new IOException($"{length} bytes were announced, and {(filled > length ? "more" : $"only {filled}")} came.");
        }
        catch
        {
            PhotoBuffer.Return(buffer);
            throw;
        }
    }

    private static async Task<SourceObject> ReadToEndAsync(Stream body, long maxBytes, string etag, CancellationToken cancellationToken)
    {
        int limit = (int)Math.Min(maxBytes, Array.MaxLength - 1);
        byte[] buffer = PhotoBuffer.Rent(Math.Min(FirstCapacity, limit + 1));
        try
        {
            for (int filled = 0; ;)
            {
                // One byte beyond the limit shows that there is more.
                int end = Math.Min(buffer.Length, limit + 1);
                filled += await body.ReadAtLeastAsync(buffer.AsMemory(filled, end - filled), end - filled, throwOnEndOfStream: false, cancellationToken);
                if (filled > limit)
                {
                    throw new ObjectTooLargeException(limit, hasMore: true);
                }

                if (filled < end)
                {
                    return new SourceObject(buffer, filled, etag);
                }

                buffer = Grown(buffer, filled, limit + 1);
            }
        }
        catch
        {
            PhotoBuffer.Return(buffer);
            throw;
        }
    }

    /// <summary>
    /// A buffer for the largest file that is accepted. Only written pages take memory. Growing by steps would leave as much garbage behind, which
    /// killed functions with gzipped photos near their limit.
    /// </summary>
    private static byte[] Grown(byte[] buffer, int filled, int largest)
    {
        byte[] larger = PhotoBuffer.Rent(largest);
        buffer.AsSpan(0, filled).CopyTo(larger);
        return larger;
    }
}
