using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Qoi;

/// <summary>Delivers the rows of a window; those above it are decoded, too.</summary>
/// <param name="file">The whole file.</param>
/// <param name="header">The file's header.</param>
/// <param name="window">At scale 1.</param>
internal sealed class QoiRowReader(ByteSource file, QoiHeader header, DecodeWindow window) : RowReader
{
    private const int BytesPerPixel = 4;

    private readonly QoiPixels _pixels = new(file);
    private readonly byte[] _row = new byte[BufferBytes(header)];
    private int _next;
    private int _wanted = window.Y;

    public override PixelLayout Layout => header.HasAlpha ? PixelLayout.Rgba8 : PixelLayout.Rgbx8;

    /// <summary>Bytes of a whole row; can exceed the longest array.</summary>
    public static long BufferBytes(QoiHeader header) => (long)header.Width * BytesPerPixel;

    public override void ReadRow(Span<byte> row)
    {
        for (; _next <= _wanted; _next++)
        {
            file.Work.Check();
            if (Note is null)
            {
                ReadStored();
            }
            else
            {
                BlankRow.Fill(_row, Layout);
            }
        }

        _wanted++;
        _row.AsSpan(window.X * BytesPerPixel, row.Length).CopyTo(row);
    }

    private void ReadStored()
    {
        int bytes = _pixels.Read(_row);
        if (bytes < _row.Length)
        {
            Note = _next > 0
                ? $"The QOI is truncated: only {_next} of its {header.Height} rows are complete; the rest is blank."
                : throw QoiErrors.TruncatedBeforeFirstRow();
            BlankRow.Fill(_row.AsSpan(bytes), Layout);
        }
    }
}
