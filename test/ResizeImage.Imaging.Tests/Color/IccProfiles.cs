using ResizeImage.Imaging.Color;

namespace ResizeImage.Imaging.Tests.Color;

/// <summary>Profiles with tables over made-up devices: everything that a table can have.</summary>
internal static class IccProfiles
{
    /// <summary>Of a few hundred bytes to a few thousand, all kinds of tags among them.</summary>
    public static readonly (ColorModel Model, byte[] Profile)[] Small =
    [
        (ColorModel.Rgb, IccFile.Rgb(2, IccFile.AdobeRgb, IccFile.Gamma(2.2))),
        (ColorModel.Rgb, IccFile.Rgb(4, IccFile.DisplayP3, IccFile.Parametric(3, IccFile.SrgbParameters), IccFile.Curve(16, x => x))),
        (ColorModel.Gray, IccFile.Of(2, "GRAY", "Lab ", ("kTRC", IccFile.Curve(20, x => x)))),
        (ColorModel.Rgb, IccFile.Of(2, "RGB ", "Lab ", ("A2B0", IccFile.Lut(1, 3, 3, x => x, x => x, x => x)))),
        (ColorModel.Gray, IccFile.Of(2, "GRAY", "Lab ", ("A2B0", IccFile.Lut(2, 1, 5, x => x, x => [x[0], 0.5, 0.5], x => x)))),
        (ColorModel.Cmyk, IccFile.Of(2, "CMYK", "XYZ ", ("A2B1", IccFile.Lut(2, 4, 2, x => x, x => x[..3], x => x)))),
        (ColorModel.Rgb, IccFile.Of(4, "RGB ", "Lab ", ("A2B0", IccFile.AToB(
            3, IccFile.Gamma(1.2), 3, 2, x => x, IccFile.Parametric(4, 1, 1, 0, 1, 0, 0, 0), [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0], IccFile.Curve(9, x => x))))),
    ];

    /// <summary>An RGB device by lut8Type or lut16Type to CIELAB.</summary>
    public static byte[] RgbLut(int version, int bytes) => IccFile.Of(
        version,
        "RGB ",
        "Lab ",
        ("A2B0", IccFile.Lut(bytes, 3, 17, x => Math.Pow(x, 1.1), rgb => EncodeLab(RgbToLab(rgb), bytes == 2), x => x + (0.02 * Math.Sin(2 * Math.PI * x)))));

    /// <summary>An RGB device by lutAToBType to CIELAB: all of its curves, grid and matrix.</summary>
    public static byte[] RgbAToB(int bytes) => IccFile.Of(
        4,
        "RGB ",
        "Lab ",
        ("A2B0", IccFile.AToB(
            3,
            IccFile.Gamma(1.2),
            15,
            bytes,
            rgb => EncodeLab(RgbToLab(rgb), false),
            IccFile.Parametric(3, 1.0, 1.0, 0, 0.9, 0.2),
            [0.98, 0.01, 0, 0, 1, 0, 0, -0.01, 1, 0, 0, 0.005],
            IccFile.Curve(64, x => x + (0.01 * Math.Sin(2 * Math.PI * x))))));

    /// <summary>An RGB device by lutAToBType without a grid, to XYZ: curves, matrix, curves.</summary>
    public static byte[] RgbAToBWithoutGrid()
    {
        double[][] m = IccFile.DisplayP3;
        const double Half = 32768 / 65535.0; // of XYZ, which goes up to 1 + 32767 / 32768
        double[] matrix = [.. Enumerable.Range(0, 3).SelectMany(row => m.Select(column => column[row] * Half)), 0, 0, 0];
        return IccFile.Of(
            4, "RGB ", "XYZ ", ("A2B0", IccFile.AToB(3, null, 0, 0, null, IccFile.Gamma(2.2), matrix, IccFile.Parametric(0, 1))));
    }

    /// <summary>A printer of four inks, whose darkest black is no black.</summary>
    public static byte[] Cmyk(int version, int bytes) => IccFile.Of(
        version, "CMYK", "Lab ", ("A2B0", IccFile.Lut(bytes, 4, 9, x => x, cmyk => EncodeLab(CmykToLab(cmyk), bytes == 2), x => x)));

    /// <summary>The same by lutAToBType.</summary>
    public static byte[] CmykAToB() => IccFile.Of(
        4,
        "CMYK",
        "Lab ",
        ("A2B0", IccFile.AToB(4, IccFile.Gamma(1), 9, 2, cmyk => EncodeLab(CmykToLab(cmyk), false), null, null, IccFile.Gamma(1))));

    /// <summary>A gray device by a table.</summary>
    public static byte[] GrayLut() => IccFile.Of(
        2, "GRAY", "Lab ", ("A2B0", IccFile.Lut(2, 1, 33, x => x, gray => EncodeLab((100 * Math.Pow(gray[0], 0.8), 0, 0), true), x => x)));

    private static (double L, double A, double B) RgbToLab(double[] rgb)
    {
        double[] light = Array.ConvertAll(rgb, x => 0.004 + (0.996 * Math.Pow(x, 2)));
        double[][] m = IccFile.AdobeRgb;
        return ToLab([.. Enumerable.Range(0, 3).Select(row => (light[0] * m[0][row]) + (light[1] * m[1][row]) + (light[2] * m[2][row]))]);
    }

    private static (double L, double A, double B) CmykToLab(double[] cmyk)
    {
        // What each ink lets through of X, Y and Z.
        double[][] inks = [[0.16, 0.24, 0.75], [0.34, 0.18, 0.25], [0.72, 0.78, 0.09], [0.03, 0.03, 0.03]];
        double[] white = [0.9642, 1, 0.8249];
        return ToLab([.. Enumerable.Range(0, 3).Select(row =>
            white[row] * (0.01 + (0.99 * cmyk.Select((ink, i) => 1 - (ink * (1 - inks[i][row]))).Aggregate((x, y) => x * y))))]);
    }

    private static (double L, double A, double B) ToLab(double[] xyz)
    {
        double[] white = [0.9642, 1, 0.8249];
        double[] f = [.. xyz.Select((value, i) => value / white[i] > 216 / 24389.0 ? Math.Cbrt(value / white[i]) : ((24389 / 27.0 * value / white[i]) + 16) / 116)];
        return ((116 * f[1]) - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2]));
    }

    private static double[] EncodeLab((double L, double A, double B) lab, bool old)
    {
        double unit = old ? 65280 / 65535.0 : 1;
        return [lab.L / 100 * unit, (lab.A + 128) / 255 * unit, (lab.B + 128) / 255 * unit];
    }
}
