using ResizeImage.Imaging.Color;

namespace ResizeImage.Imaging.Tests.Color;

/// <summary>The polynomial and the fixed-point conversion, compared with the definitions of H.273 and sRGB in double precision.</summary>
public class YCbCrToLinearTests
{
    /// <summary>KR and KB of BT.601, BT.709 and BT.2020 (H.273 table 4).</summary>
    public static TheoryData<double, double, bool> Matrices => new()
    {
        { 0.299, 0.114, true },
        { 0.299, 0.114, false },
        { 0.2126, 0.0722, true },
        { 0.2126, 0.0722, false },
        { 0.2627, 0.0593, false },
    };

    /// <summary>WebP has another one than JPEG; its profiles count all the same.</summary>
    [Fact]
    public void Another_matrix_of_YCbCr_leaves_the_rest_of_a_transform_as_it_is()
    {
        ColorEncoding[] encodings =
        [
            ColorEncoding.Srgb, ColorEncoding.AdobeRgb, ColorEncoding.Ignored("a note"), ColorEncoding.OfIccProfile(IccProfiles.RgbLut(2, 2)),
            ColorEncoding.OfIccProfile(IccFile.Rgb(4, IccFile.DisplayP3, IccFile.Parametric(3, IccFile.SrgbParameters))),
        ];
        Assert.All(encodings, encoding =>
        {
            ColorTransform jpeg = encoding.ToTransform(ColorModel.Rgb);
            ColorTransform webP = jpeg.WithYCbCr(YCbCrMatrix.Bt601Limited);
            Assert.Equal(YCbCrMatrix.Bt601Limited, webP.YCbCr);
            Assert.Equal((jpeg.Curves, jpeg.HasSrgbCurves, jpeg.Lut, jpeg.Matrix, jpeg.Note), (webP.Curves, webP.HasSrgbCurves, webP.Lut, webP.Matrix, webP.Note));
        });
    }

    [Theory]
    [MemberData(nameof(Matrices))]
    public void Every_color_is_within_a_fiftieth_of_a_code(double kr, double kb, bool isFullRange)
    {
        // Of BT.601, what JPEG uses: its five digits are within half a thousandth of a code of the definition.
        YCbCrMatrix matrix = isFullRange && kr == 0.299 ? YCbCrMatrix.Jfif : YCbCrMatrix.Of(kr, kb, isFullRange);
        float[] linear = new float[4 * 256];
        byte[] rgbx = new byte[4 * 256];
        byte[] y = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        for (int cb = 0; cb < 256; cb += 3)
        {
            for (int cr = 0; cr < 256; cr += 3)
            {
                YCbCrToLinear.Convert(matrix, y, Row(cb), Row(cr), linear);
                YCbCrToRgb.Convert(matrix, y, Row(cb), Row(cr), rgbx);
                for (int i = 0; i < 256; i++)
                {
                    double[] codes = Definition(kr, kb, isFullRange, i, cb, cr);
                    for (int c = 0; c < 3; c++)
                    {
                        AssertLight(codes[c], linear[(4 * i) + c]);
                        Assert.InRange(rgbx[(4 * i) + c], Math.Clamp(codes[c] - 0.505, 0, 255), Math.Clamp(codes[c] + 0.505, 0, 255));
                    }

                    Assert.Equal(1f, linear[(4 * i) + 3]);
                }
            }
        }

        static byte[] Row(int code) => Enumerable.Repeat((byte)code, 256).ToArray();
    }

    [Fact]
    public void Every_length_and_offset_gives_the_result_of_a_vector()
    {
        var random = new Random(1);
        byte[] samples = new byte[3 * 40];
        random.NextBytes(samples);
        float[] whole = new float[4 * 40];
        YCbCrToLinear.Convert(YCbCrMatrix.Jfif, samples.AsSpan(0, 40), samples.AsSpan(40, 40), samples.AsSpan(80, 40), whole);
        for (int start = 0; start < 8; start++)
        {
            for (int length = 0; length <= 40 - start; length++)
            {
                float[] linear = new float[4 * length];
                YCbCrToLinear.Convert(
                    YCbCrMatrix.Jfif, samples.AsSpan(start, length), samples.AsSpan(40 + start, length), samples.AsSpan(80 + start, length), linear);
                Assert.Equal(whole[(4 * start)..(4 * (start + length))], linear);
            }
        }
    }

    /// <summary>H.273 8.3: E'Y, E'PB and E'PR from codes, and R, G, B from these, as codes from 0 to 255.</summary>
    private static double[] Definition(double kr, double kb, bool isFullRange, int y, int cb, int cr)
    {
        double luma = isFullRange ? y / 255.0 : (y - 16) / 219.0;
        double pb = (cb - 128) / (isFullRange ? 255.0 : 224);
        double pr = (cr - 128) / (isFullRange ? 255.0 : 224);
        double r = luma + (2 * (1 - kr) * pr);
        double b = luma + (2 * (1 - kb) * pb);
        double g = (luma - (kr * r) - (kb * b)) / (1 - kr - kb);
        return [255 * r, 255 * g, 255 * b];
    }

    private static void AssertLight(double code, float actual)
    {
        // Near halves, either neighbor will do.
        const double Tolerance = 0.02;
        const double Near = 1e-3;
        double low = Math.Clamp(Math.Round(code - Near) - Tolerance, 0, 255 - Tolerance);
        double high = Math.Clamp(Math.Round(code + Near) + Tolerance, 0, 255);
        Assert.InRange(actual, SrgbTransfer.Decode(low / 255), SrgbTransfer.Decode(high / 255) + (high == 255 ? 2e-4 : 0));
    }
}
