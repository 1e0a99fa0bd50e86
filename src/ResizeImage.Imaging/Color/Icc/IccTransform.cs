namespace ResizeImage.Imaging.Color.Icc;

/// <summary>
/// Decides how to apply an ICC profile, in the order of ICC.1:2022 8.10 for the perceptual intent, as littleCMS does: tables; else curves and a
/// matrix, which are colorimetric; else one gray curve.
/// </summary>
internal static class IccTransform
{
    /// <summary>From samples that the profile describes to linear sRGB. A profile that cannot be used is ignored, with a note.</summary>
    /// <param name="bytes">The profile, valid or not.</param>
    /// <param name="model">The channels of the image's samples.</param>
    public static ColorTransform Create(ReadOnlyMemory<byte> bytes, ColorModel model)
    {
        if (IccProfile.Read(bytes, out string? problem) is not { } profile)
        {
            return Ignored(problem!);
        }

        if (profile.Model != model)
        {
            return Ignored($"it is for {NameOf(profile.Model)} images, and this one is {NameOf(model)}");
        }

        return ByTables(profile)
            ?? (model == ColorModel.Gray ? ByGrayCurve(profile) : ByMatrix(profile))
            ?? Ignored("what it says is incomplete or corrupt");
    }

    private static ColorTransform Ignored(string problem) =>
        ColorTransform.SrgbWithNote($"The image's ICC profile was ignored: {problem}. Its colors may be off.");

    private static string NameOf(ColorModel model) => model switch
    {
        ColorModel.Gray => "gray",
        ColorModel.Rgb => "RGB",
        _ => "CMYK",
    };

    /// <summary>A2B0 is perceptual. A2B1, which is colorimetric, replaces it if it is missing or corrupt.</summary>
    private static ColorTransform? ByTables(IccProfile profile)
    {
        if ((IccLut.Read(profile, "A2B0"u8) ?? IccLut.Read(profile, "A2B1"u8)) is not { } lut)
        {
            return null;
        }

        return profile.Model == ColorModel.Gray ? ColorTransform.OfGray(lut.OfGray) : ColorTransform.OfLut(lut);
    }

    /// <summary>ICC.1:2022 F.2. If the connection space is CIELAB, the curve gives L*.</summary>
    private static ColorTransform? ByGrayCurve(IccProfile profile) =>
        IccCurve.Read(profile.Tag("kTRC"u8), out _) is { } curve
            ? ColorTransform.OfGray(profile.ConnectsByLab ? new LightnessCurve(curve) : curve)
            : null;

    /// <summary>ICC.1:2022 F.3.</summary>
    private static ColorTransform? ByMatrix(IccProfile profile)
    {
        ReadOnlyMemory<byte> redTag = profile.Tag("rTRC"u8);
        ReadOnlyMemory<byte> greenTag = profile.Tag("gTRC"u8);
        ReadOnlyMemory<byte> blueTag = profile.Tag("bTRC"u8);
        ToneCurve? red = IccCurve.Read(redTag, out _);

        // Nearly all profiles have one curve three times: its tables are built once.
        ToneCurve? green = greenTag.Span.SequenceEqual(redTag.Span) ? red : IccCurve.Read(greenTag, out _);
        ToneCurve? blue = blueTag.Span.SequenceEqual(redTag.Span) ? red : IccCurve.Read(blueTag, out _);
        return !profile.ConnectsByLab && red is not null && green is not null && blue is not null
            && profile.Xyz("rXYZ"u8) is { } redXyz && profile.Xyz("gXYZ"u8) is { } greenXyz && profile.Xyz("bXYZ"u8) is { } blueXyz
            ? ColorTransform.OfRgb(red, green, blue, Matrix3.FromColumns(redXyz, greenXyz, blueXyz))
            : null;
    }

    /// <summary>From a curve's L* to luminance (ISO/CIE 11664-4).</summary>
    private sealed class LightnessCurve(ToneCurve curve) : ToneCurve
    {
        protected override double Evaluate(double x)
        {
            double root = ((100 * curve.At(x)) + 16) / 116;
            return root > 6 / 29.0 ? root * root * root : 108 / 841.0 * (root - (4 / 29.0));
        }
    }
}
