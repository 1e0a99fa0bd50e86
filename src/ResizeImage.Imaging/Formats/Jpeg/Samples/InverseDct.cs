namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// The inverse DCT (T.81 A.3.3) of a block to 8×8 samples; <see cref="LowInverseDct"/> makes fewer samples. Fixed point with 13 bits for
/// constants and 2 more bits between the passes, as in Loeffler, Ligtenberg and Moschytz, "Practical fast 1-D DCT algorithms with 11
/// multiplications" (ICASSP 1989) and the accurate integer method of libjpeg. All sums are exact, so every machine gives the same samples.
/// </summary>
internal static class InverseDct
{
    private const int ConstantBits = 13;
    private const int PassBits = 2;

    /// <summary>Transforms one block.</summary>
    /// <param name="coefficients">64 quantized coefficients in rows.</param>
    /// <param name="quantization">64 quantization steps in rows.</param>
    /// <param name="samples">Receives 8 rows of 8 samples.</param>
    /// <param name="stride">Distance between rows in <paramref name="samples"/>.</param>
    public static void Transform(ReadOnlySpan<short> coefficients, ReadOnlySpan<ushort> quantization, Span<byte> samples, int stride)
    {
        Span<int> workspace = stackalloc int[64];
        Span<int> column = stackalloc int[8];
        for (int x = 0; x < 8; x++)
        {
            int any = 0;
            for (int y = 0; y < 8; y++)
            {
                column[y] = coefficients[(8 * y) + x] * quantization[(8 * y) + x];
                any |= y == 0 ? 0 : column[y];
            }

            if (any == 0)
            {
                for (int y = 0; y < 8; y++)
                {
                    workspace[(8 * y) + x] = column[0] << PassBits;
                }

                continue;
            }

            Transform1D(column, ConstantBits - PassBits);
            for (int y = 0; y < 8; y++)
            {
                workspace[(8 * y) + x] = column[y];
            }
        }

        for (int y = 0; y < 8; y++)
        {
            Span<int> row = workspace.Slice(8 * y, 8);
            Transform1D(row, ConstantBits + PassBits + 3);
            Span<byte> output = samples.Slice(y * stride, 8);
            for (int x = 0; x < 8; x++)
            {
                output[x] = Sample(row[x]);
            }
        }
    }

    /// <summary>Eight-point transform in place; the result is divided by 2^<paramref name="shift"/>.</summary>
    private static void Transform1D(Span<int> v, int shift)
    {
        // Even part: a rotation of c2, c6 by 6π/16, and butterflies with c0, c4.
        int z1 = (v[2] + v[6]) * 4433;              // √2 cos(6π/16)
        int e2 = z1 - (v[6] * 15137);               // √2 (cos(2π/16) + cos(6π/16))
        int e3 = z1 + (v[2] * 6270);                // √2 (cos(2π/16) - cos(6π/16))
        int e0 = (v[0] + v[4]) << ConstantBits;
        int e1 = (v[0] - v[4]) << ConstantBits;
        int a0 = e0 + e3;
        int a3 = e0 - e3;
        int a1 = e1 + e2;
        int a2 = e1 - e2;

        // Odd part: two rotations that share products.
        int o0 = v[7];
        int o1 = v[5];
        int o2 = v[3];
        int o3 = v[1];
        int s1 = (o0 + o3) * -7373;                 // √2 (cos(7π/16) - cos(3π/16))
        int s2 = (o1 + o2) * -20995;                // √2 (-cos(π/16) - cos(3π/16))
        int s5 = (o0 + o2 + o1 + o3) * 9633;        // √2 cos(3π/16)
        int s3 = ((o0 + o2) * -16069) + s5;         // √2 (-cos(3π/16) - cos(5π/16))
        int s4 = ((o1 + o3) * -3196) + s5;          // √2 (cos(5π/16) - cos(3π/16))
        o0 = (o0 * 2446) + s1 + s3;                 // √2 (-cos(π/16) + cos(3π/16) + cos(5π/16) - cos(7π/16))
        o1 = (o1 * 16819) + s2 + s4;                // √2 (cos(π/16) + cos(3π/16) - cos(5π/16) + cos(7π/16))
        o2 = (o2 * 25172) + s2 + s3;                // √2 (cos(π/16) + cos(3π/16) + cos(5π/16) - cos(7π/16))
        o3 = (o3 * 12299) + s1 + s4;                // √2 (cos(π/16) + cos(3π/16) - cos(5π/16) - cos(7π/16))

        v[0] = Descale(a0 + o3, shift);
        v[7] = Descale(a0 - o3, shift);
        v[1] = Descale(a1 + o2, shift);
        v[6] = Descale(a1 - o2, shift);
        v[2] = Descale(a2 + o1, shift);
        v[5] = Descale(a2 - o1, shift);
        v[3] = Descale(a3 + o0, shift);
        v[4] = Descale(a3 - o0, shift);
    }

    private static int Descale(int value, int shift) => (value + (1 << (shift - 1))) >> shift;

    private static byte Sample(int value) => (byte)Math.Clamp(value + 128, 0, 255);
}
