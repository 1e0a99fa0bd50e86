using System.Numerics;
using System.Runtime.CompilerServices;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Shrink-on-load: the inverse DCT (T.81 A.3.3) of only the lowest coefficients, for reduced scales. It transforms several blocks of a row at
/// once, one in each element of a vector, in floating point. Each block's sums are the same for every width of vector.
/// </summary>
internal static class LowInverseDct
{
    /// <summary>Rows of blocks are padded to a multiple of this, for any width of vector.</summary>
    public const int BlockAlignment = 16;

    /// <summary>
    /// The last coefficient, in zig-zag order, that a reduced decode uses: at 1/2 and 3/8, those whose row and column numbers add up to at
    /// most 4, or 3 where that takes much longer and is hardly visible. Of 61 photos at 1/2 for 200 pixels, compared with a float linear-light
    /// Lanczos of the full decode, SSIMULACRA2 is 94.0 in the mean with 14, 92.7 with 9, 94.2 with 20 and 94.8 with all. 9 save an eighth of the
    /// time.
    /// At 1/4, those that add up to at most 2: of 26 photos, 93.5 with 5 and 92.1 with 4, in 4 % more time, because the detail within a sample
    /// is known; 94.2 with 9, in 11 % more.
    /// </summary>
    /// <param name="window">The wanted pixels and their scale.</param>
    public static int LastCoefficient(DecodeWindow window) =>
        window.Eighths switch { 8 => 63, 4 or 3 => window.Reduction < DetailedBelow ? 14 : 9, 2 => 5, _ => 0 };

    /// <summary>If a thumbnail is reduced by less, frequencies that only coefficients above 9 have are visible.</summary>
    private const double DetailedBelow = 6;

    /// <summary>Coefficients of a row of <see cref="Basis"/>.</summary>
    private const int Frequencies = 5;

    /// <summary>What sRGB adds to a code value before the power (IEC 61966-2-1): 0.055 · 255.</summary>
    private const float CurveOffset = 14;

    /// <summary>L″/L′ of the power 2.4, times the argument.</summary>
    private const float Curvature = 1.4f;

    /// <summary>Transforms a row of blocks.</summary>
    /// <param name="row">Coefficients 0 to 14, 0 to 9, 0 to 5, or 0 alone; may have more.</param>
    /// <param name="last">The last coefficient that counts: 14, 9, 5 or 0.</param>
    /// <param name="quantization">64 quantization steps in rows.</param>
    /// <param name="size">Samples per row and column of a block in the result: 8, 6, 4, 3, 2 or 1; each is the exact mean of its samples of 8×8.</param>
    /// <param name="samples">Receives the samples; each row has room for the blocks padded to <see cref="BlockAlignment"/>.</param>
    /// <param name="stride">Distance between rows in <paramref name="samples"/>.</param>
    /// <param name="toMeanLight">True for code values that follow the curve of sRGB: estimates the mean of their light (<see cref="ToMeanLight"/>).</param>
    public static void Transform(
        CoefficientRow row, int last, ReadOnlySpan<ushort> quantization, int size, Span<byte> samples, int stride, bool toMeanLight = false)
    {
        ReadOnlySpan<float> basis = Basis(size);
        Span<Vector<float>> line = stackalloc Vector<float>[8];
        line = line[..size];
        for (int block = 0; block < row.Blocks; block += Vector<float>.Count)
        {
            Span<byte> target = samples[(block * size)..];
            switch (last)
            {
                case 0:
                    FromOne(row, block, quantization[0], line, target, stride);
                    break;
                case 5:
                    FromThree(row, block, quantization, basis, line, target, stride, toMeanLight);
                    break;
                default:
                    FromFive(row, block, last > 9, quantization, basis, line, target, stride, toMeanLight);
                    break;
            }
        }
    }

