using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Gif;

/// <summary>Delivers rows of the canvas: the first frame, and transparent pixels around it.</summary>
internal sealed class GifRowReader : RowReader
{
    private readonly DecodeWindow _window;
    private readonly GifContents _contents;
    private readonly Range _columns;
    private readonly Range _rows;
    private readonly GifRows _source;
    private int _y;

    /// <param name="file">The whole file.</param>
    /// <param name="contents">The file's contents.</param>
    /// <param name="window">At scale 1.</param>
    public GifRowReader(ByteSource file, GifContents contents, DecodeWindow window)
    {
        _window = window;
        _contents = contents;
        (_columns, _rows) = contents.Frame.PartIn(window);
        _source = contents.Frame.Interlaced
            ? new GifInterlacedRows(file, contents.Frame, _columns, _rows)
            : new GifSequentialRows(file, contents.Frame, _columns);
        _y = window.Y - contents.Frame.Top;
    }

    public override PixelLayout Layout => _contents.Colors.Layout;

    public override void ReadRow(Span<byte> row)
    {
        int y = _y++;
        int columns = _columns.End.Value - _columns.Start.Value;
        if (columns == 0 || y < _rows.Start.Value || y >= _rows.End.Value)
        {
            row.Clear();
            return;
        }

        int size = Layout.BytesPerPixel();
        int left = (_contents.Frame.Left + _columns.Start.Value - _window.X) * size;
        int width = columns * size;
        ReadOnlySpan<byte> indices = _source.Read(y);
        Note = _source.Note;
        if (width < row.Length)
        {
            row.Clear();
        }

        Span<byte> part = row.Slice(left, width);
        _contents.Colors.Convert(indices, part);
        BlankRow.Fill(part[(indices.Length * size)..], Layout);
    }
}
