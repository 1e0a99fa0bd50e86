namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>The refusals of TIFF files: what was found and what to do.</summary>
internal static class TiffErrors
{
    /// <summary>The file breaks a rule of TIFF without which the image cannot be shown.</summary>
    /// <param name="what">A clause about the file, without a period.</param>
    public static InvalidImageException Corrupt(string what) => new($"The TIFF is corrupt: {what}. {Advice.Corrupt}");

    /// <summary>A valid file of a kind that is not read.</summary>
    /// <param name="kind">Completes "The file is", for example "a TIFF image compressed with LERC".</param>
    public static UnsupportedImageException Unsupported(string kind) => new($"The file is {kind}, which is not read. {Advice.Unsupported}");

    /// <summary>JPEG as TIFF 6.0 describes it, in parts that no JPEG decoder reads.</summary>
    public static UnsupportedImageException OldJpeg() => Unsupported("a TIFF image compressed with old-style JPEG (method 6)");

    /// <summary>The directory is beyond the end of the file; many programs write it last.</summary>
    public static InvalidImageException TruncatedBeforeDirectory(ByteSource file) =>
        new($"The TIFF ends after {file.Length:N0} bytes, before its directory. {Advice.Truncated}");

    /// <summary>The first row cannot be read because the file ends.</summary>
    public static InvalidImageException TruncatedBeforeFirstRow(ByteSource file) =>
        new($"The TIFF ends after {file.Length:N0} bytes, before the end of its first row of pixels. {Advice.Truncated}");

    /// <summary>The first row cannot be read although its data is in the file.</summary>
    public static InvalidImageException CorruptFirstRow() => Corrupt("the data of its first row of pixels cannot be decoded");
}
