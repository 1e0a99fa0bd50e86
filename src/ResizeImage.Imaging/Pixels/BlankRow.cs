namespace ResizeImage.Imaging.Pixels;

/// <summary>What is shown of a row that the file does not have, because it merely ends early.</summary>
internal static class BlankRow
{
    private const byte MidGray = 128;

    /// <summary>Fills with transparent pixels, or with mid-gray ones in a layout without alpha.</summary>
    public static void Fill(Span<byte> row, PixelLayout layout) => row.Fill(layout.HasAlpha() ? (byte)0 : MidGray);
}
