using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Converts component samples to pixels of four bytes for RGB, CMYK and YCCK files. YCbCr stays planar and is converted to linear light in
/// one step (<see cref="Color.YCbCrToLinear"/>).
/// </summary>
internal static class JpegColorConverter
{
    /// <summary>Interleaves three planes; the fourth byte of each pixel is 0.</summary>
    public static void Interleave(ReadOnlySpan<byte> r, ReadOnlySpan<byte> g, ReadOnlySpan<byte> b, Span<byte> rgbx)
    {
        Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(rgbx);
        for (int i = 0; i < r.Length; i++)
        {
            pixels[i] = (uint)(r[i] | (g[i] << 8) | (b[i] << 16));
        }
    }

    /// <summary>
    /// Adds the K plane to the pixels of three planes and converts all four channels to amounts of ink. JPEG files store 255 minus the amount
    /// of ink. Adobe's programs started this, and browsers read every file this way, with the Adobe marker (APP14) or without. In YCCK, Y, Cb
    /// and Cr encode R = 255 − C and so on; because the file stores C inverted, this R is the amount of ink.
    /// </summary>
    /// <param name="cmyk">In: C, M, Y and an unused byte. Out: C, M, Y, K.</param>
    /// <param name="k">K as stored, one byte per pixel.</param>
    /// <param name="invertColor">True if C, M and Y are 255 minus ink; K always is.</param>
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
