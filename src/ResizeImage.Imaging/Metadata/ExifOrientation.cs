namespace ResizeImage.Imaging.Metadata;

/// <summary>Finds the orientation in EXIF data (Exif 2.32, 4.6.4).</summary>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112;

    /// <summary>Reads the orientation of the main image (IFD0).</summary>
    /// <param name="tiff">From the byte order mark <c>II</c> or <c>MM</c> on.</param>
    /// <returns>1 to 8; 1, which is upright, if it is missing or corrupt.</returns>
    public static int Read(ReadOnlySpan<byte> tiff) =>
        TiffDirectory.First(tiff).Number(Tag) is uint value and >= 1 and <= 8 ? (int)value : 1;
}
