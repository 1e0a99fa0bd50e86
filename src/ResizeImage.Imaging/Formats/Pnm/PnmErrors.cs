namespace ResizeImage.Imaging.Formats.Pnm;

/// <summary>The refusals of Netpbm files: what was found and what to do.</summary>
internal static class PnmErrors
{
    /// <summary>The header says something that Netpbm does not have.</summary>
    /// <param name="what">A clause about the file, without a period.</param>
    public static InvalidImageException Corrupt(string what) => new($"The Netpbm image is corrupt: {what}. {Advice.Corrupt}");

    /// <summary>A valid file of a kind that is not read.</summary>
    /// <param name="kind">The rest of "The file is", for example "a PAM of tuple type CMYK".</param>
    public static UnsupportedImageException Unsupported(string kind) =>
        new($"The file is {kind}; PAM with the tuple types BLACKANDWHITE, GRAYSCALE and RGB, with and without _ALPHA, is read. {Advice.Unsupported}");

    /// <summary>The file ends before the end of its header.</summary>
    public static InvalidImageException TruncatedInHeader() => new($"The Netpbm image is truncated within its header. {Advice.Truncated}");

    /// <summary>Not one whole row of pixels can be read.</summary>
    public static InvalidImageException TruncatedBeforeFirstRow() =>
        new($"The Netpbm image is truncated or corrupt before the end of its first row of pixels. {Advice.Truncated}");
}
