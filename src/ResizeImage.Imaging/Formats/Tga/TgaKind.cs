namespace ResizeImage.Imaging.Formats.Tga;

/// <summary>The meaning of a pixel (field 3, image type).</summary>
internal enum TgaKind
{
    /// <summary>Types 1 and 9: an index of the color map.</summary>
    Indexed,

    /// <summary>Types 2 and 10: blue, green, red and perhaps alpha; of 16 bits, 5 for each color.</summary>
    Color,

    /// <summary>Types 3 and 11.</summary>
    Gray,

    /// <summary>Types 3 and 11 with 16 bits: gray and alpha.</summary>
    GrayAlpha,
}
