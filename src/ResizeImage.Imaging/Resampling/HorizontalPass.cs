using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Resampling;

/// <summary>Resamples rows horizontally. Four rows of four-channel pixels share the weights: twice as fast as one at a time.</summary>
internal static class HorizontalPass
{
    /// <summary>Rows that are resampled together.</summary>
    public const int Rows = 4;

    /// <summary>Resamples consecutive rows.</summary>
    /// <param name="linear"><see cref="Rows"/> rows of the decoded window.</param>
    /// <param name="firstInput">The input column of their first pixel.</param>
    /// <param name="map">Weights.</param>
    /// <param name="channels">1 or 4.</param>
    /// <param name="output"><see cref="Rows"/> rows of map.Outputs pixels.</param>
    public static void Run(ReadOnlySpan<float> linear, int firstInput, KernelMap map, int channels, Span<float> output)
    {
        int inputStride = linear.Length / Rows;
        int outputStride = map.Outputs * channels;
        for (int x = 0; x < map.Outputs; x++)
        {
            ReadOnlySpan<float> weights = map.Weights(x);
            ReadOnlySpan<float> window = linear[((map.Start(x) - firstInput) * channels)..];
            if (channels == 4)
            {
                SumPixels(window, inputStride, weights, output[(4 * x)..], outputStride);
                continue;
            }

            for (int row = 0; row < Rows; row++)
            {
                output[(row * outputStride) + x] = SumGray(window[(row * inputStride)..], weights);
            }
        }
    }

    private static float SumGray(ReadOnlySpan<float> samples, ReadOnlySpan<float> weights)
    {
        float sum = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            sum += samples[k] * weights[k];
        }

        return sum;
    }

    /// <summary>Sums even and odd pixels separately, in the two halves of a vector, and adds the two sums.</summary>
    private static void SumPixels(ReadOnlySpan<float> window, int inputStride, ReadOnlySpan<float> weights, Span<float> output, int outputStride)
    {
        ReadOnlySpan<ulong> weightPairs = MemoryMarshal.Cast<float, ulong>(weights);
        ReadOnlySpan<Vector256<float>> row0 = Pairs(window, weightPairs.Length);
        ReadOnlySpan<Vector256<float>> row1 = Pairs(window[inputStride..], weightPairs.Length);
        ReadOnlySpan<Vector256<float>> row2 = Pairs(window[(2 * inputStride)..], weightPairs.Length);
        ReadOnlySpan<Vector256<float>> row3 = Pairs(window[(3 * inputStride)..], weightPairs.Length);
        Vector256<float> sum0 = Vector256<float>.Zero;
        Vector256<float> sum1 = Vector256<float>.Zero;
        Vector256<float> sum2 = Vector256<float>.Zero;
        Vector256<float> sum3 = Vector256<float>.Zero;
        for (int k = 0; k < weightPairs.Length; k++)
        {
            // Both weights in one load; each multiplies the four channels of its pixel.
            Vector128<float> both = Vector128.CreateScalarUnsafe(weightPairs[k]).AsSingle();
            var each = Vector256.Create(
                Vector128.Shuffle(both, Vector128.Create(0, 0, 0, 0)), Vector128.Shuffle(both, Vector128.Create(1, 1, 1, 1)));
            sum0 += row0[k] * each;
            sum1 += row1[k] * each;
            sum2 += row2[k] * each;
            sum3 += row3[k] * each;
        }

        Vector128<float> even0 = sum0.GetLower();
        Vector128<float> even1 = sum1.GetLower();
        Vector128<float> even2 = sum2.GetLower();
        Vector128<float> even3 = sum3.GetLower();
        if ((weights.Length & 1) != 0)
        {
            float weight = weights[^1];
            int last = 4 * (weights.Length - 1);
            even0 += Vector128.Create(window[last..]) * weight;
            even1 += Vector128.Create(window[(last + inputStride)..]) * weight;
            even2 += Vector128.Create(window[(last + (2 * inputStride))..]) * weight;
            even3 += Vector128.Create(window[(last + (3 * inputStride))..]) * weight;
        }

        (even0 + sum0.GetUpper()).CopyTo(output);
        (even1 + sum1.GetUpper()).CopyTo(output[outputStride..]);
        (even2 + sum2.GetUpper()).CopyTo(output[(2 * outputStride)..]);
        (even3 + sum3.GetUpper()).CopyTo(output[(3 * outputStride)..]);
    }

    private static ReadOnlySpan<Vector256<float>> Pairs(ReadOnlySpan<float> row, int count) =>
        MemoryMarshal.Cast<float, Vector256<float>>(row)[..count];
}
