using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>
/// Rows of one plane, put together from the segments that a window touches. If there is only one beside the other, rows are decoded when they
/// are needed; else a row of segments is held.
/// </summary>
internal sealed class TiffPlane : IDisposable
{
    private const int NotStarted = -1;

    private readonly TiffImage _image;
    private readonly TiffSegmentDecoder _decoder;
    private readonly WorkMeter _work;
    private readonly DecodeWindow _window;
    private readonly int _firstAcross;
    private readonly int _across;
    private readonly int _segmentBytes;
    private readonly byte[] _held;
    private readonly byte[] _segmentRow;

    /// <summary>Units of rows that could be read of each segment of the current row of segments.</summary>
    private readonly int[] _readable;
    private int _down = NotStarted;
    private int _unit = NotStarted;
    private int _decoded;

    /// <param name="image">The image.</param>
    /// <param name="decoder">Decodes the plane's segments. Disposed with this object.</param>
    /// <param name="window">At scale 1.</param>
    /// <param name="work">Checked for each row.</param>
    /// <exception cref="ImageLimitException">The rows to hold are larger than an array can be.</exception>
    public TiffPlane(TiffImage image, TiffSegmentDecoder decoder, DecodeWindow window, WorkMeter work)
    {
        (_image, _decoder, _window, _work) = (image, decoder, window, work);
        _firstAcross = window.X / image.Segments.Width;
        _across = CountAcross(image, window);
        _segmentBytes = ArrayLength.Of(image.PlanesPerRow * image.UnitBytes(image.Segments.Width), "bytes of a row");
        _held = new byte[ArrayLength.Of(HeldBytes(image, window), "bytes of a row of tiles")];
        _segmentRow = image.PlanesPerRow > 1 && _across > 1 ? new byte[_segmentBytes] : [];
        _readable = new int[_across];
    }

    /// <summary>The first column of the rows.</summary>
    public int Left => _firstAcross * _image.Segments.Width;

    /// <summary>Columns of the rows: at least up to the window's right edge.</summary>
    public int Columns => _across * _image.Segments.Width;

    /// <summary>The row that was read last: samples from column <see cref="Left"/> on.</summary>
    public ReadOnlySpan<byte> Current => _held.AsSpan(IsStreaming ? 0 : RowInSegment * RowBytes, RowBytes);

    /// <inheritdoc cref="TiffSegmentDecoder.IsDamaged"/>
    public bool IsDamaged => _decoder.IsDamaged;

    /// <inheritdoc cref="TiffSegmentDecoder.IsTruncated"/>
    public bool IsTruncated => _decoder.IsTruncated;

    private bool IsStreaming => _across == 1;

    private int RowBytes => _across * _segmentBytes;

    private int UnitsPerSegment => UnitsOf(_image, _image.Segments.Height);

    private int RowInSegment => _unit - (_down * UnitsPerSegment);

    /// <summary>Bytes that an instance holds.</summary>
    public static long EstimateMemory(TiffImage image, DecodeWindow window) =>
        HeldBytes(image, window) + (image.PlanesPerRow * image.UnitBytes(image.Segments.Width)) + (sizeof(int) * (long)CountAcross(image, window));

    /// <summary>Reads a row of pixels. Rows must be asked for from top to bottom; one may be asked for several times.</summary>
    /// <param name="y">Row of the image.</param>
    public void Read(int y)
    {
        int unit = y / _image.RowsPerUnit;
        if (unit == _unit)
        {
            return;
        }

        _unit = unit;
        int down = unit / UnitsPerSegment;
        if (down != _down)
        {
            _down = down;
            _decoded = 0;
            if (IsStreaming)
            {
                _decoder.Start(down, _firstAcross);
                _readable[0] = int.MaxValue;
            }
            else
            {
                DecodeSegments();
            }
        }

        if (IsStreaming)
        {
            DecodeUpTo(RowInSegment);
        }
    }

    /// <summary>True if the current row of a segment could not be read.</summary>
    /// <param name="across">The column of segments, from that of the window on.</param>
    public bool IsMissing(int across) => RowInSegment >= _readable[across];

    /// <summary>The columns of a segment that are in the window, relative to it.</summary>
    /// <inheritdoc cref="IsMissing"/>
    public Range ColumnsInWindow(int across)
    {
        long start = Left + ((long)across * _image.Segments.Width) - _window.X;
        return (int)Math.Max(start, 0)..(int)Math.Min(start + _image.Segments.Width, _window.Width);
    }

    /// <summary>Segments beside each other.</summary>
    public int Across => _across;

    public void Dispose() => _decoder.Dispose();

    private static int CountAcross(TiffImage image, DecodeWindow window) =>
        ((window.X + window.Width - 1) / image.Segments.Width) - (window.X / image.Segments.Width) + 1;

    private static int UnitsOf(TiffImage image, int rows) => ((rows - 1) / image.RowsPerUnit) + 1;

    private static long HeldBytes(TiffImage image, DecodeWindow window)
    {
        int across = CountAcross(image, window);
        long rowBytes = across * image.PlanesPerRow * image.UnitBytes(image.Segments.Width);
        return across == 1 ? rowBytes : UnitsOf(image, Math.Min(image.Segments.Height, window.Y + window.Height)) * rowBytes;
    }

    private void DecodeUpTo(int row)
    {
        for (; _decoded <= row && _readable[0] == int.MaxValue; _decoded++)
        {
            _work.Check();
            if (!_decoder.TryReadRow(_held))
            {
                _readable[0] = _decoded;
            }
        }
    }

    private void DecodeSegments()
    {
        int bottom = Math.Min(_image.Height, _window.Y + _window.Height);
        int units = Math.Min(UnitsPerSegment, UnitsOf(_image, bottom) - (_down * UnitsPerSegment));
        for (int across = 0; across < _across; across++)
        {
            _decoder.Start(_down, _firstAcross + across);
            int row = 0;
            while (row < units && TryDecode(row, across))
            {
                _work.Check();
                row++;
            }

            _readable[across] = row;
        }
    }

    private bool TryDecode(int row, int across)
    {
        Span<byte> whole = _held.AsSpan(row * RowBytes, RowBytes);
        if (_image.PlanesPerRow == 1)
        {
            return _decoder.TryReadRow(whole.Slice(across * _segmentBytes, _segmentBytes));
        }

        bool isRead = _decoder.TryReadRow(_segmentRow);
        int width = _image.Segments.Width;
        for (int plane = 0; plane < _image.PlanesPerRow && isRead; plane++)
        {
            _segmentRow.AsSpan(plane * width, width).CopyTo(whole[((plane * Columns) + (across * width))..]);
        }

        return isRead;
    }
}
