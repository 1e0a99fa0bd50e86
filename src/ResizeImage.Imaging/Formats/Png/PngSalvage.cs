namespace ResizeImage.Imaging.Formats.Png;

/// <summary>What becomes of a file that merely ends early: what is there is shown, the rest is blank.</summary>
internal static class PngSalvage
{
    private const byte MidGray = 128;

    /// <summary>Fills a row that the file does not have: transparent, or mid-gray in a layout without alpha.</summary>
    public static void FillBlank(Span<byte> row, PixelLayout layout) => row.Fill(layout.HasAlpha() ? (byte)0 : MidGray);

    /// <summary>For a file that ends before its first row does.</summary>
    public static InvalidImageException NothingThere() =>
        new("The PNG is cut off before its first row of pixels. Send the whole file.");
}
