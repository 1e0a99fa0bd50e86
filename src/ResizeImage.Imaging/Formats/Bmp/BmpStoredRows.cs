namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>Plain rows, read in place.</summary>
/// <param name="file">The whole file.</param>
/// <param name="contents">The file's contents, without runs.</param>
internal sealed class BmpStoredRows(ByteSource file, BmpContents contents) : BmpRows
{
    /// <inheritdoc/>
    public override int Count { get; } = CountRows(file.Length - contents.PixelOffset, contents.Header);

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Read(int row) =>
        file.Read((int)(contents.PixelOffset + (row * contents.Header.Stride)), (int)contents.Header.RowBytes).Span;

    /// <summary>Whole rows in a number of bytes. Many files lack the padding of the last one.</summary>
    private static int CountRows(long bytes, BmpHeader header) =>
        bytes < header.RowBytes ? 0 : (int)Math.Min(header.Height, 1 + ((bytes - header.RowBytes) / header.Stride));
}
