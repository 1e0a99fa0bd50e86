using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats;

/// <summary>The rows of another reader, and a note before its own.</summary>
internal sealed class NotedRowReader : RowReader
{
    private readonly RowReader _rows;
    private readonly string _note;

    /// <param name="rows">Is disposed with this reader.</param>
    /// <param name="note">The first sentences of the note.</param>
    public NotedRowReader(RowReader rows, string note) => (_rows, _note, Note) = (rows, note, note);

    public override PixelLayout Layout => _rows.Layout;

    public override void ReadRow(Span<byte> row)
    {
        _rows.ReadRow(row);
        Note = _rows.Note is null ? _note : $"{_note} {_rows.Note}";
    }

    public override void Dispose()
    {
        _rows.Dispose();
        base.Dispose();
    }
}
