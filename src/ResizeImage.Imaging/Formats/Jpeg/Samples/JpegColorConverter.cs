using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Component samples to pixels of four bytes, for JPEG files that are not plain YCbCr: those stay planar and go to linear light in one step
/// (<see cref="Color.YCbCrToLinear"/>).
/// </summary>
internal static class JpegColorConverter
{
    /// <summary>Three planes to pixels.</summary>
    public static void Interleave(ReadOnlySpan<byte> r, ReadOnlySpan<byte> g, ReadOnlySpan<byte> b, Span<byte> rgbx)
    {
        Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(rgbx);
        for (int i = 0; i < r.Length; i++)
        {
            pixels[i] = (uint)(r[i] | (g[i] << 8) | (b[i] << 16));
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
}
