namespace ResizeImage.Imaging.Formats.Tga;

/// <summary>The refusals of TGA files: what was found and what to do.</summary>
internal static class TgaErrors
{
    /// <summary>The file does not have one whole row of pixels.</summary>
    public static InvalidImageException TruncatedBeforeFirstRow() =>
        new($"The TGA is truncated before the end of its first row of pixels. {Advice.Truncated}");
}
