namespace ResizeImage.Imaging.Formats.Hevc.Headers;

/// <summary>The refusals of HEVC pictures: what was found and what to do.</summary>
internal static class HevcErrors
{
    /// <summary>The picture breaks a rule of H.265 without which it cannot be shown.</summary>
    /// <param name="what">A clause about the picture, without a period.</param>
    public static InvalidImageException Corrupt(string what) => new($"The HEVC picture is corrupt: {what}. {Advice.Corrupt}");

    /// <summary>The picture needs a tool that is not implemented.</summary>
    /// <param name="what">The tool's name in H.265, with its article.</param>
    public static UnsupportedImageException Unsupported(string what) => new($"The HEVC picture uses {what}, which is not supported. {Advice.Unsupported}");
}
