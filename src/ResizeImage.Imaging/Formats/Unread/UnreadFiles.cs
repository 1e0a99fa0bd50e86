namespace ResizeImage.Imaging.Formats.Unread;

/// <summary>Names files that no decoder reads, and says what to do.</summary>
internal static class UnreadFiles
{
    /// <summary>The bytes in which signatures are, those of disk images at 32,769 included.</summary>
    private const int Beginning = 64 << 10;

    /// <summary>The refusal of a file. Waits for the whole file only if it has no certain signature.</summary>
    /// <param name="source">The file.</param>
    /// <param name="readable">The formats that are read, as a list in a sentence.</param>
    public static ImageException Refusal(ByteSource source, string readable)
    {
        // Signatures come first because they are certain. Failed uploads are mostly text, so they come before other text.
        ReadOnlySpan<byte> beginning = source.Read(0, Math.Min(Beginning, source.Length)).Span;
        UnreadFile? known = FileSignatures.Find(beginning) ?? IsoMediaFile.Find(beginning) ?? MatroskaFile.Find(beginning) ?? GzipFile.Find(beginning);
        if (known is not null)
        {
            return known.ToException(readable);
        }

        ReadOnlySpan<byte> file = source.WaitForAll();
        if (BrokenUpload.Find(file) is { } broken)
        {
            return broken;
        }

        return (WeakSignatures.Find(file) ?? TextFile.Find(file))?.ToException(readable)
            ?? BrokenUpload.AfterOtherBytes(file)
            ?? new InvalidImageException(
                $"The file is not an image; it begins with the bytes {Convert.ToHexString(file[..Math.Min(8, file.Length)])}. Upload an image: {readable} are read.");
    }
}
