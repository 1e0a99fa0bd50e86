using BenchmarkDotNet.Attributes;
using ResizeImage.Imaging;
using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Resampling;

namespace ResizeImage.Bench;

/// <summary>Linear light and Lanczos3, from rows of pixels to 200×200. Time per pixel of the input.</summary>
public class Resampling
{
    private const int Side = 800;
    private readonly ThumbnailPlan _plan = ThumbnailPlan.Create(new ImageInfo(ImageFormat.Jpeg, Side, Side, 1), [], new ThumbnailOptions());
    private readonly byte[] _row = Enumerable.Range(0, Side * 3).Select(i => (byte)(i * 7)).ToArray();

    [Benchmark(OperationsPerInvoke = Side * Side)]
    public object ToLinearAndResample()
    {
        using var rows = new SameRows(_row);
        return Resampler.Run(rows, _plan, ColorTransform.Srgb, new WorkMeter());
    }

    /// <summary>One row, again and again.</summary>
    private sealed class SameRows(byte[] pixels) : RowReader
    {
        public override PixelLayout Layout => PixelLayout.YCbCr8;

        public override void ReadRow(Span<byte> row) => pixels.CopyTo(row);
    }
}
