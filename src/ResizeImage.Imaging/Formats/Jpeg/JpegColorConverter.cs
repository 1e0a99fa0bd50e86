namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Turns component samples into sRGB. Integer arithmetic with 16 fractional bits, rounded as libjpeg does (JFIF 1.02 page 3).</summary>
internal static class JpegColorConverter
{
    /// <summary>YCbCr to RGB.</summary>
    public static void YCbCrToRgb(ReadOnlySpan<byte> y, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr, Span<byte> rgb)
    {
        cb = cb[..y.Length];
        cr = cr[..y.Length];
        rgb = rgb[..(3 * y.Length)];
        for (int i = 0, o = 0; i < y.Length; i++, o += 3)
        {
            int luma = y[i];
            int blue = cb[i] - 128;
            int red = cr[i] - 128;
            rgb[o] = Clamp(luma + (((91881 * red) + 32768) >> 16));                          // 1.402
            rgb[o + 1] = Clamp(luma + (((-22554 * blue) - (46802 * red) + 32768) >> 16));    // 0.34414, 0.71414
            rgb[o + 2] = Clamp(luma + (((116130 * blue) + 32768) >> 16));                    // 1.772
        }
    }

    /// <summary>Three planes to pixels.</summary>
    public static void Interleave(ReadOnlySpan<byte> r, ReadOnlySpan<byte> g, ReadOnlySpan<byte> b, Span<byte> rgb)
    {
        for (int i = 0, o = 0; i < r.Length; i++, o += 3)
        {
            rgb[o] = r[i];
            rgb[o + 1] = g[i];
            rgb[o + 2] = b[i];
        }
    }

    /// <summary>Multiplies pixels by what the inks C, M and Y, given as R, G and B, and K let through, without a profile.</summary>
    /// <param name="rgb">In: light that each ink lets through. Out: sRGB.</param>
    /// <param name="k">Light that black lets through.</param>
    public static void MultiplyByBlack(Span<byte> rgb, ReadOnlySpan<byte> k)
    {
        for (int i = 0, o = 0; i < k.Length; i++, o += 3)
        {
            rgb[o] = Multiply(rgb[o], k[i]);
            rgb[o + 1] = Multiply(rgb[o + 1], k[i]);
            rgb[o + 2] = Multiply(rgb[o + 2], k[i]);
        }
    }

    /// <summary>Each sample from 255.</summary>
    public static void Invert(Span<byte> samples)
    {
        foreach (ref byte sample in samples)
        {
            sample = (byte)~sample;
        }
    }

    private static byte Multiply(int a, int b) => (byte)(((a * b) + 127) / 255);

    private static byte Clamp(int value) => (byte)Math.Clamp(value, 0, 255);
}
