namespace ResizeImage.Imaging;

/// <summary>What a file says of its image before the pixels, for display.</summary>
/// <param name="Info">Format, size and orientation.</param>
public sealed record ImageDetails(ImageInfo Info)
{
    /// <summary>Bits of a stored sample, or of an index of a palette. Where channels differ, those of green or luma.</summary>
    public int BitsPerSample { get; init; } = 8;

    /// <summary>The stored channels: gray, palette, RGB, CMYK, YCCK, L*a*b*, or YCbCr with the sampling of chroma, as in "YCbCr 4:2:0".</summary>
    public string Color { get; init; } = "RGB";

    /// <summary>True if the file has alpha or a transparent color. All pixels can be opaque nevertheless.</summary>
    public bool HasAlpha { get; init; }

    /// <summary>
    /// The color space: the description of the ICC profile, the names of code points, as in "BT.2020 PQ", or "sRGB (assumed)" if the file states
    /// none that can be used. A text of the file has at most 100 characters, none of them a control character.
    /// </summary>
    public string ColorProfile { get; init; } = "sRGB (assumed)";

    /// <summary>How pixels are compressed; "none" if they are not.</summary>
    public string Compression { get; init; } = "none";

    /// <summary>The tiles of the image; null if it is not divided, or only into strips.</summary>
    public ImageTiles? Tiles { get; init; }
}

/// <summary>Tiles of an image. Those at the right and at the bottom can extend beyond it.</summary>
/// <param name="Columns">Tiles beside each other.</param>
/// <param name="Rows">Tiles below each other.</param>
/// <param name="Width">Pixel columns of each tile.</param>
/// <param name="Height">Pixel rows of each tile.</param>
public sealed record ImageTiles(int Columns, int Rows, int Width, int Height);
