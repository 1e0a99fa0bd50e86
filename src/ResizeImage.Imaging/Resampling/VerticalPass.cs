using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Resampling;

/// <summary>Resamples vertically: the weighted sum of rows.</summary>
internal static class VerticalPass
{
    /// <summary>Sums rows in order, four at a time, which saves three of four loads and stores of the sum.</summary>
    /// <param name="ring">Rows as long as <paramref name="total"/>; the first row follows the last.</param>
    /// <param name="first">The row of the ring that the first weight belongs to.</param>
    /// <param name="weights">At most as many as the ring has rows.</param>
    /// <param name="total">Receives the sum.</param>
    public static void Run(ReadOnlySpan<float> ring, int first, ReadOnlySpan<float> weights, Span<float> total)
    {
        int rows = ring.Length / total.Length;
        total.Clear();
        int k = 0;
        for (; k <= weights.Length - 4; k += 4)
        {
            AddScaled(
                Row(ring, first + k, rows, total.Length),
                Row(ring, first + k + 1, rows, total.Length),
                Row(ring, first + k + 2, rows, total.Length),
                Row(ring, first + k + 3, rows, total.Length),
                weights.Slice(k, 4),
                total);
        }

        for (; k < weights.Length; k++)
        {
            AddScaled(Row(ring, first + k, rows, total.Length), weights[k], total);
        }
    }

    private static ReadOnlySpan<float> Row(ReadOnlySpan<float> ring, int row, int rows, int length) =>
        ring.Slice((row < rows ? row : row - rows) * length, length);

    private static void AddScaled(
        ReadOnlySpan<float> row0, ReadOnlySpan<float> row1, ReadOnlySpan<float> row2, ReadOnlySpan<float> row3, ReadOnlySpan<float> weights, Span<float> total)
    {
        Span<Vector256<float>> sums = MemoryMarshal.Cast<float, Vector256<float>>(total);
        ReadOnlySpan<Vector256<float>> vectors0 = MemoryMarshal.Cast<float, Vector256<float>>(row0)[..sums.Length];
        ReadOnlySpan<Vector256<float>> vectors1 = MemoryMarshal.Cast<float, Vector256<float>>(row1)[..sums.Length];
        ReadOnlySpan<Vector256<float>> vectors2 = MemoryMarshal.Cast<float, Vector256<float>>(row2)[..sums.Length];
        ReadOnlySpan<Vector256<float>> vectors3 = MemoryMarshal.Cast<float, Vector256<float>>(row3)[..sums.Length];
        (float weight0, float weight1, float weight2, float weight3) = (weights[0], weights[1], weights[2], weights[3]);
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = sums[i] + (vectors0[i] * weight0) + (vectors1[i] * weight1) + (vectors2[i] * weight2) + (vectors3[i] * weight3);
        }

        for (int i = sums.Length * Vector256<float>.Count; i < total.Length; i++)
        {
            total[i] = total[i] + (row0[i] * weight0) + (row1[i] * weight1) + (row2[i] * weight2) + (row3[i] * weight3);
        }
    }

    /// <summary>total += row · weight.</summary>
    private static void AddScaled(ReadOnlySpan<float> row, float weight, Span<float> total)
    {
        Span<Vector256<float>> sums = MemoryMarshal.Cast<float, Vector256<float>>(total);
        ReadOnlySpan<Vector256<float>> vectors = MemoryMarshal.Cast<float, Vector256<float>>(row)[..sums.Length];
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += vectors[i] * weight;
        }

        for (int i = sums.Length * Vector256<float>.Count; i < total.Length; i++)
        {
            total[i] += row[i] * weight;
        }
    }
}
