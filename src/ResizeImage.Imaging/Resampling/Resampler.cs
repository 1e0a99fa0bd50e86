using System.Buffers;
using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Resampling;

/// <summary>
/// Resamples rows as they are pushed, in linear light with premultiplied alpha: horizontally a few rows at a time, vertically as soon as a row of
/// the result has all its inputs. A ring buffer holds the rows under the kernel, not the image. Sums are added in one fixed order without fused
/// multiply-add, so every machine gives the same bytes.
/// </summary>
internal sealed class Resampler : IDisposable
{
    private readonly ThumbnailPlan _plan;
    private readonly ColorTransform _color;
    private readonly WorkMeter _work;
    private readonly BoxShrink _boxes;
    private readonly int _channels;
    private readonly int _inputStride;
    private readonly int _stride;
    private readonly int _ringRows;
    private readonly float[] _linear;
    private readonly float[] _ring;
    private readonly float[] _sum;
    private readonly Bitmap _result;
    private int _pending;
    private int _read;
    private int _y;

    /// <param name="plan">The plan whose window will be added.</param>
    /// <param name="layout">Layout of the rows.</param>
    /// <param name="color">The meaning of their samples.</param>
    /// <param name="work">Checked for each row.</param>
    /// <exception cref="ImageLimitException">There are more samples to hold than an array can.</exception>
    public Resampler(ThumbnailPlan plan, PixelLayout layout, ColorTransform color, WorkMeter work)
    {
        (_plan, _color, _work) = (plan, color, work);
        _channels = LinearRow.Channels(layout);
        int outputChannels = _channels == 1 ? 1 : layout.HasAlpha() ? 4 : 3;
        (int width, int height) = (plan.Columns.Outputs, plan.Rows.Outputs);
        _result = new Bitmap(width, height, outputChannels, new byte[width * height * outputChannels]);
        _inputStride = ArrayLength.Of((long)plan.Boxes * _channels, "samples of a row");
        _stride = width * _channels;
        _ringRows = RingRows(plan);
        int linear = ArrayLength.Of((long)HorizontalPass.Rows * _inputStride, "samples of some rows");
        int ring = ArrayLength.Of((long)_ringRows * _stride, "samples under the kernel");
        _boxes = new(plan, layout, color);
        _linear = ArrayPool<float>.Shared.Rent(linear);
        _ring = ArrayPool<float>.Shared.Rent(ring);
        _sum = ArrayPool<float>.Shared.Rent(_stride);
    }

    /// <summary>Bytes that an instance allocates.</summary>
    public static long EstimateMemory(ThumbnailPlan plan)
    {
        const long Pixel = 4 * sizeof(float);
        long ring = (long)RingRows(plan) * plan.Columns.Outputs * Pixel;
        long rows = (long)plan.Boxes * HorizontalPass.Rows * Pixel;
        return ring + rows + BoxShrink.EstimateMemory(plan) + ((long)plan.Columns.Outputs * plan.Rows.Outputs * 4);
    }

    /// <summary>
    /// Work in proportion to the decoded pixels (<see cref="WorkMeter"/>): conversion to linear light and averaging; for averages, the profile's
    /// tables and the kernel.
    /// </summary>
    public static long EstimateWork(ThumbnailPlan plan, ColorTransform color)
    {
        const int PixelToLight = 3;
        const int BoxToKernel = 5;
        const int Row = 45;
        DecodeWindow window = plan.Window;
        long pixels = (long)window.Width * window.Height;
        long boxes = (long)plan.Boxes * (plan.Rows.EndInput - plan.Rows.FirstInput);
        long byTables = color.Lut is null ? 0 : BoxShrink.AveragesFirst(plan, color) ? boxes : pixels;
        return (pixels * PixelToLight) + ((long)window.Height * Row) + (boxes * BoxToKernel) + (byTables * LutTransform.Work);
    }

    /// <summary>Adds the next row of the window, from top to bottom.</summary>
    /// <param name="row">Pixels of the layout.</param>
    public void Add(ReadOnlySpan<byte> row)
    {
        _work.Check();
        if (_boxes.Add(row, _linear.AsSpan(_pending * _inputStride, _inputStride)) && ++_pending == HorizontalPass.Rows)
        {
            ResampleAcross();
        }
    }

    /// <summary>Call it once, after the window's last row.</summary>
    /// <returns>The resampled image in sRGB, in stored orientation.</returns>
    public Bitmap Finish()
    {
        if (_pending > 0)
        {
            // Rows missing from the last group have no weight.
            ResampleAcross();
        }

        return _y == _result.Height ? _result : throw new InvalidOperationException($"Rows are missing: {_y} of {_result.Height} are resampled.");
    }

    public void Dispose()
    {
        _boxes.Dispose();
        ArrayPool<float>.Shared.Return(_linear);
        ArrayPool<float>.Shared.Return(_ring);
        ArrayPool<float>.Shared.Return(_sum);
    }

    private void ResampleAcross()
    {
        HorizontalPass.Run(
            _linear.AsSpan(0, HorizontalPass.Rows * _inputStride),
            _plan.Columns.FirstInput,
            _plan.Columns,
            _channels,
            _ring.AsSpan(_read % _ringRows * _stride, HorizontalPass.Rows * _stride));
        _read += HorizontalPass.Rows;
        _pending = 0;
        for (; _y < _result.Height && _plan.Rows.Start(_y) - _plan.Rows.FirstInput + _plan.Rows.Weights(_y).Length <= _read; _y++)
        {
            ResampleDown(_y);
        }
    }

    private void ResampleDown(int y)
    {
        _work.Check();
        Span<float> total = _sum.AsSpan(0, _stride);
        VerticalPass.Run(
            _ring.AsSpan(0, _ringRows * _stride), (_plan.Rows.Start(y) - _plan.Rows.FirstInput) % _ringRows, _plan.Rows.Weights(y), total);
        if (_channels == 4)
        {
            _color.Matrix?.Apply(total);
        }

        int bytes = _result.Width * _result.Channels;
        ToBytes(total, _channels, _result.Samples.AsSpan(y * bytes, bytes));
    }

    /// <summary>Rows under the kernel and those read ahead, in whole groups.</summary>
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

            // The color of a fully transparent pixel has no meaning; 0 compresses best.
            float scale = a == 0 ? 0 : 1 / coverage;
            samples[i] = SrgbTransfer.ToByte(linear[i] * scale);
            samples[i + 1] = SrgbTransfer.ToByte(linear[i + 1] * scale);
            samples[i + 2] = SrgbTransfer.ToByte(linear[i + 2] * scale);
            samples[i + 3] = a;
        }
    }
}
