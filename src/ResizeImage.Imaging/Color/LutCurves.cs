using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Color;

/// <summary>Curves of three channels on floats, after a grid.</summary>
internal sealed class LutCurves
{
    /// <summary>As many steps as the longest tables of profiles have (ICC.1:2022 10.10).</summary>
    private const int Steps = 4096;

    private readonly float[] _first;
    private readonly float[] _second;
    private readonly float[] _third;

    private LutCurves(ReadOnlySpan<ToneCurve> curves)
    {
        _first = curves[0].Sample(Steps + 1);
        _second = curves[1].Sample(Steps + 1);
        _third = curves[2].Sample(Steps + 1);
    }

    /// <summary>Null if all three are the identity, which is the rule.</summary>
    /// <param name="curves">Three curves.</param>
    public static LutCurves? Of(ReadOnlySpan<ToneCurve> curves) =>
        IsIdentity(curves[0]) && IsIdentity(curves[1]) && IsIdentity(curves[2]) ? null : new(curves);

    /// <summary>Applies the curves to the first three floats; the fourth is 1.</summary>
    public Vector128<float> Apply(Vector128<float> value) =>
        Vector128.Create(At(_first, value[0]), At(_second, value[1]), At(_third, value[2]), 1f);

    private static bool IsIdentity(ToneCurve curve)
    {
        for (int i = 0; i <= 256; i++)
        {
            // Half a unit of 16 bits.
            if (Math.Abs(curve.At(i / 256.0) - (i / 256.0)) > 0.5 / 65535)
            {
                return false;
            }
        }

        return true;
    }

    private static float At(float[] curve, float x)
    {
        float position = Math.Clamp(x, 0f, 1f) * Steps;
        int low = Math.Min((int)position, Steps - 1);
        return curve[low] + ((position - low) * (curve[low + 1] - curve[low]));
    }
}
