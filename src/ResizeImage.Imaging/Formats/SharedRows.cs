using System.Buffers;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats;

/// <summary>The rows of one reader for several windows.</summary>
internal sealed class SharedRows
{
    private readonly RowReader _rows;
    private readonly DecodeWindow _union;
    private readonly byte[] _row;
    private int _next;
    private int _readers;

    private SharedRows(RowReader rows, DecodeWindow union, int readers)
    {
        (_rows, _union, _next, _readers) = (rows, union, union.Y, readers);
        _row = ArrayPool<byte>.Shared.Rent(ArrayLength.Of((long)union.Width * rows.Layout.BytesPerPixel(), "bytes of a row"));
    }

    /// <summary>A reader for each window.</summary>
    /// <param name="rows">Delivers the union of the windows. Is disposed with the last of the readers.</param>
    /// <param name="windows">Of the same scale.</param>
    public static RowReader[] Split(RowReader rows, IReadOnlyList<DecodeWindow> windows)
    {
        SharedRows shared = new(rows, DecodeWindow.Union(windows), windows.Count);
        return [.. windows.Select(window => new Part(shared, window))];
    }

    /// <summary>A row of the union.</summary>
    /// <param name="y">The last one that was asked for, or a later one.</param>
    private ReadOnlySpan<byte> Row(int y)
    {
        Span<byte> row = _row.AsSpan(0, _union.Width * _rows.Layout.BytesPerPixel());
        for (; _next <= y; _next++)
        {
            _rows.ReadRow(row);
        }

        return row;
    }

    private void Release()
    {
        _readers--;
        if (_readers == 0)
        {
            _rows.Dispose();
            ArrayPool<byte>.Shared.Return(_row);
        }
    }

    private sealed class Part(SharedRows shared, DecodeWindow window) : RowReader
    {
        private int _y = window.Y;

        public override PixelLayout Layout => shared._rows.Layout;

        public override string? Note => shared._rows.Note;

        public override void ReadRow(Span<byte> row)
        {
            int bytes = Layout.BytesPerPixel();
            (int planes, int sample) = Layout.IsPlanar() ? (bytes, 1) : (1, bytes);
            ReadOnlySpan<byte> source = shared.Row(_y++);
            for (int plane = 0; plane < planes; plane++)
            {
                int first = (plane * shared._union.Width) + window.X - shared._union.X;
                source.Slice(first * sample, window.Width * sample).CopyTo(row[(plane * window.Width * sample)..]);
            }
        }

        public override void Dispose()
        {
            shared.Release();
            base.Dispose();
        }
    }
}
