namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// The forward DCT (T.81 A.3.3), in the same fixed point and by the same factorisation as <see cref="InverseDct"/>.
/// </summary>
internal static class ForwardDct
{
    private const int ConstantBits = 13;
    private const int PassBits = 2;

    /// <summary>Transforms a block in place.</summary>
    /// <param name="block">In: 64 samples minus 128, in rows. Out: coefficients times 8.</param>
    public static void Transform(Span<int> block)
    {
        for (int y = 0; y < 8; y++)
        {
            Transform1D(block, 8 * y, 1, PassBits, ConstantBits - PassBits);
        }

        for (int x = 0; x < 8; x++)
        {
            Transform1D(block, x, 8, -PassBits, ConstantBits + PassBits);
        }
    }

    /// <param name="block">The block.</param>
    /// <param name="at">Index of the first element.</param>
    /// <param name="step">Distance of elements.</param>
    /// <param name="scale">Bits by which the results that need no multiplication are scaled up.</param>
    /// <param name="shift">Bits by which the others are scaled down.</param>
    private static void Transform1D(Span<int> block, int at, int step, int scale, int shift)
    {
        int s0 = block[at] + block[at + (7 * step)];
        int d0 = block[at] - block[at + (7 * step)];
        int s1 = block[at + step] + block[at + (6 * step)];
        int d1 = block[at + step] - block[at + (6 * step)];
        int s2 = block[at + (2 * step)] + block[at + (5 * step)];
        int d2 = block[at + (2 * step)] - block[at + (5 * step)];
        int s3 = block[at + (3 * step)] + block[at + (4 * step)];
        int d3 = block[at + (3 * step)] - block[at + (4 * step)];

        // Even part.
        int a0 = s0 + s3;
        int a1 = s1 + s2;
        int b0 = s0 - s3;
        int b1 = s1 - s2;
        block[at] = scale > 0 ? (a0 + a1) << scale : Descale(a0 + a1, -scale);
        block[at + (4 * step)] = scale > 0 ? (a0 - a1) << scale : Descale(a0 - a1, -scale);
        int z = (b0 + b1) * 4433;
        block[at + (2 * step)] = Descale(z + (b0 * 6270), shift);
        block[at + (6 * step)] = Descale(z - (b1 * 15137), shift);

        // Odd part; the constants are those of the inverse.
        int z1 = (d3 + d0) * -7373;
        int z2 = (d2 + d1) * -20995;
        int z5 = (d3 + d1 + d2 + d0) * 9633;
        int z3 = ((d3 + d1) * -16069) + z5;
        int z4 = ((d2 + d0) * -3196) + z5;
        block[at + (7 * step)] = Descale((d3 * 2446) + z1 + z3, shift);
        block[at + (5 * step)] = Descale((d2 * 16819) + z2 + z4, shift);
        block[at + (3 * step)] = Descale((d1 * 25172) + z2 + z3, shift);
        block[at + step] = Descale((d0 * 12299) + z1 + z4, shift);
    }

    private static int Descale(int value, int shift) => (value + (1 << (shift - 1))) >> shift;
}
