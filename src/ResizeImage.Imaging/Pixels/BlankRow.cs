namespace ResizeImage.Imaging.Pixels;

/// <summary>Replaces a row that a truncated file does not have.</summary>
internal static class BlankRow
{
    private const byte MidGray = 128;

    /// <summary>Fills with transparent pixels, or with mid-gray ones in a layout without alpha.</summary>
    public static void Fill(Span<byte> row, PixelLayout layout) => row.Fill(layout.HasAlpha() ? (byte)0 : MidGray);
}
