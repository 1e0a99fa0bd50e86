namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>The values of PhotometricInterpretation that are read (TIFF 6.0, sections 3 to 6, 16, 21 and 23).</summary>
internal enum TiffPhotometric
{
    WhiteIsZero = 0,
    BlackIsZero = 1,
    Rgb = 2,
    Palette = 3,

    /// <summary>Separated: CMYK, if InkSet does not say otherwise.</summary>
    Cmyk = 5,
    YCbCr = 6,

    /// <summary>CIE L*a*b* with signed a* and b*.</summary>
    CieLab = 8,

    /// <summary>The encoding of ICC: a* and b* plus 128 (TIFF Supplement 1).</summary>
    IccLab = 9,
}

internal static class TiffPhotometrics
{
    /// <summary>The meaning of samples.</summary>
    /// <param name="code">The value of the field.</param>
    /// <exception cref="UnsupportedImageException">It is not read. The message names it.</exception>
    public static TiffPhotometric Of(long code) => code switch
    {
        (>= 0 and <= 3) or 5 or 6 or 8 or 9 => (TiffPhotometric)code,
        4 => throw TiffErrors.Unsupported("a TIFF transparency mask"),
        10 => throw TiffErrors.Unsupported("a TIFF image in ITU L*a*b*"),
        32803 or 34892 => throw TiffErrors.Unsupported("a TIFF image of sensor data, as in raw photos"),
        32844 or 32845 => throw TiffErrors.Unsupported("a TIFF image in LogLuv"),
        _ => throw TiffErrors.Unsupported($"a TIFF image of photometric interpretation {code}"),
    };

    /// <summary>The channels for display. The sampling of YCbCr in JPEG is in the JPEG data, which is not read.</summary>
    public static string NameOf(TiffImage image) => image.Photometric switch
    {
        TiffPhotometric.WhiteIsZero or TiffPhotometric.BlackIsZero => "gray",
        TiffPhotometric.Palette => "palette",
        TiffPhotometric.Cmyk => "CMYK",
        TiffPhotometric.YCbCr => image.IsJpeg ? "YCbCr" : ChromaSampling.NameOf(image.Subsampling.Columns, image.Subsampling.Rows),
        TiffPhotometric.CieLab or TiffPhotometric.IccLab => "L*a*b*",
        _ => "RGB",
    };

    /// <summary>Samples of a color, without extra samples.</summary>
    public static int Channels(this TiffPhotometric photometric) => photometric switch
    {
        TiffPhotometric.WhiteIsZero or TiffPhotometric.BlackIsZero or TiffPhotometric.Palette => 1,
        TiffPhotometric.Cmyk => 4,
        _ => 3,
    };
}
