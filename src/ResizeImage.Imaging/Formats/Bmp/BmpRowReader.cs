using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>Delivers rows from top to bottom, whatever way they are stored.</summary>
/// <param name="header">Of the file.</param>
/// <param name="window">At scale 1.</param>
/// <param name="rows">As they are stored.</param>
/// <param name="layout">What <paramref name="convert"/> delivers.</param>
/// <param name="convert">From stored pixels.</param>
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
