namespace ResizeImage.Imaging.Metadata;

/// <summary>
/// Detects photos that EXIF marks as Adobe RGB (1998), as cameras do that write no profile: DCF option files (DCF 2.0; Exif 2.32, 4.6.5 and
/// 4.6.7).
/// </summary>
internal static class ExifColorSpace
{
    private const ushort ExifDirectory = 0x8769;
    private const ushort ColorSpace = 0xA001;
    private const ushort InteroperabilityDirectory = 0xA005;
    private const ushort InteroperabilityIndex = 0x0001;
    private const uint Srgb = 1;

    /// <summary>True for interoperability index R03, unless the color space says sRGB.</summary>
    /// <param name="tiff">From the byte order mark <c>II</c> or <c>MM</c> on.</param>
    public static bool IsAdobeRgb(ReadOnlySpan<byte> tiff)
    {
        TiffDirectory exif = TiffDirectory.First(tiff).Child(ExifDirectory);
        return exif.Number(ColorSpace) != Srgb
            && exif.Child(InteroperabilityDirectory).ShortText(InteroperabilityIndex).StartsWith("R03"u8);
    }
}
