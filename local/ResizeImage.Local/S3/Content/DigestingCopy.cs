using System.Buffers;

namespace ResizeImage.Local.S3.Content;

/// <summary>Copies a stream and takes digests of what passes.</summary>
internal static class DigestingCopy
{
    private const int BufferBytes = 128 << 10;

    /// <param name="source">Read from where it stands.</param>
    /// <param name="destination">Gets the same bytes.</param>
    /// <param name="digests">Appended to.</param>
    /// <param name="length">The most bytes to copy.</param>
    /// <param name="cancellationToken">Ends the copy.</param>
    /// <returns>Bytes copied: fewer than <paramref name="length"/> only if the source ended.</returns>
    public static async Task<long> RunAsync(
        Stream source, Stream destination, IReadOnlyCollection<Digest> digests, long length, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long copied = 0;
            while (copied < length)
            {
                int read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - copied)), cancellationToken);
                if (read == 0)
                {
                    break;
                }

                foreach (var digest in digests)
                {
                    digest.Append(buffer.AsSpan(0, read));
                }

                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                copied += read;
            }

            return copied;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
