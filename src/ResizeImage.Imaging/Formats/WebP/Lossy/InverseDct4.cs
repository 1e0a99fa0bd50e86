using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static ResizeImage.Imaging.Formats.WebP.ShortVectors;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// The inverse DCT of a 4×4 block (RFC 6386, 14.4), added to its prediction. A vector holds two rows of four. Sums wrap around at 16 bits, as in
/// libwebp's vector code; valid files stay below.
/// </summary>
internal static class InverseDct4
{
    // √2 cos(π/8) and √2 sin(π/8), times 65536; both without their integer part, so that they fit 16 bits.
    private const short CosMinusOne = 20091;
    private const short SinMinusOne = 35468 - 65536;

    /// <summary>Adds the residual of a block.</summary>
    /// <param name="prediction">Sixteen samples.</param>
    /// <param name="block">Sixteen coefficients in rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Add(Vector128<byte> prediction, ReadOnlySpan<short> block)
    {
        Vector128<short> upper = Vector128.Create(block[..8]);
        Vector128<short> lower = Vector128.Create(block[8..16]);
        (upper, lower) = Pass(upper, lower, Vector128<short>.Zero);
        (upper, lower) = Transpose(upper, lower);
        (upper, lower) = Pass(upper, lower, Vector128.Create((short)4, 4, 4, 4, 0, 0, 0, 0));
        (upper, lower) = Transpose(upper >> 3, lower >> 3);
        return Add(prediction, upper, lower);
    }

    /// <summary>Adds the residual of a block that has only DC.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> AddDc(Vector128<byte> prediction, short dc)
    {
        var all = Vector128.Create((short)((dc + 4) >> 3));
        return Add(prediction, all, all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Add(Vector128<byte> prediction, Vector128<short> upper, Vector128<short> lower)
    {
        (Vector128<ushort> upperSamples, Vector128<ushort> lowerSamples) = Vector128.Widen(prediction);
        return ToBytes(upperSamples.AsInt16() + upper, lowerSamples.AsInt16() + lower);
    }

    /// <summary>A one-dimensional transform of four columns at once.</summary>
    /// <param name="upper">Rows 0 and 1.</param>
    /// <param name="lower">Rows 2 and 3.</param>
    /// <param name="rounding">Added to row 0.</param>
    /// <returns>Rows 0 and 1, rows 2 and 3.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<short> Upper, Vector128<short> Lower) Pass(Vector128<short> upper, Vector128<short> lower, Vector128<short> rounding)
    {
        Vector128<short> firstHalf = Vector128.Create(-1, 0).AsInt16();
        Vector128<short> even = FirstHalves(upper, lower) + rounding;
        Vector128<short> odd = SecondHalves(upper, lower);

        // a = row 0 + row 2, b = row 0 - row 2; c = sin · row 1 - cos · row 3, d = sin · row 3 + cos · row 1.
        Vector128<short> ab = Negate(SecondHalves(even, even), ~firstHalf) + FirstHalves(even, even);
        Vector128<short> sin = MultiplyHigh(odd, SinMinusOne) + odd;
        Vector128<short> cos = MultiplyHigh(odd, CosMinusOne) + odd;
        Vector128<short> cd = sin + Negate(SwapHalves(cos), firstHalf);
        return (ab + SwapHalves(cd), SwapHalves(ab) - cd);
    }

    /// <summary>Negates where all bits of <paramref name="where"/> are set.</summary>
    private static Vector128<short> Negate(Vector128<short> value, Vector128<short> where) => (value ^ where) - where;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<short> Upper, Vector128<short> Lower) Transpose(Vector128<short> upper, Vector128<short> lower)
    {
        if (Sse2.IsSupported)
        {
            // Rows 0 and 2 interleaved, rows 1 and 3 interleaved; then both.
            Vector128<short> rows02 = Sse2.UnpackLow(upper, lower);
            Vector128<short> rows13 = Sse2.UnpackHigh(upper, lower);
            return (Sse2.UnpackLow(rows02, rows13), Sse2.UnpackHigh(rows02, rows13));
        }

        // Each result takes half of its bytes from either row pair; index 255 makes the others zero.
        Vector128<byte> u = upper.AsByte();
        Vector128<byte> l = lower.AsByte();
        Vector128<byte> left =
            Vector128.Shuffle(u, Vector128.Create((byte)0, 1, 8, 9, 255, 255, 255, 255, 2, 3, 10, 11, 255, 255, 255, 255))
            | Vector128.Shuffle(l, Vector128.Create((byte)255, 255, 255, 255, 0, 1, 8, 9, 255, 255, 255, 255, 2, 3, 10, 11));
        Vector128<byte> right =
            Vector128.Shuffle(u, Vector128.Create((byte)4, 5, 12, 13, 255, 255, 255, 255, 6, 7, 14, 15, 255, 255, 255, 255))
            | Vector128.Shuffle(l, Vector128.Create((byte)255, 255, 255, 255, 4, 5, 12, 13, 255, 255, 255, 255, 6, 7, 14, 15));
        return (left.AsInt16(), right.AsInt16());
    }
}
