using ResizeImage.Imaging.Color;

namespace ResizeImage.Imaging.Tests.Color;

/// <summary>How different colors look: CIEDE2000 (ISO/CIE 11664-6), with all weights 1. About 1 can just be seen, side by side.</summary>
internal static class DeltaE
{
    /// <summary>The mean and the largest difference of sRGB pixels.</summary>
    public static (double Mean, double Worst) Of(byte[] rgb, byte[] otherRgb)
    {
        Assert.Equal(rgb.Length, otherRgb.Length);
        double sum = 0;
        double worst = 0;
        for (int i = 0; i < rgb.Length; i += 3)
        {
            double difference = Ciede2000(ToLab(rgb.AsSpan(i, 3)), ToLab(otherRgb.AsSpan(i, 3)));
            sum += difference;
            worst = Math.Max(worst, difference);
        }

        return (sum / (rgb.Length / 3), worst);
    }

    public static double Ciede2000((double L, double A, double B) one, (double L, double A, double B) two)
    {
        double chroma = (Math.Sqrt((one.A * one.A) + (one.B * one.B)) + Math.Sqrt((two.A * two.A) + (two.B * two.B))) / 2;
        double g = 0.5 * (1 - Math.Sqrt(Math.Pow(chroma, 7) / (Math.Pow(chroma, 7) + Math.Pow(25, 7))));
        (double c1, double h1) = Polar(one.A * (1 + g), one.B);
        (double c2, double h2) = Polar(two.A * (1 + g), two.B);

        double dL = two.L - one.L;
        double dC = c2 - c1;
        double dh = c1 * c2 == 0 ? 0 : h2 - h1 > 180 ? h2 - h1 - 360 : h2 - h1 < -180 ? h2 - h1 + 360 : h2 - h1;
        double dH = 2 * Math.Sqrt(c1 * c2) * Sin(dh / 2);

        double l = (one.L + two.L) / 2;
        double c = (c1 + c2) / 2;
        double h = c1 * c2 == 0 ? h1 + h2
            : Math.Abs(h1 - h2) <= 180 ? (h1 + h2) / 2
            : h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
        double t = 1 - (0.17 * Cos(h - 30)) + (0.24 * Cos(2 * h)) + (0.32 * Cos((3 * h) + 6)) - (0.20 * Cos((4 * h) - 63));
        double sL = 1 + (0.015 * Math.Pow(l - 50, 2) / Math.Sqrt(20 + Math.Pow(l - 50, 2)));
        double sC = 1 + (0.045 * c);
        double sH = 1 + (0.015 * c * t);
        double rT = -2 * Math.Sqrt(Math.Pow(c, 7) / (Math.Pow(c, 7) + Math.Pow(25, 7))) * Sin(60 * Math.Exp(-Math.Pow((h - 275) / 25, 2)));
        return Math.Sqrt(Math.Pow(dL / sL, 2) + Math.Pow(dC / sC, 2) + Math.Pow(dH / sH, 2) + (rT * dC / sC * dH / sH));
    }

    private static (double Chroma, double Hue) Polar(double a, double b)
    {
        double hue = Math.Atan2(b, a) * 180 / Math.PI;
        return (Math.Sqrt((a * a) + (b * b)), hue < 0 ? hue + 360 : hue);
    }

    private static double Sin(double degrees) => Math.Sin(degrees * Math.PI / 180);

    private static double Cos(double degrees) => Math.Cos(degrees * Math.PI / 180);

    /// <summary>CIELAB relative to D65 (IEC 61966-2-1).</summary>
    private static (double L, double A, double B) ToLab(ReadOnlySpan<byte> rgb)
    {
        double r = SrgbTransfer.Decode(rgb[0] / 255.0);
        double g = SrgbTransfer.Decode(rgb[1] / 255.0);
        double b = SrgbTransfer.Decode(rgb[2] / 255.0);
        double x = Root(((0.4124 * r) + (0.3576 * g) + (0.1805 * b)) / 0.9505);
        double y = Root((0.2126 * r) + (0.7152 * g) + (0.0722 * b));
        double z = Root(((0.0193 * r) + (0.1192 * g) + (0.9505 * b)) / 1.0890);
        return ((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    private static double Root(double t) => t > 216 / 24389.0 ? Math.Cbrt(t) : ((24389 / 27.0 * t) + 16) / 116;
}
