namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>The refusals of HEIF files: what was found and what to do.</summary>
internal static class HeifErrors
{
    /// <summary>The file breaks a rule of ISO/IEC 23008-12 or 14496-12 without which the image cannot be shown.</summary>
    /// <param name="what">A clause about the file, without a period.</param>
    public static InvalidImageException Corrupt(string what) => new($"The HEIC is corrupt: {what}. {Advice.Corrupt}");

    /// <summary>The file is valid, but of a kind that is not read.</summary>
    /// <param name="what">What the file has, after "The HEIC".</param>
    public static UnsupportedImageException Unsupported(string what) => new($"The HEIC {what}, which is not read. {Advice.Unsupported}");

    /// <summary>The file needs the decoder that was left out of this build.</summary>
    public static UnsupportedImageException NoHevcDecoder() =>
        new($"The file is an HEIC image, and this build has no HEVC decoder. {Advice.Unsupported}");

    /// <summary>The file needs the decoder that a setting has turned off.</summary>
    public static UnsupportedImageException HevcIsOff() =>
        new($"The file is an HEIC image, and HEVC is turned off by {Thumbnailer.HevcVariable}. {Advice.Unsupported}");

    /// <summary>The file ends before the end of its box "meta", which some cameras write last.</summary>
    public static InvalidImageException TruncatedInHeader() => new($"The HEIC is truncated before or within its header. {Advice.Truncated}");

    /// <summary>No sample can be read. Most often the file ends early, hence the advice; entropy-coded data cannot tell.</summary>
    public static InvalidImageException TruncatedBeforeFirstRow() =>
        new($"The HEIC is truncated or corrupt: none of its pixels can be read. {Advice.Truncated}");
}
