using ResizeImage.Imaging.Color.Icc;

namespace ResizeImage.Imaging.Color;

/// <summary>The meaning of an image's samples, as far as its file states it.</summary>
internal abstract class ColorEncoding
{
    /// <summary>sRGB, which is also assumed for a file that does not state its colors.</summary>
    public static ColorEncoding Srgb { get; } = new Unstated(null);

    /// <summary>Adobe RGB (1998) with its exact exponent, 563/256.</summary>
    public static ColorEncoding AdobeRgb { get; } = OfRgb(RgbPrimaries.AdobeRgb, ParametricCurve.Power(563 / 256.0));

    /// <summary>sRGB, with a note, because the color information of the file cannot be used.</summary>
    public static ColorEncoding Ignored(string note) => new Unstated(note);

    /// <summary>By an ICC profile, valid or not; sRGB if it is empty.</summary>
    public static ColorEncoding OfIccProfile(ReadOnlyMemory<byte> profile) => profile.IsEmpty ? Srgb : new Profile(profile);

    /// <summary>By primaries and one curve to linear light.</summary>
    public static ColorEncoding OfRgb(RgbPrimaries primaries, ToneCurve curve) =>
        primaries.ToConnectionSpace() is { } matrix
            ? new Space(curve, matrix)
            : Ignored("The image's color primaries make no sense and were ignored; its colors may be off.");

    /// <summary>The transform to linear sRGB.</summary>
    /// <param name="model">The channels of the image's samples.</param>
    public abstract ColorTransform ToTransform(ColorModel model);

    private sealed class Unstated(string? note) : ColorEncoding
    {
        public override ColorTransform ToTransform(ColorModel model) => ColorTransform.SrgbWithNote(note);
    }

    private sealed class Profile(ReadOnlyMemory<byte> bytes) : ColorEncoding
    {
        public override ColorTransform ToTransform(ColorModel model) => IccTransform.Create(bytes, model);
    }

    private sealed class Space(ToneCurve curve, Matrix3 toConnectionSpace) : ColorEncoding
    {
        public override ColorTransform ToTransform(ColorModel model) => model switch
        {
            ColorModel.Gray => ColorTransform.OfGray(curve),
            ColorModel.Rgb => ColorTransform.OfRgb(curve, curve, curve, toConnectionSpace),
            _ => ColorTransform.Srgb,
        };
    }
}
