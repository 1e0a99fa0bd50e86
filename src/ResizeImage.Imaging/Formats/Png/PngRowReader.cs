using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>Delivers rows of an image that is not interlaced, as they are inflated.</summary>
internal sealed class PngRowReader : RowReader
{
    private readonly PngHeader _header;
    private readonly DecodeWindow _window;
    private readonly PngScanlines _scanlines;
    private readonly PngConversion _convert;
    private readonly byte[] _unpacked;
    private readonly WorkMeter _work;
    private int _next;
    private bool _ended;

    /// <param name="header">The header of an image that is not interlaced.</param>
    /// <param name="window">At scale 1.</param>
    /// <param name="scanlines">Disposed with this object.</param>
    /// <param name="layout">The output of <paramref name="convert"/>.</param>
    /// <param name="convert">Converts stored pixels.</param>
    /// <param name="work">Checked for each row.</param>
    public PngRowReader(PngHeader header, DecodeWindow window, PngScanlines scanlines, PixelLayout layout, PngConversion convert, WorkMeter work)
    {
        _header = header;
        _window = window;
        _scanlines = scanlines;
        _convert = convert;
        _work = work;
        _unpacked = header.BitDepth < 8 ? new byte[window.Width] : [];
        Layout = layout;
        scanlines.Begin((int)header.ScanlineBytes(header.Width), header.Height);
    }

    public override PixelLayout Layout { get; }

    /// <inheritdoc/>
    /// <exception cref="InvalidImageException">The data is corrupt, or ends, before the first row does.</exception>
    public override void ReadRow(Span<byte> row)
    {
        do
        {
            ReadScanline();
        }
        while (_next <= _window.Y && !_ended);

        if (_ended)
        {
            BlankRow.Fill(row, Layout);
        }
        else
        {
            _convert(WindowOfScanline(), row);
        }
    }

    public override void Dispose()
    {
        _scanlines.Dispose();
        base.Dispose();
    }

    private void ReadScanline()
    {
        if (_ended)
        {
            return;
        }

        _work.Check();
        if (!_scanlines.TryRead())
        {
            _ended = true;
            Note = _next > 0 ? PngNotes.OfRows(_next, _header.Height, _scanlines.IsTruncated) : throw PngErrors.NoRows(_scanlines.IsTruncated);
            return;
        }

        _next++;
        if (_next == _window.Y + _window.Height)
        {
            Note = _scanlines.CheckSums(isLast: _next == _header.Height);
        }
    }

    private ReadOnlySpan<byte> WindowOfScanline()
    {
        if (_header.BitDepth < 8)
        {
            PackedSamples.Unpack(_scanlines.Current, _header.BitDepth, _window.X, _unpacked);
            return _unpacked;
        }

        int size = _header.BytesPerPixel;
        return _scanlines.Current.Slice(_window.X * size, _window.Width * size);
    }
}
