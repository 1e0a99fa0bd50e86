using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The inverse DCT of a 4×4 block (RFC 6386, 14.4), added to its prediction. One vector holds the samples as four rows of four.</summary>
internal static class InverseDct4
{
    // √2 cos(π/8) and √2 sin(π/8), times 65536; the first without its integer part.
    private const int CosMinusOne = 20091;
    private const int Sin = 35468;

    /// <summary>Adds the residual of a block.</summary>
    /// <param name="prediction">Sixteen samples.</param>
    /// <param name="block">Sixteen coefficients in rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Add(Vector128<byte> prediction, ReadOnlySpan<short> block)
    {
        (Vector128<int> r0, Vector128<int> r1) = Vector128.Widen(Vector128.Create(block[..8]));
        (Vector128<int> r2, Vector128<int> r3) = Vector128.Widen(Vector128.Create(block[8..16]));
        (Vector128<short> upper, Vector128<short> lower) = Pass(r0, r1, r2, r3, Vector128<int>.Zero, 0);
        (upper, lower) = Transpose(upper, lower);
        (r0, r1) = Vector128.Widen(upper);
        (r2, r3) = Vector128.Widen(lower);
        (upper, lower) = Pass(r0, r1, r2, r3, Vector128.Create(4), 3);
        (upper, lower) = Transpose(upper, lower);
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
        return Vector128.Narrow(Clamp(upperSamples.AsInt16() + upper), Clamp(lowerSamples.AsInt16() + lower));
    }

    /// <summary>A one-dimensional transform of four columns at once.</summary>
    /// <returns>Rows 0 and 1, rows 2 and 3.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<short> Upper, Vector128<short> Lower) Pass(
        Vector128<int> r0, Vector128<int> r1, Vector128<int> r2, Vector128<int> r3, Vector128<int> rounding, int shift)
    {
        r0 += rounding;
        Vector128<int> a = r0 + r2;
        Vector128<int> b = r0 - r2;
        Vector128<int> c = TimesSin(r1) - TimesCos(r3);
        Vector128<int> d = TimesCos(r1) + TimesSin(r3);
        return (
            Vector128.Narrow((a + d) >> shift, (b + c) >> shift),
            Vector128.Narrow((b - c) >> shift, (a - d) >> shift));
    }

    private static Vector128<int> TimesCos(Vector128<int> value) => value + ((value * CosMinusOne) >> 16);

    private static Vector128<int> TimesSin(Vector128<int> value) => (value * Sin) >> 16;

    /// <summary>Transposes: each result takes half of its bytes from either row pair; index 255 makes the others zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<short> Upper, Vector128<short> Lower) Transpose(Vector128<short> upper, Vector128<short> lower)
    {
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

    private static Vector128<ushort> Clamp(Vector128<short> samples) =>
        Vector128.Min(Vector128.Max(samples, Vector128<short>.Zero), Vector128.Create((short)255)).AsUInt16();
}
