using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Formats.Png;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Hevc;

/// <summary>HEIC files of heif-enc: pixels are those of heif-convert, which repeats chroma samples.</summary>
public class LibheifTests
{
    /// <summary>Of samples: the conversions of color round differently, and without an upscaling, filters are left out.</summary>
    private const int Tolerance = 2;

    [ToolTheory(Libheif.Encoder, Libheif.Decoder)]
    [InlineData("-q 90 -p chroma=422")]
    [InlineData("-q 90 -p chroma=444")]
    [InlineData("-L")]
    [InlineData("-L -p chroma=444")]
    public void Pixels_are_those_of_libheif(string options)
    {
        foreach (int channels in (int[])[3, 4])
        {
            foreach ((int width, int height) in ((int, int)[])[(64, 64), (96, 70), (131, 77), (65, 129)])
            {
                byte[] file = Libheif.Encode(Png(width, height, channels), options);
                Picture actual = Picture.Decode(file, new DecodeWindow(8, 0, 0, width, height) { WillBeDownscaled = true }, out string? note);
                Assert.Null(note);
                string? difference = actual.DifferenceFrom(Libheif.Decode(file), Tolerance);
                Assert.True(difference is null, $"{width} × {height}, {channels} channels: {difference}");
            }
        }
    }

    private static byte[] Png(int width, int height, int channels)
    {
        byte[] samples = TestPicture.Samples(width, height, channels, width);
        int stride = width * channels;
        byte[] scanlines = [.. Enumerable.Range(0, height).SelectMany(y => (byte[])[0, .. samples.AsSpan(y * stride, stride)])];
        return PngFile.Of(PngFile.Header(width, height, 8, channels == 4 ? PngColorType.TruecolorAlpha : PngColorType.Truecolor), PngFile.Data(scanlines), PngFile.End);
    }
}
