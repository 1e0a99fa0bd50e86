using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Turns component samples into sRGB pixels of four bytes (<see cref="PixelLayout.Rgbx8"/>); those of ordinary YCbCr files need not be,
/// they go to linear light at once (<see cref="Color.YCbCrToLinear"/>). Integer arithmetic with 16 fractional bits,
/// rounded as libjpeg does (JFIF 1.02 page 3).
/// </summary>
internal static class JpegColorConverter
{
    // 1.402, 0.34414, 0.71414 and 1.772, times 65536.
    private const int RedOfCr = 91881;
    private const int GreenOfCb = -22554;
    private const int GreenOfCr = -46802;
    private const int BlueOfCb = 116130;
    private const int Half = 32768;

    /// <summary>YCbCr to RGB.</summary>
    public static void YCbCrToRgb(ReadOnlySpan<byte> y, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr, Span<byte> rgbx)
    {
        cb = cb[..y.Length];
        cr = cr[..y.Length];
        Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(rgbx)[..y.Length];
        for (int i = 0; i < y.Length; i++)
        {
            int blue = cb[i] - 128;
            int red = cr[i] - 128;
            pixels[i] = Pack(
                y[i] + (((RedOfCr * red) + Half) >> 16),
                y[i] + (((GreenOfCb * blue) + (GreenOfCr * red) + Half) >> 16),
                y[i] + (((BlueOfCb * blue) + Half) >> 16));
        }
    }

    /// <summary>Three planes to pixels.</summary>
    public static void Interleave(ReadOnlySpan<byte> r, ReadOnlySpan<byte> g, ReadOnlySpan<byte> b, Span<byte> rgbx)
    {
        Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(rgbx);
        for (int i = 0; i < r.Length; i++)
        {
            pixels[i] = Pack(r[i], g[i], b[i]);
        }
    }

    /// <summary>
    /// Makes pixels of ink from the pixels of three planes and a fourth plane. JPEG files store 255 minus the amount of ink. Adobe's programs
    /// started this, and browsers read every file this way, with the Adobe marker (APP14) or without. In YCCK, Y, Cb and Cr stand for
    /// R = 255 − C and so on; as C is itself stored inverted, this R is the amount of ink.
    /// </summary>
    /// <param name="cmyk">In: C, M, Y and a byte without meaning. Out: C, M, Y, K.</param>
    /// <param name="k">As many of K, as stored.</param>
    /// <param name="invertColor">C, M and Y are 255 minus ink; K always is.</param>
    public static void AddBlack(Span<byte> cmyk, ReadOnlySpan<byte> k, bool invertColor)
    {
        uint mask = (invertColor ? 0x00FFFFFFu : 0) | 0xFF000000u;
        Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(cmyk)[..k.Length];
        for (int i = 0; i < k.Length; i++)
        {
            pixels[i] = ((pixels[i] & 0x00FFFFFF) | ((uint)k[i] << 24)) ^ mask;
        }
    }

    private static uint Pack(int r, int g, int b) =>
        (uint)(Math.Clamp(r, 0, 255) | (Math.Clamp(g, 0, 255) << 8) | (Math.Clamp(b, 0, 255) << 16));
}
