namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Finds EXIF and XMP among the chunks of a WebP file (RFC 9649, 2.7.1.5), behind its pixels.</summary>
internal static class WebPMetadata
{
    private const int FileHeaderSize = 12;

    /// <summary>The flags in the extended header's first byte: the file has an EXIF chunk, the file has an XMP chunk.</summary>
    private const int MetadataFlags = 8 | 4;

    /// <summary>Walks over all chunks, if the header announces metadata.</summary>
    /// <param name="file">A file whose header has been read.</param>
    public static PhotoMetadata Find(ByteSource file)
    {
        PhotoMetadata found = default;
        if (!RiffChunk.TryRead(file, FileHeaderSize, out RiffChunk header)
            || header.Type != RiffChunk.Vp8X
            || (file.WaitFor(header.Start + 1)[header.Start] & MetadataFlags) == 0)
        {
            return found;
        }

        for (long offset = header.End; RiffChunk.TryRead(file, offset, out RiffChunk chunk) && chunk.End <= file.Length; offset = chunk.End)
        {
            file.Work.Check();
            if (chunk.Type == RiffChunk.Exif && found.Exif.IsEmpty)
            {
                found = found with { Exif = PhotoMetadata.WithoutExifName(file.Read(chunk.Start, (int)chunk.Size)) };
            }
            else if (chunk.Type == RiffChunk.Xmp && found.Xmp.IsEmpty)
            {
                found = found with { Xmp = file.Read(chunk.Start, (int)chunk.Size) };
            }
        }

        return found;
    }
}