    /// <summary>Gives all samples of a block its mean.</summary>
    private static void FromOne(CoefficientRow row, int block, ushort step, Span<Vector<float>> line, Span<byte> samples, int stride)
    {
        line.Fill(DequantizedDc(row, block, step) * (1f / 8));
        for (int y = 0; y < line.Length; y++)
        {
            BlockSampleStore.Store(line, samples[(y * stride)..]);
        }
    }

    /// <summary>Transforms the coefficients whose row and column numbers add up to at most 2.</summary>
    private static void FromThree(
        CoefficientRow row,
        int block,
        ReadOnlySpan<ushort> quantization,
        ReadOnlySpan<float> basis,
        Span<Vector<float>> line,
        Span<byte> samples,
        int stride,
        bool toMeanLight)
    {
        Vector<float> c00 = DequantizedDc(row, block, quantization[0]);
        Vector<float> c01 = Dequantized(row, 1, block, quantization[1]);
        Vector<float> c10 = Dequantized(row, 2, block, quantization[8]);
        Vector<float> c20 = Dequantized(row, 3, block, quantization[16]);
        Vector<float> c11 = Dequantized(row, 4, block, quantization[9]);
        Vector<float> c02 = Dequantized(row, 5, block, quantization[2]);

        // What a mean of 4×4 takes from the energy of the first, 1 − cos²(π/16)·cos²(π/8), and more than all of the highest: the energy that is
        // skipped.
        Vector<float> variance = (((c01 * c01) + (c10 * c10)) * (0.18f / 64)) + (c11 * c11 * (2f / 64)) + (((c20 * c20) + (c02 * c02)) * (1.5f / 64));
        for (int y = 0; y < line.Length; y++)
        {
            ReadOnlySpan<float> down = basis.Slice(Frequencies * y, Frequencies);
            Vector<float> x0 = ((c00 * down[0]) + (c10 * down[1]) + (c20 * down[2])) * basis[0];
            Vector<float> x1 = (c01 * down[0]) + (c11 * down[1]);
            Vector<float> x2 = c02 * down[0];

            // Samples of the second half have the same sums, with the sign of the odd one reversed.
            for (int x = 0; x < (line.Length + 1) / 2; x++)
            {
                ReadOnlySpan<float> across = basis.Slice(Frequencies * x, Frequencies);
                Vector<float> even = x0 + (x2 * across[2]);
                Vector<float> odd = x1 * across[1];
                line[line.Length - 1 - x] = even - odd;
                line[x] = even + odd;
            }

            if (toMeanLight)
            {
                ToMeanLight(line, variance);
            }

            BlockSampleStore.Store(line, samples[(y * stride)..]);
        }
    }

