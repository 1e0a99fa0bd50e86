using System.Numerics;
using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// Y, U and V of BT.601 in its limited range to R, G, B, A, with libwebp's fixed-point constants: 14 bits after the point, of which 8 are
/// dropped after each product. In vectors of 16-bit lanes: a product with a constant of 16 bits is taken in two halves.
/// </summary>
internal static class Vp8Color
{
    // 1.164, 1.596, 0.392, 0.813 and 2.017, times 2^14.
    private const int OfY = 19077;
    private const int RedOfV = 26149;
    private const int GreenOfU = 6419;
    private const int GreenOfV = 13320;
    private const int BlueOfU = 33050;

    // What is left to add for black and gray, with half a unit of the result for rounding.
    private const int Red = -14234;
    private const int Green = 8708;
    private const int Blue = -17685;
    private const int ResultShift = 6;

    /// <summary>Converts a row.</summary>
    /// <param name="y">Luma.</param>
    /// <param name="u">As many samples.</param>
    /// <param name="v">As many samples.</param>
    /// <param name="rgba">As many pixels.</param>
    public static void ToRgba(ReadOnlySpan<byte> y, ReadOnlySpan<byte> u, ReadOnlySpan<byte> v, Span<byte> rgba)
    {
        Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(rgba)[..y.Length];
        int i = 0;
        for (; i <= y.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(y[i..]), out Vector<ushort> yLow, out Vector<ushort> yHigh);
            Vector.Widen(new Vector<byte>(u[i..]), out Vector<ushort> uLow, out Vector<ushort> uHigh);
            Vector.Widen(new Vector<byte>(v[i..]), out Vector<ushort> vLow, out Vector<ushort> vHigh);
            Convert(yLow, uLow, vLow, pixels[i..]);
            Convert(yHigh, uHigh, vHigh, pixels[(i + Vector<ushort>.Count)..]);
        }

        for (; i < y.Length; i++)
        {
            int luma = (y[i] * OfY) >> 8;
            int r = luma + ((v[i] * RedOfV) >> 8) + Red;
            int g = luma - ((u[i] * GreenOfU) >> 8) - ((v[i] * GreenOfV) >> 8) + Green;
            int b = luma + ((u[i] * BlueOfU) >> 8) + Blue;
            pixels[i] = Sample(r) | (Sample(g) << 8) | (Sample(b) << 16) | 0xFF000000;
        }
    }

    private static void Convert(Vector<ushort> y, Vector<ushort> u, Vector<ushort> v, Span<uint> pixels)
    {
        // No sum exceeds 65535; where a difference would be negative, the larger operand of it stands in: the result is 0.
        Vector<ushort> luma = Times(y, OfY);
        Vector<ushort> r = Difference(luma + Times(v, RedOfV), new Vector<ushort>((ushort)-Red));
        Vector<ushort> g = Difference(luma + new Vector<ushort>(Green), Times(u, GreenOfU) + Times(v, GreenOfV));
        Vector<ushort> b = Difference(luma + Times(u, BlueOfU), new Vector<ushort>((ushort)-Blue));
        Vector.Widen(Result(r) | (Result(g) << 8), out Vector<uint> rgLow, out Vector<uint> rgHigh);
        Vector.Widen(Result(b) | new Vector<ushort>(0xFF00), out Vector<uint> baLow, out Vector<uint> baHigh);
        (rgLow | (baLow << 16)).CopyTo(pixels);
        (rgHigh | (baHigh << 16)).CopyTo(pixels[Vector<uint>.Count..]);
    }

    /// <summary>value · constant / 256, rounded down: the constant's high byte gives a whole number, only the low one's product is cut.</summary>
    private static Vector<ushort> Times(Vector<ushort> value, int constant) =>
        (value * (ushort)(constant >> 8)) + ((value * (ushort)(constant & 255)) >>> 8);

    private static Vector<ushort> Difference(Vector<ushort> a, Vector<ushort> b) => Vector.Max(a, b) - b;

    private static Vector<ushort> Result(Vector<ushort> value) => Vector.Min(value >>> ResultShift, new Vector<ushort>(255));

    private static uint Sample(int value) => (uint)Math.Clamp(value >> ResultShift, 0, 255);
}
