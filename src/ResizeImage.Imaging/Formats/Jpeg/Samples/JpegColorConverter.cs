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

    /// <summary>Multiplies pixels by what the inks C, M and Y, given as R, G and B, and K let through, without a profile.</summary>
    /// <param name="rgbx">In: light that each ink lets through. Out: sRGB.</param>
    /// <param name="k">Light that black lets through.</param>
    public static void MultiplyByBlack(Span<byte> rgbx, ReadOnlySpan<byte> k)
    {
        for (int i = 0, o = 0; i < k.Length; i++, o += 4)
        {
            rgbx[o] = Multiply(rgbx[o], k[i]);
            rgbx[o + 1] = Multiply(rgbx[o + 1], k[i]);
            rgbx[o + 2] = Multiply(rgbx[o + 2], k[i]);
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

    private static uint Pack(int r, int g, int b) =>
        (uint)(Math.Clamp(r, 0, 255) | (Math.Clamp(g, 0, 255) << 8) | (Math.Clamp(b, 0, 255) << 16));

    private static byte Multiply(int a, int b) => (byte)(((a * b) + 127) / 255);
}
