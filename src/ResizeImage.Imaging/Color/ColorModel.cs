namespace ResizeImage.Imaging.Color;

/// <summary>What a pixel's samples are amounts of.</summary>
internal enum ColorModel
{
    /// <summary>Light, one sample.</summary>
    Gray,

    /// <summary>Red, green and blue light.</summary>
    Rgb,

    /// <summary>Cyan, magenta, yellow and black ink.</summary>
    Cmyk,
}
