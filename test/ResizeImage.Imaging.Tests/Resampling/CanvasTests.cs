using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Resampling;

namespace ResizeImage.Imaging.Tests.Resampling;

public class CanvasTests
{
    [Fact]
    public void Colors_over_a_background_are_rounded_to_the_nearest_code()
    {
        foreach (int under in (int[])[0, 1, 100, 254, 255])
        {
            Rgba background = new((byte)under, (byte)under, (byte)under);
            for (int over = 0; over < 256; over += 5)
            {
                byte code = (byte)over;
                byte[] samples = [.. Enumerable.Range(0, 256).SelectMany(alpha => (byte[])[code, code, code, (byte)alpha])];
                byte[] expected = [.. Enumerable.Range(0, 256).Select(alpha => (byte)Math.Round(((over * alpha) + (under * (255 - alpha))) / 255.0))];
                byte[] actual = Canvas.Flatten(new Bitmap(256, 1, 4, samples), background).Samples;
                Assert.Equal(expected, actual.Where((_, i) => i % 3 == 0));
                Assert.Equal(expected, actual.Where((_, i) => i % 3 == 2));
            }
        }
    }
}
