namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>Rows that are stored one after another; each is read at its place in the file.</summary>
/// <param name="file">The whole file.</param>
/// <param name="contents">Of the file; without runs.</param>
internal sealed class BmpStoredRows(ByteSource file, BmpContents contents) : BmpRows
{
    /// <inheritdoc/>
    public override int Count { get; } = CountRows(file.Length - contents.PixelOffset, contents.Header);

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Read(int row) =>
        file.Read((int)(contents.PixelOffset + (row * contents.Header.Stride)), (int)contents.Header.RowBytes).Span;

    /// <summary>Whole rows in so many bytes. Many files lack the padding of the last one.</summary>
    private static int CountRows(long bytes, BmpHeader header) =>
        bytes < header.RowBytes ? 0 : (int)Math.Min(header.Height, 1 + ((bytes - header.RowBytes) / header.Stride));
}
