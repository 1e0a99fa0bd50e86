using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// The inverse DCT (T.81 A.3.3) of a block to 8×8 samples; <see cref="LowInverseDct"/> makes fewer samples. Fixed point with 13 bits for
/// constants and 2 more bits between the passes, as in Loeffler, Ligtenberg and Moschytz, "Practical fast 1-D DCT algorithms with 11
/// multiplications" (ICASSP 1989) and the accurate integer method of libjpeg. Dequantized coefficients wrap at 16 bits, and the results of the
/// first pass saturate there, as in the vector code of libjpeg-turbo; valid files have no such values. Every machine gives the same samples.
/// </summary>
internal static partial class InverseDct
{
    private const int ConstantBits = 13;
    private const int PassBits = 2;

    /// <summary>
    /// Transforms one block: all columns at once, then all rows at once. One at a time takes five times as long, which is 45 % of the thumbnail of a
    /// photo of 2 megapixels.
    /// </summary>
    /// <param name="coefficients">64 quantized coefficients in rows.</param>
    /// <param name="quantization">64 quantization steps in rows.</param>
    /// <param name="samples">Receives 8 rows of 8 samples.</param>
    /// <param name="stride">Distance between rows in <paramref name="samples"/>.</param>
    public static void Transform(ReadOnlySpan<short> coefficients, ReadOnlySpan<ushort> quantization, Span<byte> samples, int stride)
    {
        if (Avx2.IsSupported)
        {
            TransformPairs(coefficients, quantization, samples, stride);
        }
        else
        {
            TransformWide(coefficients, quantization, samples, stride);
        }
    }

    /// <summary>The same for any machine, in elements of 32 bits.</summary>
    public static void TransformWide(ReadOnlySpan<short> coefficients, ReadOnlySpan<ushort> quantization, Span<byte> samples, int stride)
    {
        ReadOnlySpan<Vector128<short>> rows = MemoryMarshal.Cast<short, Vector128<short>>(coefficients)[..8];
        ReadOnlySpan<Vector128<ushort>> steps = MemoryMarshal.Cast<ushort, Vector128<ushort>>(quantization)[..8];
        Span<Vector256<int>> v = stackalloc Vector256<int>[8];
        for (int y = 0; y < v.Length; y++)
        {
            v[y] = Vector256.WidenLower((rows[y] * steps[y].AsInt16()).ToVector256Unsafe());
        }

        Transform1D(v, ConstantBits - PassBits);
        foreach (ref Vector256<int> row in v)
        {
            row = Vector256.Min(Vector256.Max(row, Vector256.Create((int)short.MinValue)), Vector256.Create((int)short.MaxValue));
        }

        BlockTransposition.Transpose(v);
        Transform1D(v, ConstantBits + PassBits + 3);
        Store(v, samples, stride);
    }

    /// <summary>Eight-point transforms in place, one in each element; the results are divided by 2^<paramref name="shift"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transform1D(Span<Vector256<int>> v, int shift)
    {
        v = v[..8];

        // Even part: a rotation of c2, c6 by 6π/16, and butterflies with c0, c4.
        Vector256<int> z1 = (v[2] + v[6]) * 4433;                  // √2 cos(6π/16)
        Vector256<int> e2 = z1 - (v[6] * 15137);                   // √2 (cos(2π/16) + cos(6π/16))
        Vector256<int> e3 = z1 + (v[2] * 6270);                    // √2 (cos(2π/16) - cos(6π/16))
        Vector256<int> e0 = (v[0] + v[4]) << ConstantBits;
        Vector256<int> e1 = (v[0] - v[4]) << ConstantBits;
        Vector256<int> half = Vector256.Create(1 << (shift - 1));  // for rounding
        Vector256<int> a0 = e0 + e3 + half;
        Vector256<int> a3 = e0 - e3 + half;
        Vector256<int> a1 = e1 + e2 + half;
        Vector256<int> a2 = e1 - e2 + half;

        // Odd part: two rotations that share products.
        Vector256<int> o0 = v[7];
        Vector256<int> o1 = v[5];
        Vector256<int> o2 = v[3];
        Vector256<int> o3 = v[1];
        Vector256<int> s1 = (o0 + o3) * -7373;                     // √2 (cos(7π/16) - cos(3π/16))
        Vector256<int> s2 = (o1 + o2) * -20995;                    // √2 (-cos(π/16) - cos(3π/16))
        Vector256<int> s5 = (o0 + o2 + o1 + o3) * 9633;            // √2 cos(3π/16)
        Vector256<int> s3 = ((o0 + o2) * -16069) + s5;             // √2 (-cos(3π/16) - cos(5π/16))
        Vector256<int> s4 = ((o1 + o3) * -3196) + s5;              // √2 (cos(5π/16) - cos(3π/16))
        o0 = (o0 * 2446) + s1 + s3;                                // √2 (-cos(π/16) + cos(3π/16) + cos(5π/16) - cos(7π/16))
        o1 = (o1 * 16819) + s2 + s4;                               // √2 (cos(π/16) + cos(3π/16) - cos(5π/16) + cos(7π/16))
        o2 = (o2 * 25172) + s2 + s3;                               // √2 (cos(π/16) + cos(3π/16) + cos(5π/16) - cos(7π/16))
        o3 = (o3 * 12299) + s1 + s4;                               // √2 (cos(π/16) + cos(3π/16) - cos(5π/16) - cos(7π/16))

        v[0] = (a0 + o3) >> shift;
        v[7] = (a0 - o3) >> shift;
        v[1] = (a1 + o2) >> shift;
        v[6] = (a1 - o2) >> shift;
        v[2] = (a2 + o1) >> shift;
        v[5] = (a2 - o1) >> shift;
        v[3] = (a3 + o0) >> shift;
        v[4] = (a3 - o0) >> shift;
    }

    /// <summary>Stores columns, without a packing instruction.</summary>
    private static void Store(Span<Vector256<int>> v, Span<byte> samples, int stride)
    {
        BlockTransposition.Transpose(v);
        for (int y = 0; y < v.Length; y++)
        {
            Vector256<int> row = v[y] + Vector256.Create(128);
            row = Vector256.Min(Vector256.Max(row, Vector256<int>.Zero), Vector256.Create(255));
            Vector128<ushort> words = Vector128.Narrow(row.GetLower().AsUInt32(), row.GetUpper().AsUInt32());
            MemoryMarshal.Write(samples[(y * stride)..], Vector128.Narrow(words, words).AsUInt64().ToScalar());
        }
    }
}
