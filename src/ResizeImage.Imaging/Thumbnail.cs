namespace ResizeImage.Imaging;

/// <summary>The file formats that the engines know.</summary>
public enum ImageFormat
{
    /// <summary>JPEG, ITU-T T.81.</summary>
    Jpeg,

    /// <summary>PNG, W3C third edition.</summary>
    Png,

    /// <summary>GIF, 87a and 89a.</summary>
    Gif,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>WebP, RFC 9649.</summary>
    WebP,

    /// <summary>TIFF, revision 6.0.</summary>
    Tiff,

    /// <summary>Truevision TGA, version 2.0.</summary>
    Tga,

    /// <summary>QOI, the Quite OK Image format.</summary>
    Qoi,

    /// <summary>PBM, PGM, PPM and PAM of Netpbm.</summary>
    Pbm,

    /// <summary>HEIC: HEIF, ISO/IEC 23008-12, with pictures coded by HEVC.</summary>
    Heic,

    /// <summary>Windows icon or cursor; the largest image inside.</summary>
    Ico,

    /// <summary>A camera's raw file; the JPEG preview inside.</summary>
    Raw,
}

/// <summary>The header of an image.</summary>
/// <param name="Format">Detected from the content, not from the name.</param>
/// <param name="Width">Stored width in pixels, before <paramref name="Orientation"/>.</param>
/// <param name="Height">Stored height in pixels, before <paramref name="Orientation"/>.</param>
/// <param name="Orientation">EXIF orientation, 1 to 8.</param>
public sealed record ImageInfo(ImageFormat Format, int Width, int Height, int Orientation)
{
    /// <summary>Width in pixels of the upright image.</summary>
    public int UprightWidth => Orientation >= 5 ? Height : Width;

    /// <summary>Height in pixels of the upright image.</summary>
    public int UprightHeight => Orientation >= 5 ? Width : Height;
}

/// <summary>A finished thumbnail.</summary>
/// <param name="Data">The file.</param>
/// <param name="Format">The format of <paramref name="Data"/>.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Source">The header of the source image.</param>
/// <param name="Eighths">The source was decoded at Eighths/8: 8, 4, 3, 2 or 1.</param>
/// <param name="Note">A note for the user, for example that the source was truncated; null if there is none.</param>
public sealed record Thumbnail(
    byte[] Data, OutputFormat Format, int Width, int Height, ImageInfo Source, int Eighths, string? Note)
{
    /// <summary>
    /// The thumbnail's ThumbHash (evanw/thumbhash), at most 25 bytes, from which a page draws a blurred placeholder; null unless
    /// <see cref="ThumbnailOptions.MakesPlaceholders"/>.
    /// </summary>
    public byte[]? ThumbHash { get; init; }

    /// <summary>The color of most of the thumbnail as #RRGGBB; null unless <see cref="ThumbnailOptions.MakesPlaceholders"/>.</summary>
    public string? DominantColor { get; init; }

    /// <summary>The media type of <see cref="Data"/>.</summary>
    public string ContentType => Format.MediaType;
}
