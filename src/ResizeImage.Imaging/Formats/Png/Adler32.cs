namespace ResizeImage.Imaging.Formats.Png;

/// <summary>The checksum at the end of a zlib stream (RFC 1950, 8.2).</summary>
internal static class Adler32
{
    private const uint Modulus = 65521;

    // The most bytes after which both sums still fit in 32 bits.
    private const int Stretch = 5552;

    /// <summary>The checksum of all of <paramref name="bytes"/>.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint a = 1;
        uint b = 0;
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> part = bytes[..Math.Min(bytes.Length, Stretch)];
            foreach (byte value in part)
            {
                a += value;
                b += a;
            }

            a %= Modulus;
            b %= Modulus;
            bytes = bytes[part.Length..];
        }

        return (b << 16) | a;
    }
}
