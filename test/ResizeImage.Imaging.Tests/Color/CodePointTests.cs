using ResizeImage.Imaging.Color;

namespace ResizeImage.Imaging.Tests.Color;

/// <summary>Curves and primaries of Rec. ITU-R BT.709, BT.2020 and BT.2100 at values that the standards state.</summary>
public class CodePointTests
{
    [Theory]
    [InlineData(1, 0.5, 0.25958)] // BT.709: ((0.5 + 0.099) / 1.099)^(1 / 0.45)
    [InlineData(1, 0.081, 0.018)]
    [InlineData(4, 0.5, 0.21764)]
    [InlineData(5, 0.5, 0.14359)]
    [InlineData(8, 0.5, 0.5)]
    [InlineData(13, 0.5, 0.21404)]
    [InlineData(6, 0.5, 0.25958)] // SMPTE ST 170 and BT.2020 have the curve of BT.709
    [InlineData(14, 0.5, 0.25958)]
    [InlineData(15, 0.5, 0.25958)]
    public void Curves(int transfer, double code, double light) => Assert.Equal(light, Curve(transfer).At(code), 1e-4);

    [Fact]
    public void Brighter_than_white_is_rolled_off()
    {
        ToneCurve pq = Curve(16);
        ToneCurve hlg = Curve(18);

        // BT.2100: PQ 0.3 is 10.1 cd/m², HLG 0.25 is 6.6 cd/m² on a display of 1000; both are too dark to be touched, and 203 is white.
        Assert.Equal(10.1 / 203, pq.At(0.3), 5e-4);
        Assert.Equal(1000 * Math.Pow(0.25 * 0.25 / 3, 1.2) / 203, hlg.At(0.25), 1e-4);

        // 1000 cd/m², the peak, becomes white; so does all above.
        Assert.Equal(1, pq.At(0.7518), 1e-3);
        Assert.Equal(1, pq.At(1), 1e-6);
        Assert.Equal(1, hlg.At(1), 1e-6);

        // BT.2408: both codes are 203 cd/m².
        Assert.Equal(pq.At(0.5807), hlg.At(0.75), 1e-3);

        // White itself stays clearly brighter than half, and order is kept.
        Assert.InRange(pq.At(0.5807), 0.5, 0.9);
        Assert.InRange(hlg.At(0.75), 0.5, 0.9);
        foreach (ToneCurve curve in (ToneCurve[])[pq, hlg])
        {
            float[] values = curve.Sample(1001);
            Assert.Equal(values.Order(), values);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(12)]
    public void White_stays_white(int primaries) =>
        Assert.All(Conversion.ToSrgb(CodePoints.ToEncoding(primaries, 13)!.ToTransform(ColorModel.Rgb), Imaging.Pixels.PixelLayout.Rgb8, [255, 255, 255, 128, 128, 128])[..3], sample => Assert.Equal(255, sample));

    [Fact]
    public void Display_P3_is_that_of_its_profile()
    {
        byte[] colors = Conversion.Colors(ColorModel.Rgb);
        byte[] profile = IccFile.Rgb(4, IccFile.DisplayP3, IccFile.Parametric(3, IccFile.SrgbParameters));
        (double mean, double worst) = DeltaE.Of(
            Conversion.ToSrgb(profile, ColorModel.Rgb, colors),
            Conversion.ToSrgb(CodePoints.ToEncoding(12, 13)!.ToTransform(ColorModel.Rgb), Imaging.Pixels.PixelLayout.Rgb8, colors));
        Assert.True(mean < 0.05 && worst < 1, $"{mean}, {worst}");
    }

    [Fact]
    public void Unknown_code_points_have_no_encoding()
    {
        Assert.Null(CodePoints.ToEncoding(2, 13));
        Assert.Null(CodePoints.ToEncoding(1, 2));
        Assert.Null(CodePoints.ToEncoding(10, 13));
    }

    private static ToneCurve Curve(int transfer) => CodePoints.ToEncoding(9, transfer)!.ToTransform(ColorModel.Rgb).Curves.Red;
}
