namespace ResizeImage.Imaging.Pixels;

/// <summary>The samples of a row as a decoder delivers them; interleaved, except in the planar YCbCr layouts.</summary>
internal enum PixelLayout
{
    /// <summary>One byte a pixel.</summary>
    Gray8,

    /// <summary>R, G, B bytes.</summary>
    Rgb8,

    /// <summary>R, G, B bytes and one without meaning: the layout that vector code writes fastest.</summary>
    Rgbx8,

    /// <summary>Planar: Y bytes of the whole row, then Cb, then Cr, which vector code reads fastest. <see cref="Color.YCbCrMatrix"/> gives their meaning.</summary>
    YCbCr8,

    /// <summary>Planar: as <see cref="YCbCr8"/>, then straight alpha.</summary>
    YCbCrA8,

    /// <summary>R, G, B, A bytes, alpha straight.</summary>
    Rgba8,

    /// <summary>C, M, Y, K bytes: amounts of ink, 255 is full.</summary>
    Cmyk8,

    /// <summary>One ushort a pixel, in the machine's byte order.</summary>
    Gray16,

    /// <summary>R, G, B ushorts, in the machine's byte order.</summary>
    Rgb16,

    /// <summary>R, G, B, A ushorts, in the machine's byte order, alpha straight.</summary>
    Rgba16,
}

internal static class PixelLayouts
{
    /// <summary>Bytes of a pixel.</summary>
    public static int BytesPerPixel(this PixelLayout layout) => layout switch
    {
        PixelLayout.Gray8 => 1,
        PixelLayout.Rgb8 or PixelLayout.YCbCr8 => 3,
        PixelLayout.Rgbx8 or PixelLayout.YCbCrA8 or PixelLayout.Rgba8 or PixelLayout.Cmyk8 => 4,
        PixelLayout.Gray16 => 2,
        PixelLayout.Rgb16 => 6,
        _ => 8,
    };

    public static bool HasAlpha(this PixelLayout layout) => layout is PixelLayout.YCbCrA8 or PixelLayout.Rgba8 or PixelLayout.Rgba16;

    public static bool IsPlanar(this PixelLayout layout) => layout is PixelLayout.YCbCr8 or PixelLayout.YCbCrA8;
}
