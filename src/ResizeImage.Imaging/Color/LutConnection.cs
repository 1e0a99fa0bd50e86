using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Color;

/// <summary>Converts the results of a profile's tables, 0 to 1, to linear sRGB.</summary>
internal sealed class LutConnection
{
    /// <summary>Below it, the cube of CIELAB is a straight line (ISO/CIE 11664-4).</summary>
    private const float Knee = 6 / 29f;

    private readonly ColorMatrix? _toRoots;
    private readonly ColorMatrix _toSrgb;

    private LutConnection(ColorMatrix? toRoots, ColorMatrix toSrgb)
    {
        _toRoots = toRoots;
        _toSrgb = toSrgb;
    }

    /// <summary>For XYZ, with a greatest value of 1 + 32767 / 32768 (ICC.1:2022 6.3.4).</summary>
    /// <param name="black">XYZ of the color that becomes black.</param>
    public static LutConnection OfXyz(Triple black)
    {
        const double Greatest = 1 + (32767 / 32768.0);
        return new(null, ToSrgb(new(Greatest, Greatest, Greatest), black));
    }

    /// <summary>For CIELAB: L* / 100, and a* and b* plus 128, divided by 255.</summary>
    /// <param name="black">XYZ of the color that becomes black.</param>
    /// <param name="unit">Factor of the numbers.</param>
    public static LutConnection OfLab(Triple black, double unit)
    {
        // Roots of XYZ: fY = (L* + 16) / 116, fX = fY + a* / 500, fZ = fY − b* / 200.
        const double Zero = 16 / 116.0;
        double l = unit * 100 / 116;
        Matrix3 toRoots = new(new(l, unit * 255 / 500, 0), new(l, 0, 0), new(l, 0, -unit * 255 / 200));
        return new(new ColorMatrix(toRoots, new(Zero - (128 / 500.0), Zero, Zero + (128 / 200.0))), ToSrgb(ConnectionSpace.D50, black));
    }

    /// <summary>Converts one color to linear sRGB: three floats, not clipped, and 1.</summary>
    public Vector128<float> ToLinearSrgb(Vector128<float> value)
    {
        if (_toRoots is { } toRoots)
        {
            Vector128<float> root = toRoots.Multiply(value);
            Vector128<float> line = (root - Vector128.Create(4 / 29f)) * (3 * Knee * Knee);
            value = Vector128.ConditionalSelect(Vector128.GreaterThan(root, Vector128.Create(Knee)), root * root * root, line).WithElement(3, 1f);
        }

        return _toSrgb.Multiply(value);
    }

    private static ColorMatrix ToSrgb(Triple unit, Triple black)
    {
        (Triple scale, Triple offset) = ConnectionSpace.CompensateBlack(black);
        return new(
            ConnectionSpace.ToLinearSrgb * Matrix3.Diagonal(scale) * Matrix3.Diagonal(unit), ConnectionSpace.ToLinearSrgb * offset);
    }
}
