using ResizeImage.Imaging.Formats.Deflate;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>The notes on thumbnails of truncated and corrupt PNG files: rows that cannot be read are blank.</summary>
internal static class PngNotes
{
    /// <summary>Some rows are missing.</summary>
    /// <param name="rows">Rows that were read.</param>
    /// <param name="height">Rows of the image.</param>
    /// <param name="truncated">True if the file ends early; false if its data is corrupt.</param>
    public static string OfRows(int rows, int height, bool truncated) => truncated
        ? $"The PNG is truncated: only the first {rows} of its {height} rows are there; the others are blank."
        : $"The PNG is corrupt: only the first {rows} of its {height} rows can be read; the others are blank.";

    /// <summary>All rows were read, but a checksum does not match; null if all do.</summary>
    /// <param name="data">The first IDAT chunk whose CRC does not match.</param>
    /// <param name="other">The first other chunk whose CRC does not match.</param>
    /// <param name="pixels">The state of the Adler-32 of the pixels.</param>
    public static string? OfChecksums(PngChunk? data, PngChunk? other, InflateChecksum pixels)
    {
        string? ofPixels = data is { } chunk
            ? OfCrc(chunk) + (pixels == InflateChecksum.Valid ? "; its pixels match their own (Adler-32)." : ": its pixels may be corrupt.")
            : pixels switch
            {
                InflateChecksum.Wrong => "The checksum of the PNG's pixels (Adler-32) does not match: they may be corrupt.",
                InflateChecksum.Missing => "The checksum of the PNG's pixels (Adler-32) is missing: they may be corrupt.",
                _ => null,
            };
        string? ofOther = other is { } ignored ? OfCrc(ignored) + (ignored.IsCritical ? "." : ": the chunk was ignored.") : null;
        return ofPixels is null || ofOther is null ? ofPixels ?? ofOther : $"{ofPixels} {ofOther}";
    }

    private static string OfCrc(PngChunk chunk) => $"The checksum of the PNG's chunk {chunk.Name} at byte {chunk.Offset} does not match";
}
