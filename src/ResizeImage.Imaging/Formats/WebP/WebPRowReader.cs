namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Delivers rows of the canvas: a frame, and what it does not cover.</summary>
internal sealed class WebPRowReader : RowReader
{
    private const int PixelBytes = 4;

    private readonly WebPFrame _frame;
    private readonly DecodeWindow _window;
    private readonly FrameRows? _rows;
    private readonly bool _coversCanvas;

    // The columns of the window that the frame covers.
    private readonly int _left;
    private readonly int _width;
    private int _y;
    private bool _cutOff;

    /// <param name="frame">The only one.</param>
    /// <param name="coversCanvas">It is the whole picture.</param>
    /// <param name="window">Of the canvas; at scale 1 unless the frame covers that.</param>
    /// <exception cref="InvalidImageException">The frame contradicts itself, or is cut off before its pixels.</exception>
    public WebPRowReader(WebPFrame frame, bool coversCanvas, DecodeWindow window)
    {
        _frame = frame;
        _coversCanvas = coversCanvas;
        _window = window;
        _y = window.Y;
        DecodeWindow part = coversCanvas ? window : PartOf(frame, window);
        _left = part.X + frame.X - window.X;
        _width = part.Width;
        _rows = part.Width > 0 && part.Height > 0 ? frame.Open(part) : null;
    }

    public override PixelLayout Layout => _coversCanvas && !_frame.HasAlpha ? PixelLayout.Rgbx8 : PixelLayout.Rgba8;

    /// <inheritdoc/>
    /// <exception cref="InvalidImageException">The file ends, or is damaged, before its first row of pixels.</exception>
    public override void ReadRow(Span<byte> row)
    {
        Span<byte> pixels = row.Slice(_left * PixelBytes, _width * PixelBytes);
        if (!_coversCanvas)
        {
            row.Clear();
        }

        if (_rows is not null && (_coversCanvas || (_y >= _frame.Y && _y < _frame.Y + _frame.Height)))
        {
            Read(_rows, pixels);
        }

        _y++;
        if (_y == _window.Y + _window.Height)
        {
            Note ??= _rows?.Note;
        }
    }

    public override void Dispose()
    {
        _rows?.Dispose();
        base.Dispose();
    }

    private void Read(FrameRows rows, Span<byte> pixels)
    {
        if (!_cutOff && rows.TryRead(pixels))
        {
            return;
        }

        if (!_cutOff)
        {
            _cutOff = true;
            Note = rows.Readable > 0
                ? $"The WebP is truncated or corrupt: only the first {rows.Readable} of its {_frame.Height} rows can be read; the others are blank."
                : throw WebPSalvage.NothingThere();
        }

        BlankRow.Fill(pixels, Layout);
    }

    /// <summary>What of a window of the canvas lies in the frame, in the frame's coordinates; empty in a direction where nothing does.</summary>
    private static DecodeWindow PartOf(WebPFrame frame, DecodeWindow window)
    {
        (int x, int width) = Part(window.X - frame.X, window.Width, frame.Width);
        (int y, int height) = Part(window.Y - frame.Y, window.Height, frame.Height);
        return window with { X = x, Y = y, Width = width, Height = height };
    }

    private static (int Start, int Length) Part(int start, int length, int limit)
    {
        int first = Math.Clamp(start, 0, limit);
        return (first, Math.Clamp(start + length, 0, limit) - first);
    }
}
