namespace ResizeImage.Imaging.Color;

/// <summary>A chromaticity (CIE 1931).</summary>
internal readonly record struct Chromaticity(double X, double Y)
{
    /// <summary>Daylight of 6500 K.</summary>
    public static readonly Chromaticity D65 = new(0.3127, 0.3290);

    /// <summary>XYZ at Y = 1.</summary>
    public Triple ToXyz() => new(X / Y, 1, (1 - X - Y) / Y);
}

/// <summary>The chromaticities of pure R, G and B of a color space, and of its white.</summary>
internal sealed record RgbPrimaries(Chromaticity Red, Chromaticity Green, Chromaticity Blue, Chromaticity White)
{
    /// <summary>Rec. ITU-R BT.709, also those of sRGB.</summary>
    public static readonly RgbPrimaries Bt709 = new(new(0.64, 0.33), new(0.30, 0.60), new(0.15, 0.06), Chromaticity.D65);

    /// <summary>Adobe RGB (1998), color image encoding, 2005.</summary>
    public static readonly RgbPrimaries AdobeRgb = new(new(0.64, 0.33), new(0.21, 0.71), new(0.15, 0.06), Chromaticity.D65);

    /// <summary>The Bradford matrix, from XYZ to an approximation of the eye's cone responses.</summary>
    private static readonly Matrix3 Bradford = new(new(0.8951, 0.2664, -0.1614), new(-0.7502, 1.7135, 0.0367), new(0.0389, -0.0685, 1.0296));

    /// <summary>
    /// From linear R, G, B to XYZ, with the white adapted to D50 (Bradford, ICC.1:2022 annex E); null if the chromaticities are impossible.
    /// </summary>
    public Matrix3? ToConnectionSpace()
    {
        if (!(Red.Y > 0 && Green.Y > 0 && Blue.Y > 0 && White.Y > 0))
        {
            return null;
        }

        // R = G = B = 1 must be white: this decides the amount of each primary.
        var primaries = Matrix3.FromColumns(Red.ToXyz(), Green.ToXyz(), Blue.ToXyz());
        Triple white = White.ToXyz();
        if (primaries.Inverse() is not { } inverse)
        {
            return null;
        }

        Triple cones = Bradford * white;
        Triple target = Bradford * ConnectionSpace.D50;
        var adaptation = Matrix3.Diagonal(new(target.X / cones.X, target.Y / cones.Y, target.Z / cones.Z));
        return Bradford.Inverse()!.Value * adaptation * Bradford * primaries * Matrix3.Diagonal(inverse * white);
    }
}
