namespace ResizeImage.Imaging.Formats.Png;

/// <summary>What becomes of a file that merely ends early: what is there is shown, the rest is blank.</summary>
internal static class PngSalvage
{
    /// <summary>For a file that ends before its first row does.</summary>
    public static InvalidImageException NothingThere() =>
        new("The PNG is cut off before its first row of pixels. Send the whole file.");
}