    /// <summary>Transforms the coefficients whose row and column numbers add up to at most 4, or 3.</summary>
    private static void FromFive(
        CoefficientRow row,
        int block,
        bool isDetailed,
        ReadOnlySpan<ushort> quantization,
        ReadOnlySpan<float> basis,
        Span<Vector<float>> line,
        Span<byte> samples,
        int stride,
        bool toMeanLight)
    {
        Vector<float> c00 = DequantizedDc(row, block, quantization[0]);
        Vector<float> c01 = Dequantized(row, 1, block, quantization[1]);
        Vector<float> c10 = Dequantized(row, 2, block, quantization[8]);
        Vector<float> c20 = Dequantized(row, 3, block, quantization[16]);
        Vector<float> c11 = Dequantized(row, 4, block, quantization[9]);
        Vector<float> c02 = Dequantized(row, 5, block, quantization[2]);
        Vector<float> c03 = Dequantized(row, 6, block, quantization[3]);
        Vector<float> c12 = Dequantized(row, 7, block, quantization[10]);
        Vector<float> c21 = Dequantized(row, 8, block, quantization[17]);
        Vector<float> c30 = Dequantized(row, 9, block, quantization[24]);
        Vector<float> c40 = isDetailed ? Dequantized(row, 10, block, quantization[32]) : Vector<float>.Zero;
        Vector<float> c31 = isDetailed ? Dequantized(row, 11, block, quantization[25]) : Vector<float>.Zero;
        Vector<float> c22 = isDetailed ? Dequantized(row, 12, block, quantization[18]) : Vector<float>.Zero;
        Vector<float> c13 = isDetailed ? Dequantized(row, 13, block, quantization[11]) : Vector<float>.Zero;
        Vector<float> c04 = isDetailed ? Dequantized(row, 14, block, quantization[4]) : Vector<float>.Zero;

        ReadOnlySpan<float> weights = VarianceWeights(line.Length, isDetailed);
        Vector<float> variance = (((c01 * c01) + (c10 * c10)) * weights[0]) + (c11 * c11 * weights[1]) + (((c20 * c20) + (c02 * c02)) * weights[2])
            + (((c21 * c21) + (c12 * c12)) * weights[3]) + (((c30 * c30) + (c03 * c03)) * weights[4]);
        if (isDetailed)
        {
            variance += (c22 * c22 * weights[5]) + (((c31 * c31) + (c13 * c13)) * weights[6]) + (((c40 * c40) + (c04 * c04)) * weights[7]);
        }

        variance *= 1f / 64;
        for (int y = 0; y < line.Length; y++)
        {
            ReadOnlySpan<float> down = basis.Slice(Frequencies * y, Frequencies);
            Vector<float> x0 = ((c00 * down[0]) + (c10 * down[1]) + (c20 * down[2]) + (c30 * down[3]) + (c40 * down[4])) * basis[0];
            Vector<float> x1 = (c01 * down[0]) + (c11 * down[1]) + (c21 * down[2]) + (c31 * down[3]);
            Vector<float> x2 = (c02 * down[0]) + (c12 * down[1]) + (c22 * down[2]);
            Vector<float> x3 = (c03 * down[0]) + (c13 * down[1]);
            Vector<float> x4 = c04 * down[0];

            // Samples of the second half have the same sums, with the sign of the odd ones reversed.
            for (int x = 0; x < (line.Length + 1) / 2; x++)
            {
                ReadOnlySpan<float> across = basis.Slice(Frequencies * x, Frequencies);
                Vector<float> even = x0 + (x2 * across[2]) + (x4 * across[4]);
                Vector<float> odd = (x1 * across[1]) + (x3 * across[3]);
                line[line.Length - 1 - x] = even - odd;
                line[x] = even + odd;
            }

            if (toMeanLight)
            {
                ToMeanLight(line, variance);
            }

            BlockSampleStore.Store(line, samples[(y * stride)..]);
        }
    }

    /// <summary>
    /// What a mean of samples takes from the energy of the coefficients (0, 1), (1, 1), (0, 2), (1, 2), (0, 3), (2, 2), (1, 3) and (0, 4), where
    /// samples of 2×2 or 8/3 × 8/3 become one: 1 − k(u)·k(v), k(u) being the mean of the squares of <see cref="Basis"/> over that of all samples. The
    /// highest get more, for the energy that is skipped.
    /// </summary>
    private static ReadOnlySpan<float> VarianceWeights(int size, bool isDetailed) => (size % 3 == 0, isDetailed) switch
    {
        (false, false) => [0f, 0f, 0f, 1.3f, 1.3f],
        (false, true) => [0f, 0f, 0.15f, 0.18f, 0.31f, 1.47f, 1.54f, 1.7f],
        (true, false) => [0.11f, 0.2f, 0.38f, 1.7f, 1.7f],
        (true, true) => [0.11f, 0.2f, 0.38f, 0.45f, 1f, 1.47f, 1.54f, 1.7f],
    };

