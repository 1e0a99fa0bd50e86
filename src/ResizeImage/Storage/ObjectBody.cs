using Amazon.S3.Model;

namespace ResizeImage.Storage;

/// <summary>Reads the body of a GET into a rented buffer, as the photo's file: without the object's Content-Encoding.</summary>
internal static class ObjectBody
{
    /// <summary>For a file of unknown size.</summary>
    private const int FirstCapacity = 1 << 20;

    /// <summary>
    /// Begins to read a body. One of known length and with an ETag, by which a broken one can continue, arrives while it is decoded; others are
    /// read to their end.
    /// </summary>
    /// <param name="response">The answer to the GET. Disposed, here or with the result.</param>
    /// <param name="resume">Gets the bytes from an offset on, after a failure.</param>
    /// <param name="maxBytes">The limit of the file, also of one that was compressed.</param>
    /// <param name="clock">Measures stalls.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="IOException">The body broke off or stalled.</exception>
    /// <exception cref="ObjectTooLargeException">The file has more than <paramref name="maxBytes"/>.</exception>
    /// <exception cref="ObjectContentException">The file cannot be decoded from its Content-Encoding.</exception>
    public static async Task<SourceObject> OpenAsync(
        GetObjectResponse response, Func<int, Exception, Task<ResumedBody>> resume, long maxBytes, TimeProvider clock, CancellationToken cancellationToken)
    {
        bool isOwned = true;
        try
        {
            string etag = RawResponse.ETagOf(response);
            if (response.ContentLength > maxBytes)
            {
                throw new ObjectTooLargeException(response.ContentLength, hasMore: false);
            }

            bool isPlain = ContentCoding.IsPlain(RawResponse.ContentEncodingOf(response)) && !RawResponse.IsChunked(response);
            int length = checked((int)response.ContentLength);
            if (isPlain && length > 0 && etag.Length > 0)
            {
                byte[] buffer = PhotoBuffer.Rent(length + 1);
                isOwned = false;
                return new SourceObject(buffer, length, etag, new BodyArrival(response, resume, buffer, length, clock, cancellationToken));
            }

            SourceObject read = await ReadDecodedAsync(response, maxBytes, etag, clock, cancellationToken);
            if (isPlain && read.Length != length)
            {
                // The client calls an unknown length 0; such a body may have broken off.
                read.Dispose();
                throw BodyArrival.WrongLength(length, read.Length);
            }

            return read;
        }
        finally
        {
            if (isOwned)
            {
                response.Dispose();
            }
        }
    }

    private static async Task<SourceObject> ReadDecodedAsync(
        GetObjectResponse response, long maxBytes, string etag, TimeProvider clock, CancellationToken cancellationToken)
    {
        string? encoding = RawResponse.ContentEncodingOf(response);
        using WatchedStream body = new(response.ResponseStream, clock, cancellationToken);
        await using Stream? decoded = ContentCoding.Decode(body, encoding);
        try
        {
            return await ReadToEndAsync(decoded ?? body, maxBytes, etag, cancellationToken);
        }
        catch (Exception exception) when (decoded is not null && ContentCoding.IsOfData(exception))
        {
            throw ContentCoding.Explain(encoding, body.HasEnded, exception);
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
