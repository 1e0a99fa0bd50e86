using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Color;

/// <summary>Conversions by profiles, compared with littleCMS: CIEDE2000, mean and worst.</summary>
public class IccConversionTests
{
    private const string Folder = "/usr/share/color/icc";

    /// <summary>Profiles by matrix and curves, or a gray curve.</summary>
    private static readonly Dictionary<string, byte[]> CurveProfiles = new()
    {
        ["Adobe RGB"] = IccFile.Rgb(2, IccFile.AdobeRgb, IccFile.Gamma(2.19921875)),
        ["Display P3"] = IccFile.Rgb(4, IccFile.DisplayP3, IccFile.Parametric(3, IccFile.SrgbParameters)),
        ["ProPhoto"] = IccFile.Rgb(2, IccFile.ProPhoto, IccFile.Gamma(1.8)),
        ["a table"] = IccFile.Rgb(2, IccFile.DisplayP3, IccFile.Curve(1024, SrgbTransfer.Decode)),
        ["a short table"] = IccFile.Rgb(4, IccFile.AdobeRgb, IccFile.Curve(26, x => x * x)),
        ["linear"] = IccFile.Rgb(2, IccFile.AdobeRgb, IccFile.Curve(0, x => x)),
        ["three curves"] = IccFile.Rgb(4, IccFile.AdobeRgb, IccFile.Gamma(1.8), IccFile.Parametric(0, 2.4), IccFile.Curve(256, x => x * x * x)),
        ["type 1"] = IccFile.Rgb(4, IccFile.DisplayP3, IccFile.Parametric(1, 2.2, 0.95, 0.05)),
        ["type 1 from a tenth up"] = IccFile.Rgb(4, IccFile.DisplayP3, IccFile.Parametric(1, 2.0, 1.1, -0.11)),
        ["type 2"] = IccFile.Rgb(4, IccFile.DisplayP3, IccFile.Parametric(2, 2.2, 0.95, 0.05, 0)),
        ["type 2 from a tenth up, above a floor"] = IccFile.Rgb(4, IccFile.DisplayP3, IccFile.Parametric(2, 2.0, 1.1, -0.11, 0.02)),
        ["type 4"] = IccFile.Rgb(4, IccFile.AdobeRgb, IccFile.Parametric(4, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045, 0, 0)),
        ["gray"] = IccFile.Of(2, "GRAY", "XYZ ", ("kTRC", IccFile.Gamma(1.8))),
        ["gray by lightness"] = IccFile.Of(4, "GRAY", "Lab ", ("kTRC", IccFile.Parametric(0, 0.9))),
    };

    private static readonly Dictionary<string, byte[]> TableProfiles = new()
    {
        ["RGB, lut8"] = IccProfiles.RgbLut(2, 1),
        ["RGB, lut16"] = IccProfiles.RgbLut(2, 2),
        ["RGB, lut16 of version 4"] = IccProfiles.RgbLut(4, 2),
        ["RGB, lutAToB of bytes"] = IccProfiles.RgbAToB(1),
        ["RGB, lutAToB"] = IccProfiles.RgbAToB(2),
        ["RGB, lutAToB without a grid"] = IccProfiles.RgbAToBWithoutGrid(),
        ["CMYK, lut8"] = IccProfiles.Cmyk(2, 1),
        ["CMYK, lut16"] = IccProfiles.Cmyk(2, 2),
        ["CMYK, lut16 of version 4"] = IccProfiles.Cmyk(4, 2),
        ["CMYK, lutAToB"] = IccProfiles.CmykAToB(),
        ["gray, lut16"] = IccProfiles.GrayLut(),
    };

    public static TheoryData<string> CurveProfileNames => [.. CurveProfiles.Keys];

    public static TheoryData<string> TableProfileNames => [.. TableProfiles.Keys];

    /// <summary>Reached: means of 0.003 to 0.025.</summary>
    [PythonTheory(Lcms.Module)]
    [MemberData(nameof(CurveProfileNames))]
    public void Curves_and_matrix(string name) => AssertLike(CurveProfiles[name], ModelOf(CurveProfiles[name])!.Value, 0.05, 1.5, name);

    /// <summary>Reached: means up to 0.21. littleCMS samples tables into a grid of its own first.</summary>
    [PythonTheory(Lcms.Module)]
    [MemberData(nameof(TableProfileNames))]
    public void Tables(string name) => AssertLike(TableProfiles[name], ModelOf(TableProfiles[name])!.Value, 0.3, 3, name);

    /// <summary>Debian's packages icc-profiles-free, colord-data and ghostscript.</summary>
    [ToolFact(Folder + "/sRGB.icc", Folder + "/colord/AdobeRGB1998.icc", Folder + "/ghostscript/default_cmyk.icc", PythonModule = Lcms.Module)]
    public void Profiles_of_other_programs()
    {
        int used = 0;
        foreach (string path in Directory.GetFiles(Folder, "*.icc", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            byte[] profile = File.ReadAllBytes(path);
            if (ModelOf(profile) is { } model)
            {
                // Two of four inks have two grid points a channel: what comes between is left to the program.
                AssertLike(profile, model, 0.6, 12, path);
                used++;
            }
        }

        Assert.True(used > 40, $"{used} profiles");
    }

    [Fact]
    public void Gray_rows_of_an_RGB_image_are_as_bright_as_its_grays()
    {
        byte[] profile = IccProfiles.RgbLut(2, 2);
        byte[] gray = [.. Enumerable.Range(0, 256).Select(code => (byte)code)];
        byte[] expected = Conversion.ToSrgb(profile, ColorModel.Rgb, [.. gray.SelectMany(code => Enumerable.Repeat(code, 3))]);
        byte[] actual = Conversion.ToSrgb(ColorEncoding.OfIccProfile(profile).ToTransform(ColorModel.Rgb), Imaging.Pixels.PixelLayout.Gray8, gray);
        (double mean, double worst) = DeltaE.Of(expected, actual);
        Assert.True(mean < 0.5 && worst < 2, $"{mean}, {worst}");
    }

    /// <summary>Null for profiles of something else than pictures.</summary>
    private static ColorModel? ModelOf(byte[] profile) => System.Text.Encoding.ASCII.GetString(profile, 12, 8) switch
    {
        "nmclRGB " or "linkRGB " or "abstRGB " => null,
        var kind when kind.EndsWith("RGB ", StringComparison.Ordinal) => ColorModel.Rgb,
        var kind when kind.EndsWith("GRAY", StringComparison.Ordinal) => ColorModel.Gray,
        var kind when kind.EndsWith("CMYK", StringComparison.Ordinal) => ColorModel.Cmyk,
        _ => null,
    };

    private static void AssertLike(byte[] profile, ColorModel model, double mean, double worst, string name)
    {
        byte[] colors = Conversion.Colors(model);
        byte[] actual = Conversion.ToSrgb(profile, model, colors);
        (double Mean, double Worst) difference = DeltaE.Of(Lcms.ToSrgb(profile, model, colors), actual);
        Assert.True(difference.Mean < mean && difference.Worst < worst, $"{name}: {difference}");
        if (model != ColorModel.Cmyk)
        {
            Assert.Equal(actual, Conversion.ToSrgbBy16Bits(profile, model, colors));
        }
    }
}