    /// <summary>
    /// Raises samples from the mean of code values to the code value of the mean light, which is brighter where a sample has detail within: by
    /// L″/(2L′) times its variance. Where coefficients are skipped, the variance is estimated from the block's highest ones: over the blocks of a
    /// photo, the correlation is mostly above 0.9. The factors were chosen by SSIMULACRA2 of 83 photos before encoding.
    /// </summary>
    /// <param name="line">Samples minus 128.</param>
    /// <param name="variance">Of each block, within a sample.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ToMeanLight(Span<Vector<float>> line, Vector<float> variance)
    {
        // If light were the square of y, the root of y² plus the variance would be exact for any distribution; Curvature adapts it to 2.4.
        const float Offset = 128 + CurveOffset;
        Vector<float> added = variance * Curvature;
        foreach (ref Vector<float> samples in line)
        {
            Vector<float> y = FloatVectors.Max(samples + new Vector<float>(Offset), Vector<float>.Zero);
            samples = Vector.SquareRoot((y * y) + added) - new Vector<float>(Offset);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Dequantized(CoefficientRow row, int k, int block, ushort step) =>
        Vector.ConvertToSingle(row.Load(k, block)) * step;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> DequantizedDc(CoefficientRow row, int block, ushort step) =>
        (Vector.ConvertToSingle(row.Load(0, block)) + new Vector<float>(row.DcMiddle)) * step;

    /// <summary>For each sample and coefficients 0 to 4: c(k)/2 · cos((2x+1)kπ/16), averaged over the 8 / size samples that become one.</summary>
    private static ReadOnlySpan<float> Basis(int size) => size switch
    {
        8 =>
        [
            0.35355339f, 0.49039264f, 0.46193977f, 0.41573481f, 0.35355339f,
            0.35355339f, 0.41573481f, 0.19134172f, -0.09754516f, -0.35355339f,
            0.35355339f, 0.27778512f, -0.19134172f, -0.49039264f, -0.35355339f,
            0.35355339f, 0.09754516f, -0.46193977f, -0.27778512f, 0.35355339f,
            0.35355339f, -0.09754516f, -0.46193977f, 0.27778512f, 0.35355339f,
            0.35355339f, -0.27778512f, -0.19134172f, 0.49039264f, -0.35355339f,
            0.35355339f, -0.41573481f, 0.19134172f, 0.09754516f, -0.35355339f,
            0.35355339f, -0.49039264f, 0.46193977f, -0.41573481f, 0.35355339f,
        ],
        6 =>
        [
            0.35355339f, 0.47172818f, 0.39429025f, 0.28741481f, 0.17677670f,
            0.35355339f, 0.34675996f, 0f, -0.29396890f, -0.35355339f,
            0.35355339f, 0.14260515f, -0.39429025f, -0.33093700f, 0.17677670f,
            0.35355339f, -0.14260515f, -0.39429025f, 0.33093700f, 0.17677670f,
            0.35355339f, -0.34675996f, 0f, 0.29396890f, -0.35355339f,
            0.35355339f, -0.47172818f, 0.39429025f, -0.28741481f, 0.17677670f,
        ],
        4 =>
        [
            0.35355339f, 0.45306372f, 0.32664074f, 0.15909482f, 0f,
            0.35355339f, 0.18766514f, -0.32664074f, -0.38408888f, 0f,
            0.35355339f, -0.18766514f, -0.32664074f, 0.38408888f, 0f,
            0.35355339f, -0.45306372f, 0.32664074f, -0.15909482f, 0f,
        ],
        3 =>
        [
            0.35355339f, 0.40924407f, 0.19714513f, -0.00327704f, -0.08838835f,
            0.35355339f, 0f, -0.39429025f, 0f, 0.17677670f,
            0.35355339f, -0.40924407f, 0.19714513f, 0.00327704f, -0.08838835f,
        ],
        2 =>
        [
            0.35355339f, 0.32036443f, 0f, -0.11249703f, 0f,
            0.35355339f, -0.32036443f, 0f, 0.11249703f, 0f,
        ],
        _ => [0.35355339f, 0f, 0f, 0f, 0f],
    };
}
