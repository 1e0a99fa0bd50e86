using System.Buffers;

namespace ResizeImage.Local.S3.Content;

/// <summary>Copies a stream and digests its bytes on the way.</summary>
internal static class DigestingCopy
{
    private const int BufferBytes = 128 << 10;

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

                foreach (Digest digest in digests)
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
