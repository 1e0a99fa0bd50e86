using System.Runtime.InteropServices;
using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Tests.Color;

/// <summary>A profile's tables applied to averages, compared with averages of the tables' results for each pixel.</summary>
public class LutAverageTests
{
    private const int Side = 8;
    private const int Boxes = 300;

    private static readonly Dictionary<string, (byte[] Profile, ColorModel Model)> Profiles = new()
    {
        ["RGB, lut8"] = (IccProfiles.RgbLut(2, 1), ColorModel.Rgb),
        ["RGB, lutAToB"] = (IccProfiles.RgbAToB(2), ColorModel.Rgb),
        ["RGB, lutAToB without a grid"] = (IccProfiles.RgbAToBWithoutGrid(), ColorModel.Rgb),
        ["CMYK, lut16"] = (IccProfiles.Cmyk(2, 2), ColorModel.Cmyk),
    };

    public static TheoryData<string> Names => [.. Profiles.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Boxes_of_one_color_are_that_color(string name)
    {
        byte[] colors = Conversion.Colors(Profiles[name].Model);
        PixelLayout layout = Conversion.LayoutOf(Profiles[name].Model);
        int size = layout.BytesPerPixel();
        byte[] row = [.. colors.Chunk(size).SelectMany(color => Enumerable.Repeat(color, Side).SelectMany(c => c))];
        AssertLike(name, row, layout, Side, mean: 0.01, most: 0.6);
    }

    /// <summary>
    /// Edges between two random colors are the worst case. Reached: means of 0.1 to 1.0 codes for RGB, 4.2 for inks, whose light is multiplied:
    /// there the tables come first unless there are millions of pixels.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Boxes_of_two_colors_are_nearly_the_average_of_both(string name)
    {
        PixelLayout layout = Conversion.LayoutOf(Profiles[name].Model);
        int size = layout.BytesPerPixel();
        Random random = new(3);
        byte[] row = new byte[Boxes * Side * size];
        for (int box = 0; box < Boxes; box++)
        {
            byte[] two = new byte[2 * size];
            random.NextBytes(two);
            int edge = random.Next(Side);
            for (int i = 0; i < Side; i++)
            {
                two.AsSpan(i < edge ? 0 : size, size).CopyTo(row.AsSpan(((box * Side) + i) * size));
            }
        }

        AssertLike(name, row, layout, Side, mean: Profiles[name].Model == ColorModel.Cmyk ? 5 : 1.5, most: 70);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Boxes_of_grays_are_exact(string name)
    {
        // Of inks, black alone.
        bool isInk = Profiles[name].Model == ColorModel.Cmyk;
        Random random = new(5);
        byte[] row = [.. Enumerable.Range(0, Boxes * Side).SelectMany(_ => (byte)random.Next(256) is var gray && isInk ? new byte[] { 0, 0, 0, gray } : [gray, gray, gray])];
        AssertLike(name, row, Conversion.LayoutOf(Profiles[name].Model), Side, mean: 0.5, most: 1.5);
    }

    [Fact]
    public void Transparent_pixels_count_by_their_alpha()
    {
        Random random = new(6);
        byte[] row = [.. Enumerable.Range(0, Boxes * Side).SelectMany(i => (byte)random.Next(256) is var gray && i / Side % 3 == 0 ? new byte[] { gray, gray, gray, 0 } : [gray, gray, gray, (byte)random.Next(256)])];
        AssertLike("RGB, lut8", row, PixelLayout.Rgba8, Side, mean: 0.5, most: 1.5);
        ushort[] wide = Array.ConvertAll(row, sample => (ushort)(sample * 257));
        AssertLike("RGB, lut8", MemoryMarshal.AsBytes(wide.AsSpan()).ToArray(), PixelLayout.Rgba16, Side, mean: 0.5, most: 1.5);
    }

    private static void AssertLike(string name, byte[] row, PixelLayout layout, int box, double mean, double most)
    {
        LutTransform lut = ColorEncoding.OfIccProfile(Profiles[name].Profile).ToTransform(Profiles[name].Model).Lut!;
        int pixels = row.Length / layout.BytesPerPixel();
        float[] linear = new float[4 * pixels];
        lut.Convert(row, layout, linear);
        float[] expected = Average(linear, box);
        float[] light = new float[4 * pixels];
        lut.Light.Convert(row, layout, light);
        float[] actual = Average(light, box);
        lut.ConvertAverages(actual);
        double sum = 0;
        double worst = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            float alpha = expected[i | 3];
            bool isColor = i % 4 < 3;
            double difference = isColor && alpha > 0 ? Math.Abs(Code(actual[i] / alpha) - Code(expected[i] / alpha)) : 255 * Math.Abs(actual[i] - expected[i]);
            sum += difference;
            worst = Math.Max(worst, difference);
        }

        Assert.True(sum / actual.Length <= mean && worst <= most, $"{name}: mean {sum / actual.Length:F3}, worst {worst:F2}");
    }

    private static double Code(double linear) => 255 * SrgbTransfer.Encode(Math.Clamp(linear, 0, 1));

    private static float[] Average(float[] pixels, int box)
    {
        float[] averages = new float[pixels.Length / box];
        for (int i = 0; i < averages.Length; i++)
        {
            float sum = 0;
            for (int k = 0; k < box; k++)
            {
                sum += pixels[(((i / 4 * box) + k) * 4) + (i % 4)];
            }

            averages[i] = sum / box;
        }

        return averages;
    }
}
