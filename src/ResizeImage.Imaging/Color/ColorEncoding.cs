using ResizeImage.Imaging.Color.Icc;

namespace ResizeImage.Imaging.Color;

/// <summary>The meaning of an image's samples, as far as its file states it.</summary>
internal abstract class ColorEncoding
{
    /// <summary>sRGB, which is also assumed for a file that does not state its colors.</summary>
    public static ColorEncoding Srgb { get; } = new AsSrgb("sRGB (assumed)", null);

    /// <summary>sRGB, of a file that says so.</summary>
    public static ColorEncoding StatedSrgb { get; } = new AsSrgb("sRGB", null);

    /// <summary>Adobe RGB (1998) with its exact exponent, 563/256.</summary>
    public static ColorEncoding AdobeRgb { get; } = OfRgb(RgbPrimaries.AdobeRgb, ParametricCurve.Power(563 / 256.0), "Adobe RGB (1998)");

    /// <summary>sRGB, with a note, because the color information of the file cannot be used.</summary>
    public static ColorEncoding Ignored(string note) => new AsSrgb("sRGB (assumed)", note);

    /// <summary>By an ICC profile, valid or not; sRGB if it is empty.</summary>
    public static ColorEncoding OfIccProfile(ReadOnlyMemory<byte> profile) => profile.IsEmpty ? Srgb : new Profile(profile);

    /// <summary>By primaries and one curve to linear light.</summary>
    public static ColorEncoding OfRgb(RgbPrimaries primaries, ToneCurve curve, string name) =>
        primaries.ToConnectionSpace() is { } matrix
            ? new Space(name, curve, matrix)
            : Ignored("The image's color primaries make no sense and were ignored; its colors may be off.");

    /// <summary>The color space by name, for display. A text of the file is printable and short.</summary>
    public abstract string Name { get; }

    /// <summary>The transform to linear sRGB.</summary>
    /// <param name="model">The channels of the image's samples.</param>
    public abstract ColorTransform ToTransform(ColorModel model);

    private sealed class AsSrgb(string name, string? note) : ColorEncoding
    {
        public override string Name => name;

        public override ColorTransform ToTransform(ColorModel model) => ColorTransform.SrgbWithNote(note);
    }

    private sealed class Profile(ReadOnlyMemory<byte> bytes) : ColorEncoding
    {
        public override string Name => IccDescription.Of(bytes);

        public override ColorTransform ToTransform(ColorModel model) => IccTransform.Create(bytes, model);
    }

    private sealed class Space(string name, ToneCurve curve, Matrix3 toConnectionSpace) : ColorEncoding
    {
        public override string Name => name;

        public override ColorTransform ToTransform(ColorModel model) => model switch
        {
            ColorModel.Gray => ColorTransform.OfGray(curve),
            ColorModel.Rgb => ColorTransform.OfRgb(curve, curve, curve, toConnectionSpace),
            _ => ColorTransform.Srgb,
        };
    }
}
