namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The refusals of WebP files: what was found and what to do.</summary>
internal static class WebPErrors
{
    /// <summary>The file breaks a rule of RFC 9649 or RFC 6386 without which the image cannot be shown.</summary>
    /// <param name="what">A clause about the file, without a period.</param>
    public static InvalidImageException Corrupt(string what) => new($"The WebP is corrupt: {what}. {Advice.Corrupt}");

    /// <summary>The file ends before the sizes of its canvas and frame.</summary>
    public static InvalidImageException TruncatedInHeader() => new($"The WebP is truncated within its header. {Advice.Truncated}");

    /// <summary>The tables of a lossless image's prefix codes exceed a limit that no setting raises.</summary>
    /// <param name="groups">The number of groups of codes.</param>
    /// <param name="maxBytes">The limit of all tables together.</param>
    public static ImageLimitException TooManyCodes(int groups, int maxBytes) => new(
        $"The WebP has {groups:N0} groups of prefix codes, whose tables would take more than {maxBytes:N0} bytes of memory. {Advice.Unsupported}");

    /// <summary>Not one whole row of pixels can be read. Most often the file ends early, hence the advice; entropy-coded data cannot tell.</summary>
    public static InvalidImageException TruncatedBeforeFirstRow() =>
        new($"The WebP is truncated or corrupt before its first row of pixels. {Advice.Truncated}");
}
