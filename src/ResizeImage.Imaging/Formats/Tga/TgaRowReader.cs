using System.Runtime.InteropServices;
using ResizeImage.Imaging.Formats.Bmp;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Tga;

/// <summary>Delivers rows from top to bottom and from left to right, whatever their stored order.</summary>
/// <param name="header">The file's header.</param>
/// <param name="window">At scale 1.</param>
/// <param name="rows">The stored rows.</param>
/// <param name="layout">The output of <paramref name="convert"/>.</param>
/// <param name="convert">Converts stored pixels.</param>
/// <param name="work">Is checked once a row.</param>
internal sealed class TgaRowReader(TgaHeader header, DecodeWindow window, BmpRows rows, PixelLayout layout, BmpConversion convert, WorkMeter work) : RowReader
{
    private int _y = window.Y;

    public override PixelLayout Layout => layout;

    public override void ReadRow(Span<byte> row)
    {
        work.Check();
        int stored = header.StoredRow(_y++);
        if (stored >= rows.Count)
        {
            BlankRow.Fill(row, layout);
            Note = $"The TGA is truncated: only {rows.Count} of its {header.Height} rows are there; the others are blank.";
            return;
        }

        if (!header.RightToLeft)
        {
            convert(rows.Read(stored), window.X, row);
            return;
        }

        convert(rows.Read(stored), header.Width - window.X - window.Width, row);
        if (layout.BytesPerPixel() == 1)
        {
            row.Reverse();
        }
        else
        {
            MemoryMarshal.Cast<byte, uint>(row).Reverse();
        }
    }
}
