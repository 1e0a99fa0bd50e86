namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>The values of the field Compression (TIFF 6.0, sections 3, 10, 11, 13 and 22; its supplements; the list of libtiff).</summary>
internal enum TiffCompression
{
    None = 1,

    /// <summary>Modified Huffman coding: T.4 in one dimension, rows padded to bytes, no end-of-line codes.</summary>
    CcittHuffman = 2,
    CcittGroup3 = 3,
    CcittGroup4 = 4,
    Lzw = 5,

    /// <summary>JPEG of TIFF 6.0, section 22, which TIFF Technical Note 2 replaced.</summary>
    OldJpeg = 6,

    /// <summary>JPEG of TIFF Technical Note 2.</summary>
    Jpeg = 7,
    AdobeDeflate = 8,

    /// <summary>As <see cref="CcittHuffman"/>, rows padded to 16 bits.</summary>
    CcittHuffmanWord = 32771,
    PackBits = 32773,
    Deflate = 32946,
}

internal static class TiffCompressions
{
    /// <summary>The compression of an image.</summary>
    /// <param name="code">The value of the field.</param>
    /// <exception cref="UnsupportedImageException">It is not read. The message names it.</exception>
    public static TiffCompression Of(long code) => code switch
    {
        (>= 1 and <= 8) or 32771 or 32773 or 32946 => (TiffCompression)code,
        _ => throw TiffErrors.Unsupported($"a TIFF image compressed with {NameOf(code)}"),
    };

    /// <summary>Coded as a fax: one bit a pixel.</summary>
    public static bool IsCcitt(this TiffCompression compression) => compression
        is TiffCompression.CcittHuffman or TiffCompression.CcittHuffmanWord or TiffCompression.CcittGroup3 or TiffCompression.CcittGroup4;

    /// <summary>The name for display.</summary>
    public static string Name(this TiffCompression compression) => compression switch
    {
        TiffCompression.None => "none",
        TiffCompression.CcittHuffman or TiffCompression.CcittHuffmanWord => "CCITT Huffman",
        TiffCompression.CcittGroup3 => "CCITT group 3",
        TiffCompression.CcittGroup4 => "CCITT group 4",
        TiffCompression.Lzw => "LZW",
        TiffCompression.OldJpeg => "JPEG, old style",
        TiffCompression.Jpeg => "JPEG",
        TiffCompression.PackBits => "PackBits",
        _ => "Deflate",
    };

    private static string NameOf(long code) => code switch
    {
        9 => "JBIG (T.85)",
        10 => "JBIG (T.43)",
        32766 => "NeXT RLE",
        32809 => "ThunderScan RLE",
        32908 => "PixarFilm",
        32909 => "PixarLog",
        34661 => "JBIG",
        34676 or 34677 => "SGI LogLuv",
        33003 or 33004 or 33005 or 34712 => "JPEG 2000",
        34715 => "JBIG2",
        34887 => "LERC",
        34892 => "lossy JPEG (DNG)",
        34925 => "LZMA",
        34926 or 50000 => "Zstandard",
        34927 or 50001 => "WebP",
        34933 => "PNG",
        34934 or 22610 => "JPEG XR",
        50002 or 52546 => "JPEG XL",
        _ => $"method {code}",
    };
}
