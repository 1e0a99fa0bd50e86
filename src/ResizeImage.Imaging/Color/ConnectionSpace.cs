namespace ResizeImage.Imaging.Color;

/// <summary>
/// The space between profiles (ICC.1:2022 6.3: the profile connection space): XYZ relative to a white of D50, or CIELAB of that.
/// </summary>
internal static class ConnectionSpace
{
    /// <summary>XYZ of white (ICC.1:2022 7.2.16).</summary>
    public static readonly Triple D50 = new(0.9642, 1, 0.8249);

    private static readonly Matrix3 FromLinearSrgb = RgbPrimaries.Bt709.ToConnectionSpace()!.Value;

    /// <summary>From XYZ to linear sRGB.</summary>
    public static readonly Matrix3 ToLinearSrgb = FromLinearSrgb.Inverse()!.Value;

    /// <summary>How much R, G and B of linear sRGB give to Y.</summary>
    public static Triple LuminanceOfSrgb => FromLinearSrgb.Row2;

    /// <summary>XYZ of the darkest color of a device, which is taken for neutral and for no lighter than L* = 50, as littleCMS does.</summary>
    /// <param name="y">Its Y.</param>
    public static Triple Darkest(double y)
    {
        const double MiddleGray = 0.18418651851244416;
        y = Math.Clamp(y, 0, MiddleGray);
        return new(y * D50.X, y, y * D50.Z);
    }

    /// <summary>
    /// Black-point compensation, as littleCMS does it (and Adobe's programs, who published it): XYZ is scaled so that white stays and the darkest
    /// color of a device becomes black.
    /// </summary>
    /// <param name="black">XYZ of the darkest color.</param>
    /// <returns>What XYZ is to be multiplied by, and what added.</returns>
    public static (Triple Scale, Triple Offset) CompensateBlack(Triple black)
    {
        Triple scale = new(D50.X / (D50.X - black.X), D50.Y / (D50.Y - black.Y), D50.Z / (D50.Z - black.Z));
        return (scale, new(-black.X * scale.X, -black.Y * scale.Y, -black.Z * scale.Z));
    }
}
