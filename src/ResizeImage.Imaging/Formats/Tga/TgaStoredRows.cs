using ResizeImage.Imaging.Formats.Bmp;

namespace ResizeImage.Imaging.Formats.Tga;

/// <summary>Plain rows, read in place.</summary>
/// <param name="file">The whole file.</param>
/// <param name="header">The file's header, without runs.</param>
internal sealed class TgaStoredRows(ByteSource file, TgaHeader header) : BmpRows
{
    /// <inheritdoc/>
    public override int Count { get; } = Math.Clamp((file.Length - header.PixelOffset) / header.RowBytes, 0, header.Height);

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Read(int row) => file.Read(header.PixelOffset + (row * header.RowBytes), header.RowBytes).Span;
}
