namespace ResizeImage.Imaging.Formats;

/// <summary>Metadata of a file as it is stored, not checked.</summary>
/// <param name="Exif">From the byte order mark <c>II</c> or <c>MM</c> on; empty if there is none.</param>
/// <param name="Xmp">An XMP packet in UTF-8; empty if there is none. Extended XMP is not part of it.</param>
internal readonly record struct PhotoMetadata(ReadOnlyMemory<byte> Exif, ReadOnlyMemory<byte> Xmp)
{
    /// <summary>EXIF data. Some writers begin it with the six bytes that JPEG requires; most do not.</summary>
    public static ReadOnlyMemory<byte> WithoutExifName(ReadOnlyMemory<byte> exif) => exif.Span.StartsWith("Exif\0\0"u8) ? exif[6..] : exif;
}
