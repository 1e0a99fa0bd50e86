using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// The forward DCT (T.81 A.3.3), with the fixed point and the factorization of <see cref="InverseDct"/>.
/// </summary>
internal static class ForwardDct
{
    private const int ConstantBits = 13;
    private const int PassBits = 2;

    /// <summary>Transforms a block in place: all rows at once, then all columns at once.</summary>
    /// <param name="block">In: 64 samples minus 128, in rows. Out: coefficients times 8, in rows.</param>
    public static void Transform(Span<int> block)
    {
        Span<Vector256<int>> vectors = MemoryMarshal.Cast<int, Vector256<int>>(block)[..8];
        Transpose(block);
        Transform1D(vectors, PassBits, ConstantBits - PassBits);
        Transpose(block);
        Transform1D(vectors, -PassBits, ConstantBits + PassBits);
    }

    /// <param name="v">Eight vectors; each has one element of each of eight rows or columns.</param>
    /// <param name="scale">Bits to shift left the results that need no multiplication.</param>
    /// <param name="shift">Bits to shift right all other results.</param>
    private static void Transform1D(Span<Vector256<int>> v, int scale, int shift)
    {
        v = v[..8];
        Vector256<int> s0 = v[0] + v[7];
        Vector256<int> d0 = v[0] - v[7];
        Vector256<int> s1 = v[1] + v[6];
        Vector256<int> d1 = v[1] - v[6];
        Vector256<int> s2 = v[2] + v[5];
        Vector256<int> d2 = v[2] - v[5];
        Vector256<int> s3 = v[3] + v[4];
        Vector256<int> d3 = v[3] - v[4];

        // Even part.
        Vector256<int> a0 = s0 + s3;
        Vector256<int> a1 = s1 + s2;
        Vector256<int> b0 = s0 - s3;
        Vector256<int> b1 = s1 - s2;
        v[0] = scale > 0 ? (a0 + a1) << scale : Descale(a0 + a1, -scale);
        v[4] = scale > 0 ? (a0 - a1) << scale : Descale(a0 - a1, -scale);
        Vector256<int> z = (b0 + b1) * 4433;
        v[2] = Descale(z + (b0 * 6270), shift);
        v[6] = Descale(z - (b1 * 15137), shift);

        // Odd part; the constants are those of the inverse.
        Vector256<int> z1 = (d3 + d0) * -7373;
        Vector256<int> z2 = (d2 + d1) * -20995;
        Vector256<int> z5 = (d3 + d1 + d2 + d0) * 9633;
        Vector256<int> z3 = ((d3 + d1) * -16069) + z5;
        Vector256<int> z4 = ((d2 + d0) * -3196) + z5;
        v[7] = Descale((d3 * 2446) + z1 + z3, shift);
        v[5] = Descale((d2 * 16819) + z2 + z4, shift);
        v[3] = Descale((d1 * 25172) + z2 + z3, shift);
        v[1] = Descale((d0 * 12299) + z1 + z4, shift);
    }

    /// <summary>Transposes each quarter of the block, and swaps the upper right one with the lower left one.</summary>
    private static void Transpose(Span<int> block)
    {
        Span<Vector128<int>> halves = MemoryMarshal.Cast<int, Vector128<int>>(block)[..16];
        (halves[0], halves[2], halves[4], halves[6]) = Transpose(halves[0], halves[2], halves[4], halves[6]);
        (halves[9], halves[11], halves[13], halves[15]) = Transpose(halves[9], halves[11], halves[13], halves[15]);
        var upperRight = (halves[1], halves[3], halves[5], halves[7]);
        (halves[1], halves[3], halves[5], halves[7]) = Transpose(halves[8], halves[10], halves[12], halves[14]);
        (halves[8], halves[10], halves[12], halves[14]) = Transpose(upperRight.Item1, upperRight.Item2, upperRight.Item3, upperRight.Item4);
    }

    /// <summary>Transposes 4×4 elements: swaps quarters of them, then the single elements of each quarter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<int> R0, Vector128<int> R1, Vector128<int> R2, Vector128<int> R3) Transpose(
        Vector128<int> r0, Vector128<int> r1, Vector128<int> r2, Vector128<int> r3)
    {
        var lower = Vector128.Create(-1, -1, 0, 0);
        var even = Vector128.Create(-1, 0, -1, 0);
        Vector128<int> t0 = Vector128.ConditionalSelect(lower, r0, Vector128.Shuffle(r2, Vector128.Create(0, 1, 0, 1)));
        Vector128<int> t1 = Vector128.ConditionalSelect(lower, r1, Vector128.Shuffle(r3, Vector128.Create(0, 1, 0, 1)));
        Vector128<int> t2 = Vector128.ConditionalSelect(lower, Vector128.Shuffle(r0, Vector128.Create(2, 3, 2, 3)), r2);
        Vector128<int> t3 = Vector128.ConditionalSelect(lower, Vector128.Shuffle(r1, Vector128.Create(2, 3, 2, 3)), r3);
        return (
            Vector128.ConditionalSelect(even, t0, Vector128.Shuffle(t1, Vector128.Create(0, 0, 2, 2))),
            Vector128.ConditionalSelect(even, Vector128.Shuffle(t0, Vector128.Create(1, 1, 3, 3)), t1),
            Vector128.ConditionalSelect(even, t2, Vector128.Shuffle(t3, Vector128.Create(0, 0, 2, 2))),
            Vector128.ConditionalSelect(even, Vector128.Shuffle(t2, Vector128.Create(1, 1, 3, 3)), t3));
    }

    private static Vector256<int> Descale(Vector256<int> value, int shift) => (value + Vector256.Create(1 << (shift - 1))) >> shift;
}
