namespace ResizeImage.Imaging.Formats.Pnm;

/// <summary>Rows of raw samples, read in place.</summary>
/// <param name="file">The whole file.</param>
/// <param name="header">The file's header.</param>
internal sealed class PnmRawRows(ByteSource file, PnmHeader header) : PnmRows
{
    public override int Count { get; } = (int)Math.Min(header.Height, (file.Length - header.PixelOffset) / header.RawRowBytes);

    public override ReadOnlySpan<byte> Read(int y)
    {
        file.Work.Check();
        return y < Count ? file.Read((int)(header.PixelOffset + (y * header.RawRowBytes)), (int)header.RawRowBytes).Span : default;
    }
}
