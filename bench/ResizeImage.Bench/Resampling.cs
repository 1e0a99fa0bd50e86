using BenchmarkDotNet.Attributes;
using ResizeImage.Imaging;
using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Resampling;

namespace ResizeImage.Bench;

/// <summary>Resamples rows of pixels to 200×200 in linear light with Lanczos3. Time per pixel of the input.</summary>
public class Resampling
{
    private const int Side = 800;
    private readonly ThumbnailPlan _plan = ThumbnailPlan.Create(new ImageInfo(ImageFormat.Jpeg, Side, Side, 1), [], new ThumbnailOptions());
    private readonly byte[] _row = Enumerable.Range(0, Side * 3).Select(i => (byte)(i * 7)).ToArray();

    [Benchmark(OperationsPerInvoke = Side * Side)]
    public object ToLinearAndResample()
    {
        using Resampler resampler = new(_plan, PixelLayout.YCbCr8, ColorTransform.Srgb, new WorkMeter());
        for (int y = 0; y < Side; y++)
        {
            resampler.Add(_row);
        }

        return resampler.Finish();
    }
}
