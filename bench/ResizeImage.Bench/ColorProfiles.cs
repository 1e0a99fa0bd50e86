using BenchmarkDotNet.Attributes;
using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Resampling;

namespace ResizeImage.Bench;

/// <summary>Converts rows to linear light: as sRGB, by a profile's curves, and by its tables. Time per pixel.</summary>
public class ColorProfiles
{
    private const int Width = 1600;
    private readonly byte[] _row = Walk(4 * Width);
    private readonly float[] _linear = new float[4 * Width];
    private readonly ColorTransform _adobeRgb = ColorEncoding.AdobeRgb.ToTransform(ColorModel.Rgb);
    private readonly ColorTransform _tables3 = Tables([33, 33, 33]);
    private readonly ColorTransform _tables4 = Tables([17, 17, 17, 17]);

    [Benchmark(OperationsPerInvoke = Width)]
    public void YCbCr() => Convert(3, PixelLayout.YCbCr8, ColorTransform.Srgb);

    [Benchmark(OperationsPerInvoke = Width)]
    public void YCbCrByCurves() => Convert(3, PixelLayout.YCbCr8, _adobeRgb);

    [Benchmark(OperationsPerInvoke = Width)]
    public void YCbCrByTables() => Convert(3, PixelLayout.YCbCr8, _tables3);

    [Benchmark(OperationsPerInvoke = Width)]
    public void Rgb() => Convert(3, PixelLayout.Rgb8, ColorTransform.Srgb);

    [Benchmark(OperationsPerInvoke = Width)]
    public void Rgbx() => Convert(4, PixelLayout.Rgbx8, ColorTransform.Srgb);

    [Benchmark(OperationsPerInvoke = Width)]
    public void Rgba() => Convert(4, PixelLayout.Rgba8, ColorTransform.Srgb);

    [Benchmark(OperationsPerInvoke = Width)]
    public void CmykByTables() => Convert(4, PixelLayout.Cmyk8, _tables4);

    private void Convert(int bytesPerPixel, PixelLayout layout, ColorTransform color) =>
        LinearRow.Convert(_row.AsSpan(0, bytesPerPixel * Width), layout, color, _linear);

    /// <summary>Random walks, as in photos: each sample is near the previous one of its channel. White noise would miss the cache.</summary>
    private static byte[] Walk(int count)
    {
        var random = new Random(1);
        byte[] row = new byte[count];
        for (int i = 0; i < count; i++)
        {
            row[i] = (byte)Math.Clamp((i < 4 ? 128 : row[i - 4]) + random.Next(-8, 9), 0, 255);
        }

        return row;
    }

    /// <summary>A profile to CIELAB with tables of noise.</summary>
    private static ColorTransform Tables(int[] sizes)
    {
        byte[] nodes = new byte[sizes.Aggregate(3, (product, size) => product * size)];
        new Random(2).NextBytes(nodes);
        ToneCurve[] curves = Array.ConvertAll(sizes, _ => (ToneCurve)ParametricCurve.Power(1.1));
        LutStages stages = new(curves, ColorGrid.Read(nodes, sizes, 1)!, null, null, null);
        return ColorTransform.OfLut(new LutTransform(stages, LutConnection.OfLab(default, 1)));
    }
}
