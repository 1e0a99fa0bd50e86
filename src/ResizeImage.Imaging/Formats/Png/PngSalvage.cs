namespace ResizeImage.Imaging.Formats.Png;

/// <summary>How a file that ends early or is damaged in its pixels is shown: what can be read, with a note; the rest is blank.</summary>
internal static class PngSalvage
{
    /// <summary>For a file without a whole row.</summary>
    /// <param name="cutOff">The file ends; else it is damaged.</param>
    public static InvalidImageException NothingThere(bool cutOff = true) => new(cutOff
        ? "The PNG is truncated before its first row of pixels. Upload the complete file."
        : "The PNG is corrupt in its first row of pixels. Upload an undamaged copy.");

    /// <summary>For the reader of the thumbnail: some rows are missing.</summary>
    /// <param name="rows">Rows that are there.</param>
    /// <param name="height">Rows of the image.</param>
    /// <param name="cutOff">The file ends; else it is damaged.</param>
    public static string RowsNote(int rows, int height, bool cutOff) => cutOff
        ? $"The PNG is truncated: only the first {rows} of its {height} rows are there; the others are blank."
        : $"The PNG is corrupt: only the first {rows} of its {height} rows can be read; the others are blank.";

    /// <summary>For the reader of the thumbnail: all rows were read, and a checksum shows damage; null if none does.</summary>
    /// <param name="data">The first IDAT chunk whose CRC does not match.</param>
    /// <param name="other">The same of other chunks.</param>
    /// <param name="pixels">What is known of the pixels' Adler-32.</param>
    public static string? ChecksumNote(PngChunk? data, PngChunk? other, InflateChecksum pixels)
    {
        string? ofPixels = data is { } chunk
            ? NoteOf(chunk) + (pixels == InflateChecksum.Valid ? "; its pixels match their own (Adler-32)." : ": its pixels may be corrupt.")
            : pixels switch
            {
                InflateChecksum.Wrong => "The checksum of the PNG's pixels (Adler-32) does not match: they may be corrupt.",
                InflateChecksum.Missing => "The checksum of the PNG's pixels (Adler-32) is missing: they may be corrupt.",
                _ => null,
            };
        string? ofOther = other is { } ignored ? NoteOf(ignored) + (ignored.IsCritical ? "." : ": the chunk was ignored.") : null;
        return ofPixels is null || ofOther is null ? ofPixels ?? ofOther : $"{ofPixels} {ofOther}";
    }

    private static string NoteOf(PngChunk chunk) => $"The checksum of the PNG's chunk {chunk.Name} at byte {chunk.Offset} does not match";
}
