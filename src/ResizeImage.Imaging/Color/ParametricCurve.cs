namespace ResizeImage.Imaging.Color;

/// <summary>
/// (A·x + B)^Gamma + E from D up, C·x + F below: type 4 of parametricCurveType (ICC.1:2022 10.18). The other types are special cases.
/// </summary>
internal sealed class ParametricCurve(double gamma, double a, double b, double c, double d, double e, double f) : ToneCurve
{
    /// <summary>x.</summary>
    public static readonly ToneCurve Identity = Power(1);

    /// <summary>x^gamma.</summary>
    public static ParametricCurve Power(double gamma) => new(gamma, 1, 0, 0, 0, 0, 0);

    /// <inheritdoc/>
    protected override double Evaluate(double x) => x >= d ? Math.Pow((a * x) + b, gamma) + e : (c * x) + f;
}
