using BenchmarkDotNet.Attributes;
using ResizeImage.Imaging.Formats.Jpeg;
using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Bench;

/// <summary>Encodes a thumbnail of 200×200 pixels.</summary>
public class Encoding
{
    private readonly Bitmap _bitmap = SamplePicture.Create(200, 200);

    /// <param name="quality">88 is the default at this size.</param>
    [Benchmark]
    [Arguments(80)]
    [Arguments(88)]
    public byte[] Jpeg(int quality) => JpegEncoder.Encode(_bitmap, quality);

    [Benchmark]
    public byte[] Png() => PngEncoder.Encode(_bitmap);
}
