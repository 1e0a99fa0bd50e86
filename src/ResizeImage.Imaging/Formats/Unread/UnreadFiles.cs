namespace ResizeImage.Imaging.Formats.Unread;

/// <summary>Names files that no decoder reads, and says what to do.</summary>
internal static class UnreadFiles
{
    /// <summary>The refusal of a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="readable">The formats that are read, as a list in a sentence.</param>
    public static ImageException Refusal(ReadOnlySpan<byte> file, string readable)
    {
        // Signatures come first because they are certain. Failed uploads are mostly text, so they come before other text.
        UnreadFile? known = FileSignatures.Find(file) ?? IsoMediaFile.Find(file) ?? MatroskaFile.Find(file) ?? GzipFile.Find(file);
        if (known is not null)
        {
            return known.ToException(readable);
        }

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
