namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The refusals of WebP files: what was found and what to do.</summary>
internal static class WebPErrors
{
    /// <summary>The file breaks a rule of RFC 9649 or RFC 6386 without which the image cannot be shown.</summary>
    /// <param name="what">A clause about the file, without a period.</param>
    public static InvalidImageException Corrupt(string what) => new($"The WebP is corrupt: {what}. {Advice.Corrupt}");

    /// <summary>The file ends before the sizes of its canvas and frame.</summary>
    public static InvalidImageException TruncatedInHeader() => new($"The WebP is truncated within its header. {Advice.Truncated}");

    /// <summary>Not one whole row of pixels can be read. Most often the file ends early, hence the advice; entropy-coded data cannot tell.</summary>
    public static InvalidImageException TruncatedBeforeFirstRow() =>
        new($"The WebP is truncated or corrupt before its first row of pixels. {Advice.Truncated}");
}
