using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Color;

/// <summary>
/// YCbCr to R, G, B of 8 bits with 16 fractional bits, rounded as in libjpeg. Used for images with a profile other than sRGB, and for YCCK;
/// all others become linear light in one step (<see cref="YCbCrToLinear"/>).
/// </summary>
internal static class YCbCrToRgb
{
    private const int Bits = 16;

    /// <summary>Converts a row.</summary>
    /// <param name="matrix">The meaning of the samples.</param>
    /// <param name="y">Codes of Y.</param>
    /// <param name="cb">At least as many codes of Cb.</param>
    /// <param name="cr">At least as many codes of Cr.</param>
    /// <param name="rgbx">Receives as many pixels of four bytes; the fourth is 0.</param>
    public static void Convert(YCbCrMatrix matrix, ReadOnlySpan<byte> y, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr, Span<byte> rgbx)
    {
        int ofY = Fixed(matrix.LumaScale);
        int redOfCr = Fixed(matrix.RedOfCr);
        int greenOfCb = Fixed(matrix.GreenOfCb);
        int greenOfCr = Fixed(matrix.GreenOfCr);
        int blueOfCb = Fixed(matrix.BlueOfCb);
        int black = (1 << (Bits - 1)) - (ofY * matrix.Black); // plus half a code, to round
        cb = cb[..y.Length];
        cr = cr[..y.Length];
        Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(rgbx)[..y.Length];
        for (int i = 0; i < y.Length; i++)
        {
            int luma = (ofY * y[i]) + black;
            int blue = cb[i] - 128;
            int red = cr[i] - 128;
            pixels[i] = Code(luma + (redOfCr * red)) | (Code(luma + (greenOfCb * blue) + (greenOfCr * red)) << 8) | (Code(luma + (blueOfCb * blue)) << 16);
        }
    }

    private static int Fixed(double factor) => (int)Math.Round(factor * (1 << Bits));

    private static uint Code(int value) => (uint)Math.Clamp(value >> Bits, 0, 255);
}
