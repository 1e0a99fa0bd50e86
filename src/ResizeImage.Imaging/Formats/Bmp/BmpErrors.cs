namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>The refusals of BMP files: what was found and what to do.</summary>
internal static class BmpErrors
{
    /// <summary>The header says something that BMP does not have.</summary>
    /// <param name="what">A clause about the file, without a period.</param>
    public static InvalidImageException Corrupt(string what) => new($"The BMP is corrupt: {what}. {Advice.Corrupt}");

    /// <summary>A valid file of a kind that is not read.</summary>
    /// <param name="kind">The rest of "The file is", for example "a BMP in CMYK".</param>
    public static UnsupportedImageException Unsupported(string kind) =>
        new($"The file is {kind}; BMP with RGB or palette colors, plain or run-length encoded, is read. {Advice.Unsupported}");

    /// <summary>The file ends before the end of its header.</summary>
    public static InvalidImageException TruncatedInHeader() => new($"The BMP is truncated within its header. {Advice.Truncated}");

    /// <summary>The file does not have one whole row of pixels.</summary>
    public static InvalidImageException TruncatedBeforeFirstRow() =>
        new($"The BMP is truncated before the end of its first row of pixels. {Advice.Truncated}");
}
