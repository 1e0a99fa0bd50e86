namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>What becomes of a file that ends early or is damaged behind its header: what can be read is shown, the rest is blank.</summary>
internal static class WebPSalvage
{
    /// <summary>For a file that ends before its first row does.</summary>
    public static InvalidImageException NothingThere() =>
        new("The WebP is truncated or corrupt before its first row of pixels. Upload the complete file.");
}
