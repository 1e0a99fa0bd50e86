namespace ResizeImage.Imaging.Color;

/// <summary>
/// The HDR curves of Rec. ITU-R BT.2100, tone mapped for sRGB: a peak of 1000 cd/m² becomes white, 203 cd/m² (Rec. ITU-R BT.2408), on the curve
/// of Rep. ITU-R BT.2390, 5.4.1. Each channel is mapped separately, which is good enough for a thumbnail.
/// </summary>
internal sealed class HdrCurve : ToneCurve
{
    /// <summary>Perceptual quantization.</summary>
    public static readonly ToneCurve Pq = new HdrCurve(PqToLight);

    /// <summary>Hybrid log-gamma.</summary>
    public static readonly ToneCurve Hlg = new HdrCurve(HlgToLight);

    private const double White = 203;
    private const double Peak = 1000;

    // BT.2100 table 4.
    private const double M1 = 2610 / 16384.0;
    private const double M2 = 2523 / 4096.0 * 128;
    private const double C1 = 3424 / 4096.0;
    private const double C2 = 2413 / 4096.0 * 32;
    private const double C3 = 2392 / 4096.0 * 32;

    private readonly Func<double, double> _toLight;

    private HdrCurve(Func<double, double> toLight) => _toLight = toLight;

    /// <inheritdoc/>
    protected override double Evaluate(double x) => PqToLight(RollOff(LightToPq(_toLight(x)) / LightToPq(Peak)) * LightToPq(Peak)) / White;

    /// <summary>BT.2390 5.4.1: straight up to a knee, then a Hermite spline that reaches white at the peak.</summary>
    /// <param name="e">PQ code relative to that of the peak.</param>
    private static double RollOff(double e)
    {
        double white = LightToPq(White) / LightToPq(Peak);
        double knee = (1.5 * white) - 0.5;
        if (e <= knee)
        {
            return e;
        }

        double t = Math.Min(1, (e - knee) / (1 - knee));
        double t2 = t * t;
        double t3 = t2 * t;
        return (((2 * t3) - (3 * t2) + 1) * knee) + ((t3 - (2 * t2) + t) * (1 - knee)) + (((-2 * t3) + (3 * t2)) * white);
    }

    /// <summary>cd/m² of a PQ code (BT.2100 table 4).</summary>
    private static double PqToLight(double code)
    {
        double power = Math.Pow(code, 1 / M2);
        return 10000 * Math.Pow(Math.Max(power - C1, 0) / (C2 - (C3 * power)), 1 / M1);
    }

    private static double LightToPq(double light)
    {
        double power = Math.Pow(light / 10000, M1);
        return Math.Pow((C1 + (C2 * power)) / (1 + (C3 * power)), M2);
    }

    /// <summary>cd/m² of an HLG code on a display of the peak's brightness, whose system gamma is 1.2 (BT.2100 table 5).</summary>
    private static double HlgToLight(double code)
    {
        const double A = 0.17883277;
        const double B = 1 - (4 * A);
        const double C = 0.55991073; // 0.5 − A ln 4A
        double scene = code <= 0.5 ? code * code / 3 : (Math.Exp((code - C) / A) + B) / 12;
        return Peak * Math.Pow(scene, 1.2);
    }
}
