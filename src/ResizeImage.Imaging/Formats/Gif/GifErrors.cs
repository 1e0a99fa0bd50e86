namespace ResizeImage.Imaging.Formats.Gif;

/// <summary>The refusals of GIF files: what was found and what to do.</summary>
internal static class GifErrors
{
    /// <summary>The file breaks a rule of GIF without which the image cannot be shown.</summary>
    /// <param name="what">A clause about the file, without a period.</param>
    public static InvalidImageException Corrupt(string what) => new($"The GIF is corrupt: {what}. {Advice.Corrupt}");

    /// <summary>The file ends before the data of its first frame.</summary>
    public static InvalidImageException TruncatedBeforeFirstFrame() => new($"The GIF is truncated before its first frame. {Advice.Truncated}");

    /// <summary>Not one whole row of pixels can be read. Most often the file ends early, hence the advice; LZW data cannot tell.</summary>
    public static InvalidImageException TruncatedBeforeFirstRow() =>
        new($"The GIF is truncated or corrupt before the end of its first row of pixels. {Advice.Truncated}");
}
