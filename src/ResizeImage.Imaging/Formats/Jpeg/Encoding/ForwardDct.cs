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
        BlockTransposition.Transpose(vectors);
        Transform1D(vectors, PassBits, ConstantBits - PassBits);
        BlockTransposition.Transpose(vectors);
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

    private static Vector256<int> Descale(Vector256<int> value, int shift) => (value + Vector256.Create(1 << (shift - 1))) >> shift;
}
