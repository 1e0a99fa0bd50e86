namespace ResizeImage.Imaging.Formats.Png;

/// <summary>Finds EXIF and XMP among the chunks of a PNG, before or behind its pixels.</summary>
internal static class PngMetadata
{
    /// <summary>Walks over all chunks. A chunk whose CRC does not match is ignored.</summary>
    /// <param name="file">A file whose header has been read.</param>
    public static PhotoMetadata Find(ByteSource file)
    {
        PhotoMetadata found = default;
        for (long offset = PngDecoder.Signature.Length; PngChunk.TryRead(file, offset, out PngChunk chunk) && chunk.IsWellFormed && chunk.End <= file.Length; offset = chunk.End)
        {
            file.Work.Check();
            if (chunk.Type == PngChunk.Exif && found.Exif.IsEmpty && chunk.HasValidCrc(file))
            {
                found = found with { Exif = PhotoMetadata.WithoutExifName(file.Read(chunk.DataOffset, (int)chunk.Length)) };
            }
            else if (chunk.Type == PngChunk.Itxt && found.Xmp.IsEmpty && XmpOf(file, chunk) is { IsEmpty: false } xmp && chunk.HasValidCrc(file))
            {
                found = found with { Xmp = xmp };
            }
        }

        return found;
    }

    /// <summary>
    /// iTXt (PNG 11.3.3.4) with the keyword of XMP (XMP part 3, 1.1.5). The text is not compressed, and has no language and no translated keyword.
    /// </summary>
    private static ReadOnlyMemory<byte> XmpOf(ByteSource file, PngChunk chunk)
    {
        ReadOnlySpan<byte> keyword = "XML:com.adobe.xmp\0\0\0\0\0"u8;
        ReadOnlyMemory<byte> data = chunk.Length < keyword.Length ? default : file.Read(chunk.DataOffset, (int)chunk.Length);
        return data.Span.StartsWith(keyword) ? data[keyword.Length..] : default;
    }
}
