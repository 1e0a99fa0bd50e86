namespace ResizeImage.Imaging.Formats.Gif;

/// <summary>Delivers rows that are stored from top to bottom, as they are decoded.</summary>
/// <param name="file">The whole file.</param>
/// <param name="frame">Not interlaced.</param>
/// <param name="columns">The columns of the window.</param>
internal sealed class GifSequentialRows(ByteSource file, GifFrame frame, Range columns) : GifRows
{
    private readonly GifPixels _pixels = new(file, frame);
    private int _next;

    public override ReadOnlySpan<byte> Read(int y)
    {
        for (; _next < y && Note is null; _next++)
        {
            Check(_pixels.ReadRow());
        }

        ReadOnlySpan<byte> row = _pixels.ReadRow();
        if (Note is null)
        {
            Check(row);
        }

        _next++;
        return row[Math.Min(columns.Start.Value, row.Length)..Math.Min(columns.End.Value, row.Length)];
    }

    private void Check(ReadOnlySpan<byte> row)
    {
        if (row.Length < frame.Width)
        {
            Note = _next > 0 ? RowsNote(_next, frame.Height) : throw GifErrors.TruncatedBeforeFirstRow();
        }
    }
}
