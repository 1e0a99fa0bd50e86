using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.WebP;

/// <summary>Lossy pictures at half their size: means of libwebp's luma samples, with its chroma samples as they are.</summary>
public class HalvedPictureTests
{
    [ToolTheory("cwebp", "dwebp")]
    [InlineData(160, 96)]
    [InlineData(34, 18)]
    public void Luma_is_averaged_and_chroma_unchanged(int width, int height)
    {
        byte[] file = Dwebp.Encode(TestPicture.Rgb(width, height), "-q", "70");
        byte[] planes = Dwebp.DecodePlanes(file);
        (int halfWidth, int halfHeight) = (width / 2, height / 2);
        byte[] expected = new byte[3 * halfWidth * halfHeight];
        for (int i = 0; i < halfWidth * halfHeight; i++)
        {
            int at = (i / halfWidth * 2 * width) + (i % halfWidth * 2);
            int y = (planes[at] + planes[at + 1] + planes[at + width] + planes[at + width + 1] + 2) / 4;
            byte u = planes[(width * height) + i];
            byte v = planes[(width * height) + (halfWidth * halfHeight) + i];
            (expected[3 * i], expected[(3 * i) + 1], expected[(3 * i) + 2]) = LibwebpColor.ToRgb((byte)y, u, v);
        }

        Assert.Equal([new DecoderScale(4)], InputFormat.Open(file).Scales.ToArray());
        Assert.Equal(expected, Decoding.All(file, eighths: 4).Samples);
    }

    [ToolFact("cwebp")]
    public void An_odd_edge_and_any_window()
    {
        byte[] file = Dwebp.Encode(TestPicture.Rgb(101, 67), "-q", "70");
        var whole = Decoding.All(file, eighths: 4);
        Assert.Equal((51, 34), (whole.Width, whole.Height));
        var part = Decoding.Part(file, new DecodeWindow(4, 13, 9, 38, 25));
        for (int y = 0; y < 25; y++)
        {
            Assert.Equal(whole.Samples[((((y + 9) * 51) + 13) * 3)..(((y + 10) * 51) * 3)], part.Samples[(y * 38 * 3)..((y + 1) * 38 * 3)]);
        }
    }
}
