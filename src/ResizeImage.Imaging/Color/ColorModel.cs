namespace ResizeImage.Imaging.Color;

/// <summary>The channels of a pixel.</summary>
internal enum ColorModel
{
    /// <summary>Light, one sample.</summary>
    Gray,

    /// <summary>Red, green and blue light.</summary>
    Rgb,

    /// <summary>Cyan, magenta, yellow and black ink.</summary>
    Cmyk,
}
