namespace ResizeImage.Imaging.Formats.Ico;

/// <summary>The refusals of icons and cursors: what was found and what to do.</summary>
internal static class IcoErrors
{
    /// <summary>No image inside can be read.</summary>
    /// <param name="what">A clause about the file, without a period.</param>
    public static InvalidImageException Corrupt(string what) => new($"The icon is corrupt: {what}. {Advice.Corrupt}");

    /// <summary>An image of a kind that is not read.</summary>
    /// <param name="kind">The rest of "The file is", for example "an icon with run-length encoded pixels".</param>
    public static UnsupportedImageException Unsupported(string kind) =>
        new($"The file is {kind}; icons with PNG and with plain bitmaps are read. {Advice.Unsupported}");

    /// <summary>The file ends before its first image.</summary>
    public static InvalidImageException TruncatedBeforeFirstImage() => new($"The icon is truncated before its first image. {Advice.Truncated}");

    /// <summary>The file does not have one whole row of pixels.</summary>
    public static InvalidImageException TruncatedBeforeFirstRow() =>
        new($"The icon is truncated before the end of its first row of pixels. {Advice.Truncated}");
}
