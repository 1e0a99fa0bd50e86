using BenchmarkDotNet.Attributes;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Placeholders;

namespace ResizeImage.Bench;

/// <summary>What describing a thumbnail of 200×200 pixels adds to making it.</summary>
public class Placeholders
{
    private const int Side = 200;
    private readonly Bitmap _thumbnail = new(Side, Side, 3, Enumerable.Range(0, Side * Side * 3).Select(i => (byte)(i / Side * i / 7)).ToArray());

    [Benchmark]
    public object Hash() => ThumbHash.Of(_thumbnail);

    [Benchmark]
    public object Color() => DominantColor.Of(_thumbnail);
}
