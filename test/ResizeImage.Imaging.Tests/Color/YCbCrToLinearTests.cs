using ResizeImage.Imaging.Color;

namespace ResizeImage.Imaging.Tests.Color;

/// <summary>The definitions of JFIF and sRGB, in double precision, judge the polynomial.</summary>
public class YCbCrToLinearTests
{
    [Fact]
    public void Every_color_is_within_a_fiftieth_of_a_code()
    {
        float[] linear = new float[4 * 256];
        byte[] y = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        for (int cb = 0; cb < 256; cb += 3)
        {
            for (int cr = 0; cr < 256; cr += 3)
            {
                YCbCrToLinear.Convert(y, Row(cb), Row(cr), linear);
                for (int i = 0; i < 256; i++)
                {
                    AssertPixel(i, cb, cr, linear.AsSpan(4 * i, 4));
                }
            }
        }

        static byte[] Row(int code) => Enumerable.Repeat((byte)code, 256).ToArray();
    }

    [Fact]
    public void Every_length_and_place_gives_what_a_vector_gives()
    {
        var random = new Random(1);
        byte[] samples = new byte[3 * 40];
        random.NextBytes(samples);
        float[] whole = new float[4 * 40];
        YCbCrToLinear.Convert(samples.AsSpan(0, 40), samples.AsSpan(40, 40), samples.AsSpan(80, 40), whole);
        for (int start = 0; start < 8; start++)
        {
            for (int length = 0; length <= 40 - start; length++)
            {
                float[] linear = new float[4 * length];
                YCbCrToLinear.Convert(
                    samples.AsSpan(start, length), samples.AsSpan(40 + start, length), samples.AsSpan(80 + start, length), linear);
                Assert.Equal(whole[(4 * start)..(4 * (start + length))], linear);
            }
        }
    }

    private static void AssertPixel(int y, int cb, int cr, ReadOnlySpan<float> actual)
    {
        AssertLight(y + (1.402 * (cr - 128)), actual[0]);
        AssertLight(y - (0.344136 * (cb - 128)) - (0.714136 * (cr - 128)), actual[1]);
        AssertLight(y + (1.772 * (cb - 128)), actual[2]);
        Assert.Equal(1f, actual[3]);
    }

    private static void AssertLight(double code, float actual)
    {
        // Near halves, either neighbor will do.
        const double Tolerance = 0.02;
        double low = Math.Clamp(Math.Round(code - 1e-4) - Tolerance, 0, 255 - Tolerance);
        double high = Math.Clamp(Math.Round(code + 1e-4) + Tolerance, 0, 255);
        Assert.InRange(actual, SrgbTransfer.Decode(low / 255), SrgbTransfer.Decode(high / 255) + (high == 255 ? 2e-4 : 0));
    }
}
