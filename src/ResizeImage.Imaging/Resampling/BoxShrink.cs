using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Resampling;

/// <summary>
/// Averages boxes of pixels in linear light ("shrink" in libvips): most of the reduction of an image that becomes much smaller. Cheaper than the
/// kernel's weights for each pixel, and hardly different: compared with the kernel alone, SSIMULACRA2 is 96.5 in the mean of photos reduced by
/// 10 to 17, and at least 95.2. At the right and bottom edge, a box has only the pixels that exist.
/// </summary>
internal sealed class BoxShrink : IDisposable
{
    /// <summary>Up to this many pixels of inks are converted one by one, in 0.2 s.</summary>
    private const long FewPixels = 4_000_000;

    private readonly PixelLayout _layout;
    private readonly ColorTransform _color;
    private readonly int _width;
    private readonly int _boxWidth;
    private readonly int _boxHeight;
    private readonly bool _hasBoxes;
    private readonly LutTransform? _lut;
    private readonly int _channels;
    private readonly float[] _pixels;
    private readonly float[] _sums;
    private int _rowsLeft;
    private int _rowsInBox;

    /// <param name="plan">Size of the window and of the boxes.</param>
    /// <param name="layout">Layout of the rows.</param>
    /// <param name="color">Converts rows to linear light.</param>
    /// <exception cref="ImageLimitException">A row is longer than an array can be.</exception>
    public BoxShrink(ThumbnailPlan plan, PixelLayout layout, ColorTransform color)
    {
        _layout = layout;
        _color = color;
        (_width, _rowsLeft) = (plan.Window.Width, plan.Window.Height);
        (_boxWidth, _boxHeight, _hasBoxes) = (plan.BoxWidth, plan.BoxHeight, plan.HasBoxes);
        _channels = LinearRow.Channels(layout);
        _lut = _channels == 4 && AveragesFirst(plan, color) ? color.Lut : null;
        int rowLength = _hasBoxes ? ArrayLength.Of((long)_width * _channels, "samples of a row") : 0;
        _pixels = ArrayPool<float>.Shared.Rent(rowLength);
        _sums = ArrayPool<float>.Shared.Rent(rowLength);
    }

    /// <summary>Bytes that an instance allocates.</summary>
    public static long EstimateMemory(ThumbnailPlan plan) => plan.HasBoxes ? (long)plan.Window.Width * 2 * 4 * sizeof(float) : 0;

    /// <summary>
    /// True if a profile's tables are applied to averages. For inks, only if there are many pixels: the light of overlapping inks is a product, so
    /// an average of inks is not exactly their average light.
    /// </summary>
    public static bool AveragesFirst(ThumbnailPlan plan, ColorTransform color) =>
        plan.HasBoxes && color.Lut is { } lut && (lut.Channels == 3 || (long)plan.Window.Width * plan.Window.Height > FewPixels);

    /// <summary>Adds the next row of the window.</summary>
    /// <param name="row">Pixels of the layout.</param>
    /// <param name="averages">Receives a row of boxes when it is complete.</param>
    /// <returns>True if <paramref name="averages"/> was written.</returns>
    public bool Add(ReadOnlySpan<byte> row, Span<float> averages)
    {
        if (!_hasBoxes)
        {
            ToLinear(row, averages);
            return true;
        }

        // Sums rows first, which is one addition for eight samples; columns only once a box.
        Span<float> sums = _sums.AsSpan(0, _width * _channels);
        if (_rowsInBox == 0)
        {
            ToLinear(row, sums);
        }
        else
        {
            Span<float> pixels = _pixels.AsSpan(0, sums.Length);
            ToLinear(row, pixels);
            AddTo(sums, pixels);
        }

        _rowsInBox++;
        _rowsLeft--;
        if (_rowsInBox < _boxHeight && _rowsLeft > 0)
        {
            return false;
        }

        Average(sums, _rowsInBox, averages);
        _lut?.ConvertAverages(averages);
        _rowsInBox = 0;
        return true;
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_pixels);
        ArrayPool<float>.Shared.Return(_sums);
    }

    private void ToLinear(ReadOnlySpan<byte> row, Span<float> linear)
    {
        if (_lut is not null)
        {
            LinearRow.ToLight(row, _layout, _color, linear);
        }
        else
        {
            LinearRow.Convert(row, _layout, _color, linear);
        }
    }

    private static void AddTo(Span<float> sums, ReadOnlySpan<float> pixels)
    {
        Span<Vector256<float>> sum = MemoryMarshal.Cast<float, Vector256<float>>(sums);
        ReadOnlySpan<Vector256<float>> pixel = MemoryMarshal.Cast<float, Vector256<float>>(pixels)[..sum.Length];
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += pixel[i];
        }

        for (int i = sum.Length * Vector256<float>.Count; i < sums.Length; i++)
        {
            sums[i] += pixels[i];
        }
    }

    /// <summary>From sums of columns to averages of boxes; the last box may be narrower.</summary>
    private void Average(ReadOnlySpan<float> sums, int height, Span<float> averages)
    {
        if (_channels == 1)
        {
            for (int i = 0; i < averages.Length; i++)
            {
                ReadOnlySpan<float> box = sums.Slice(_boxWidth * i, Math.Min(_boxWidth, sums.Length - (_boxWidth * i)));
                float sum = 0;
                foreach (float column in box)
                {
                    sum += column;
                }

                averages[i] = sum / ((long)box.Length * height);
            }

            return;
        }

        Span<Vector128<float>> average = MemoryMarshal.Cast<float, Vector128<float>>(averages);
        ReadOnlySpan<Vector128<float>> columns = MemoryMarshal.Cast<float, Vector128<float>>(sums);
        for (int i = 0; i < average.Length; i++)
        {
            ReadOnlySpan<Vector128<float>> box = columns.Slice(_boxWidth * i, Math.Min(_boxWidth, columns.Length - (_boxWidth * i)));
            Vector128<float> sum = Vector128<float>.Zero;
            foreach (Vector128<float> column in box)
            {
                sum += column;
            }

            average[i] = sum * (1f / ((long)box.Length * height));
        }
    }
}
