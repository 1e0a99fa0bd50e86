namespace ResizeImage.Imaging.Color;

/// <summary>The profile connection space (ICC.1:2022 6.3): XYZ relative to a white of D50, or its CIELAB.</summary>
internal static class ConnectionSpace
{
    /// <summary>XYZ of white (ICC.1:2022 7.2.16).</summary>
    public static readonly Triple D50 = new(0.9642, 1, 0.8249);

    private static readonly Matrix3 FromLinearSrgb = RgbPrimaries.Bt709.ToConnectionSpace()!.Value;

    /// <summary>From XYZ to linear sRGB.</summary>
    public static readonly Matrix3 ToLinearSrgb = FromLinearSrgb.Inverse()!.Value;

    /// <summary>The shares of R, G and B of linear sRGB in Y.</summary>
    public static Triple LuminanceOfSrgb => FromLinearSrgb.Row2;

    /// <summary>XYZ of the darkest color of a device. It is assumed to be neutral and not lighter than L* = 50, as in littleCMS.</summary>
    /// <param name="y">Y of the darkest color.</param>
    public static Triple Darkest(double y)
    {
        const double MiddleGray = 0.18418651851244416;
        y = Math.Clamp(y, 0, MiddleGray);
        return new(y * D50.X, y, y * D50.Z);
    }

    /// <summary>
    /// Black point compensation as in littleCMS and as published by Adobe: scales XYZ so that white stays and the darkest color of a device becomes
    /// black.
    /// </summary>
    /// <param name="black">XYZ of the darkest color.</param>
    /// <returns>Factor and summand of XYZ.</returns>
    public static (Triple Scale, Triple Offset) CompensateBlack(Triple black)
    {
        Triple scale = new(D50.X / (D50.X - black.X), D50.Y / (D50.Y - black.Y), D50.Z / (D50.Z - black.Z));
        return (scale, new(-black.X * scale.X, -black.Y * scale.Y, -black.Z * scale.Z));
    }
}
