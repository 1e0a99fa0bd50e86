namespace ResizeImage.Imaging.Pixels;

/// <summary>Samples of less than 8 bits, packed into bytes from the high bits down (PNG 7.2).</summary>
internal static class PackedSamples
{
    /// <summary>The factor from a gray sample to one of 8 bits: 255 / (2^bits − 1), always whole (PNG 13.12).</summary>
    public static int GrayScale(int bits) => 255 / ((1 << bits) - 1);

    /// <summary>Unpacks each sample to a byte.</summary>
    /// <param name="packed">A scanline.</param>
    /// <param name="bits">1, 2 or 4.</param>
    /// <param name="first">The first sample to unpack.</param>
    /// <param name="samples">Receives as many samples as it is long.</param>
    public static void Unpack(ReadOnlySpan<byte> packed, int bits, int first, Span<byte> samples)
    {
        int mask = (1 << bits) - 1;
        for (int i = 0; i < samples.Length; i++)
        {
            long bit = ((long)first + i) * bits;
            samples[i] = (byte)((packed[(int)(bit >> 3)] >> (8 - bits - (int)(bit & 7))) & mask);
        }
    }

    /// <summary>The inverse of <see cref="Unpack"/> for a whole scanline; bits after the last sample are 0.</summary>
    public static void Pack(ReadOnlySpan<byte> samples, int bits, Span<byte> packed)
    {
        packed.Clear();
        for (int i = 0; i < samples.Length; i++)
        {
            int bit = i * bits;
            packed[bit >> 3] |= (byte)(samples[i] << (8 - bits - (bit & 7)));
        }
    }
}
