using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Formats;

namespace ResizeImage.Imaging.Resampling;

/// <summary>
/// Resamples rows as they come from a decoder, in linear light with premultiplied alpha: each row across at once, and down as soon as a
/// row of the result has all it needs. Holds the window of rows under the kernel, not the picture. Sums are taken in one
/// fixed order without fused multiply-add, so that every machine gives the same bytes.
/// </summary>
internal static class Resampler
{
    /// <summary>Bytes that <see cref="Run"/> takes besides what the decoder does.</summary>
    public static long EstimateMemory(ThumbnailPlan plan, int bytesPerPixel)
    {
        long pixel = 4 * sizeof(float);
        long ring = (long)plan.Rows.MaxLength * plan.Columns.Outputs * pixel;
        long row = plan.Window.Width * (bytesPerPixel + pixel);
        return ring + row + ((long)plan.Columns.Outputs * plan.Rows.Outputs * 4);
    }

    /// <summary>Reads all rows and makes the resampled picture, not yet turned upright.</summary>
    public static Bitmap Run(RowReader reader, ThumbnailPlan plan)
    {
        DecodeWindow window = plan.Window;
        PixelLayout layout = reader.Layout;
        int channels = LinearRow.Channels(layout);
        int width = plan.Columns.Outputs;
        int height = plan.Rows.Outputs;
        int outputChannels = channels == 1 ? 1 : layout.HasAlpha() ? 4 : 3;
        byte[] samples = new byte[width * height * outputChannels];

        int stride = width * channels;
        byte[] row = ArrayPool<byte>.Shared.Rent(window.Width * layout.BytesPerPixel());
        float[] linear = ArrayPool<float>.Shared.Rent(window.Width * channels);
        float[] ring = ArrayPool<float>.Shared.Rent(plan.Rows.MaxLength * stride);
        float[] sum = ArrayPool<float>.Shared.Rent(stride);
        try
        {
            int read = window.Y;
            for (int y = 0; y < height; y++)
            {
                int start = plan.Rows.Start(y);
                ReadOnlySpan<float> weights = plan.Rows.Weights(y);
                for (; read < start + weights.Length; read++)
                {
                    Span<byte> source = row.AsSpan(0, window.Width * layout.BytesPerPixel());
                    reader.ReadRow(source);
                    LinearRow.Convert(source, layout, linear);
                    Span<float> target = ring.AsSpan(read % plan.Rows.MaxLength * stride, stride);
                    ResampleRow(linear, window.X, plan.Columns, channels, target);
                }

                Span<float> total = sum.AsSpan(0, stride);
                total.Clear();
                for (int k = 0; k < weights.Length; k++)
                {
                    AddScaled(ring.AsSpan((start + k) % plan.Rows.MaxLength * stride, stride), weights[k], total);
                }

                ToBytes(total, channels, samples.AsSpan(y * width * outputChannels, width * outputChannels));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(row);
            ArrayPool<float>.Shared.Return(linear);
            ArrayPool<float>.Shared.Return(ring);
            ArrayPool<float>.Shared.Return(sum);
        }

        return new Bitmap(width, height, outputChannels, samples);
    }

    /// <summary>Resamples one row across.</summary>
    /// <param name="linear">The decoded window's row.</param>
    /// <param name="firstInput">The input column of its first pixel.</param>
    /// <param name="map">Weights.</param>
    /// <param name="channels">1 or 4.</param>
    /// <param name="output">map.Outputs pixels.</param>
    private static void ResampleRow(ReadOnlySpan<float> linear, int firstInput, KernelMap map, int channels, Span<float> output)
    {
        for (int x = 0; x < map.Outputs; x++)
        {
            ReadOnlySpan<float> weights = map.Weights(x);
            int start = map.Start(x) - firstInput;
            if (channels == 1)
            {
                output[x] = SumGray(linear.Slice(start, weights.Length), weights);
            }
            else
            {
                SumPixels(linear.Slice(4 * start, 4 * weights.Length), weights).CopyTo(output.Slice(4 * x, 4));
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

    /// <summary>
    /// Even and odd pixels are summed apart, in the two halves of a vector, and the two sums added.
    /// </summary>
    private static Vector128<float> SumPixels(ReadOnlySpan<float> pixels, ReadOnlySpan<float> weights)
    {
        ReadOnlySpan<Vector256<float>> pairs = MemoryMarshal.Cast<float, Vector256<float>>(pixels);
        ReadOnlySpan<ulong> weightPairs = MemoryMarshal.Cast<float, ulong>(weights)[..pairs.Length];
        Vector256<float> sum = Vector256<float>.Zero;
        for (int k = 0; k < pairs.Length; k++)
        {
            // Both weights in one load; each goes to the four channels of its pixel.
            Vector128<float> both = Vector128.CreateScalarUnsafe(weightPairs[k]).AsSingle();
            Vector128<float> even = Vector128.Shuffle(both, Vector128.Create(0, 0, 0, 0));
            Vector128<float> odd = Vector128.Shuffle(both, Vector128.Create(1, 1, 1, 1));
            sum += pairs[k] * Vector256.Create(even, odd);
        }

        Vector128<float> evenSum = sum.GetLower();
        if ((weights.Length & 1) != 0)
        {
            evenSum += Vector128.Create(pixels[^4..]) * weights[^1];
        }

        return evenSum + sum.GetUpper();
    }

    /// <summary>total += row · weight.</summary>
    private static void AddScaled(ReadOnlySpan<float> row, float weight, Span<float> total)
    {
        ReadOnlySpan<Vector256<float>> rowVectors = MemoryMarshal.Cast<float, Vector256<float>>(row);
        Span<Vector256<float>> totalVectors = MemoryMarshal.Cast<float, Vector256<float>>(total)[..rowVectors.Length];
        for (int i = 0; i < rowVectors.Length; i++)
        {
            totalVectors[i] += rowVectors[i] * weight;
        }

        for (int i = rowVectors.Length * Vector256<float>.Count; i < total.Length; i++)
        {
            total[i] += row[i] * weight;
        }
    }

    private static void ToBytes(ReadOnlySpan<float> linear, int channels, Span<byte> samples)
    {
        if (channels == 1)
        {
            for (int i = 0; i < samples.Length; i++)
            {
                samples[i] = SrgbTransfer.ToByte(linear[i]);
            }

            return;
        }

        int pixels = linear.Length / 4;
        bool alpha = samples.Length == 4 * pixels;
        for (int i = 0, o = 0; i < linear.Length; i += 4)
        {
            float coverage = linear[i + 3];
            byte a = alpha ? (byte)Math.Clamp((coverage * 255f) + 0.5f, 0f, 255f) : (byte)255;

            // Where nothing is seen, colour has no meaning; 0 compresses best.
            float scale = !alpha ? 1 : a == 0 ? 0 : 1 / coverage;
            samples[o++] = SrgbTransfer.ToByte(linear[i] * scale);
            samples[o++] = SrgbTransfer.ToByte(linear[i + 1] * scale);
            samples[o++] = SrgbTransfer.ToByte(linear[i + 2] * scale);
            if (alpha)
            {
                samples[o++] = a;
            }
        }
    }
}
