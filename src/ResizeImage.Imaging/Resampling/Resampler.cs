using System.Buffers;
using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Formats;

namespace ResizeImage.Imaging.Resampling;

/// <summary>
/// Resamples rows as they come from a decoder, in linear light with premultiplied alpha: a few rows across at once, and down as soon as a
/// row of the result has all it needs. Holds the window of rows under the kernel, not the picture. Sums are taken in one
/// fixed order without fused multiply-add, so that every machine gives the same bytes.
/// </summary>
internal static class Resampler
{
    /// <summary>Bytes that <see cref="Run"/> takes besides what the decoder does.</summary>
    public static long EstimateMemory(ThumbnailPlan plan, int bytesPerPixel)
    {
        long pixel = 4 * sizeof(float);
        long ring = (long)RingRows(plan) * plan.Columns.Outputs * pixel;
        long rows = (long)plan.Boxes * HorizontalPass.Rows * pixel;
        return ring + rows + BoxRows.EstimateMemory(plan, bytesPerPixel) + ((long)plan.Columns.Outputs * plan.Rows.Outputs * 4);
    }

    /// <summary>
    /// Work that <see cref="Run"/> takes in proportion to the decoded pixels (<see cref="WorkMeter"/>): up to linear light and averages, and
    /// for averages the profile's tables and the kernel.
    /// </summary>
    public static long EstimateWork(ThumbnailPlan plan, ColorTransform color)
    {
        const int PixelToLight = 3;
        const int BoxToKernel = 5;
        const int Row = 45;
        DecodeWindow window = plan.Window;
        long pixels = (long)window.Width * window.Height;
        long boxes = (long)plan.Boxes * (plan.Rows.EndInput - plan.Rows.FirstInput);
        long byTables = color.Lut is null ? 0 : BoxRows.AveragesFirst(plan, color) ? boxes : pixels;
        return (pixels * PixelToLight) + ((long)window.Height * Row) + (boxes * BoxToKernel) + (byTables * LutTransform.Work);
    }

    /// <summary>Reads all rows and makes the resampled picture in sRGB, not yet turned upright.</summary>
    /// <exception cref="ImageLimitException">There are more samples to hold than an array can.</exception>
    public static Bitmap Run(RowReader reader, ThumbnailPlan plan, ColorTransform color, WorkMeter work)
    {
        PixelLayout layout = reader.Layout;
        int channels = LinearRow.Channels(layout);
        int width = plan.Columns.Outputs;
        int height = plan.Rows.Outputs;
        int outputChannels = channels == 1 ? 1 : layout.HasAlpha() ? 4 : 3;
        byte[] samples = new byte[width * height * outputChannels];

        int inputStride = ArrayLength.Of((long)plan.Boxes * channels, "samples of a row");
        int stride = width * channels;
        int ringRows = RingRows(plan);
        using BoxRows rows = new(reader, plan, color, work);
        float[] linear = ArrayPool<float>.Shared.Rent(ArrayLength.Of((long)HorizontalPass.Rows * inputStride, "samples of some rows"));
        float[] ring = ArrayPool<float>.Shared.Rent(ArrayLength.Of((long)ringRows * stride, "samples under the kernel"));
        float[] sum = ArrayPool<float>.Shared.Rent(stride);
        try
        {
            int read = 0; // rows of boxes, from the window's first one
            for (int y = 0; y < height; y++)
            {
                work.Check();
                int start = plan.Rows.Start(y) - plan.Rows.FirstInput;
                ReadOnlySpan<float> weights = plan.Rows.Weights(y);
                for (; read < start + weights.Length; read += HorizontalPass.Rows)
                {
                    for (int i = 0; i < HorizontalPass.Rows; i++)
                    {
                        rows.Read(linear.AsSpan(i * inputStride, inputStride));
                    }

                    HorizontalPass.Run(
                        linear.AsSpan(0, HorizontalPass.Rows * inputStride),
                        plan.Columns.FirstInput,
                        plan.Columns,
                        channels,
                        ring.AsSpan(read % ringRows * stride, HorizontalPass.Rows * stride));
                }

                Span<float> total = sum.AsSpan(0, stride);
                VerticalPass.Run(ring.AsSpan(0, ringRows * stride), start % ringRows, weights, total);
                if (channels == 4)
                {
                    color.Matrix?.Apply(total);
                }

                ToBytes(total, channels, samples.AsSpan(y * width * outputChannels, width * outputChannels));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(linear);
            ArrayPool<float>.Shared.Return(ring);
            ArrayPool<float>.Shared.Return(sum);
        }

        return new Bitmap(width, height, outputChannels, samples);
    }

    /// <summary>Rows under the kernel, and those that are read ahead; whole groups of them lie together.</summary>
    private static int RingRows(ThumbnailPlan plan) => (plan.Rows.MaxLength + (2 * (HorizontalPass.Rows - 1))) & -HorizontalPass.Rows;

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

        if (samples.Length < linear.Length)
        {
            SrgbTransfer.ToRgb(linear, samples);
            return;
        }

        for (int i = 0; i < linear.Length; i += 4)
        {
            float coverage = linear[i + 3];
            byte a = (byte)Math.Clamp((coverage * 255f) + 0.5f, 0f, 255f);

            // Where nothing is seen, color has no meaning; 0 compresses best.
            float scale = a == 0 ? 0 : 1 / coverage;
            samples[i] = SrgbTransfer.ToByte(linear[i] * scale);
            samples[i + 1] = SrgbTransfer.ToByte(linear[i + 1] * scale);
            samples[i + 2] = SrgbTransfer.ToByte(linear[i + 2] * scale);
            samples[i + 3] = a;
        }
    }
}
