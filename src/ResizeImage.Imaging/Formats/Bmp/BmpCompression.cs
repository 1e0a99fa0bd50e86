namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>How the pixels are stored: biCompression of BITMAPINFOHEADER, and OS/2's own kinds.</summary>
internal enum BmpCompression
{
    /// <summary>BI_RGB: plain rows.</summary>
    None = 0,

    /// <summary>BI_RLE8.</summary>
    Rle8 = 1,

    /// <summary>BI_RLE4.</summary>
    Rle4 = 2,

    /// <summary>BI_BITFIELDS: plain rows; masks define the channels.</summary>
    BitFields = 3,

    /// <summary>BI_JPEG: a JPEG file.</summary>
    Jpeg = 4,

    /// <summary>BI_PNG: a PNG file.</summary>
    Png = 5,

    /// <summary>BI_ALPHABITFIELDS of Windows CE: masks with one for alpha.</summary>
    AlphaBitFields = 6,

    /// <summary>BI_CMYK and its two run-length encoded kinds, which are for printers.</summary>
    Cmyk = 11,

    /// <inheritdoc cref="Cmyk"/>
    CmykRle8 = 12,

    /// <inheritdoc cref="Cmyk"/>
    CmykRle4 = 13,

    /// <summary>Number 4 in a header of OS/2: runs of 24-bit pixels.</summary>
    Rle24 = 100,

    /// <summary>Number 3 in a header of OS/2: fax.</summary>
    Huffman1D = 101,
}
