using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>Delivers rows from top to bottom, whatever their stored order.</summary>
/// <param name="header">The file's header.</param>
/// <param name="window">At scale 1.</param>
/// <param name="rows">The stored rows.</param>
/// <param name="layout">The output of <paramref name="convert"/>.</param>
/// <param name="convert">Converts stored pixels.</param>
internal sealed class BmpRowReader(BmpHeader header, DecodeWindow window, BmpRows rows, PixelLayout layout, BmpConversion convert) : RowReader
{
    private int _y = window.Y;

    public override PixelLayout Layout => layout;

    public override void ReadRow(Span<byte> row)
    {
        int stored = header.StoredRow(_y++);
        if (stored < rows.Count)
        {
            convert(rows.Read(stored), window.X, row);
        }
        else
        {
            BlankRow.Fill(row, layout);
            Note = $"The BMP is truncated: only {rows.Count} of its {header.Height} rows are there; the others are blank.";
        }
    }
}
