using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Delivers rows of the canvas: a frame, and transparent pixels where it does not cover the canvas.</summary>
internal sealed class WebPRowReader : RowReader
{
    /// <summary>128 in the limited range: 16 + 128 · 219 / 255.</summary>
    private const byte MidGrayLuma = 126;

    private readonly WebPFrame _frame;
    private readonly DecodeWindow _window;
    private readonly FrameRows? _rows;
    private readonly bool _coversCanvas;

    // The columns of the window that the frame covers, and a buffer for a row of them.
    private readonly int _left;
    private readonly int _width;
    private readonly byte[] _part;
    private int _y;
    private bool _cutOff;

    /// <param name="frame">The frame to show.</param>
    /// <param name="coversCanvas">The frame covers the whole canvas.</param>
    /// <param name="window">In the canvas's coordinates; at scale 1 unless the frame covers the canvas.</param>
    /// <param name="open">Opens a part of the frame.</param>
    /// <exception cref="InvalidImageException">The frame contradicts itself, or ends before its pixels.</exception>
    public WebPRowReader(WebPFrame frame, bool coversCanvas, DecodeWindow window, Func<DecodeWindow, FrameRows> open)
    {
        _frame = frame;
        _coversCanvas = coversCanvas;
        _window = window;
        _y = window.Y;
        DecodeWindow part = coversCanvas ? window : PartOf(frame, window);
        _left = part.X + frame.X - window.X;
        _width = part.Width;
        _rows = part.Width > 0 && part.Height > 0 ? open(part) : null;
        Layout = LayoutOf(_rows?.Layout, coversCanvas);
        _part = new byte[_rows is null || coversCanvas ? 0 : _width * _rows.Layout.BytesPerPixel()];
    }

    public override PixelLayout Layout { get; }

    /// <inheritdoc/>
    /// <exception cref="InvalidImageException">The data ends, or is corrupt, before its first row of pixels.</exception>
    public override void ReadRow(Span<byte> row)
    {
        if (_coversCanvas)
        {
            if (!TryRead(_rows!, row))
            {
                FillBlank(row);
            }
        }
        else
        {
            row.Clear();
            if (_rows is not null && _y >= _frame.Y && _y < _frame.Y + _frame.Height && TryRead(_rows, _part))
            {
                Place(_part, _rows.Layout, row);
            }
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

    /// <summary>The frame's layout, with alpha added unless the frame covers the canvas.</summary>
    private static PixelLayout LayoutOf(PixelLayout? frame, bool coversCanvas) => frame switch
    {
        null => PixelLayout.Rgba8,
        PixelLayout layout when coversCanvas => layout,
        PixelLayout.YCbCr8 => PixelLayout.YCbCrA8,
        PixelLayout.Rgbx8 => PixelLayout.Rgba8,
        PixelLayout layout => layout,
    };

    /// <returns>False if the data ends, or is corrupt, before the row.</returns>
    private bool TryRead(FrameRows rows, Span<byte> row)
    {
        if (!_cutOff && rows.TryRead(row))
        {
            return true;
        }

        if (!_cutOff)
        {
            _cutOff = true;
            Note = rows.Readable > 0
                ? $"The WebP is truncated or corrupt: only the first {rows.Readable} of its {_frame.Height} rows can be read; the others are blank."
                : throw WebPErrors.TruncatedBeforeFirstRow();
        }

        return false;
    }

    private void FillBlank(Span<byte> row)
    {
        BlankRow.Fill(row, Layout);
        if (Layout == PixelLayout.YCbCr8)
        {
            row[.._width].Fill(MidGrayLuma);
        }
    }

    /// <summary>Copies a row of the frame into a row of the canvas, which is all zeros.</summary>
    private void Place(ReadOnlySpan<byte> part, PixelLayout layout, Span<byte> row)
    {
        if (layout.IsPlanar())
        {
            for (int plane = 0; plane < layout.BytesPerPixel(); plane++)
            {
                part.Slice(plane * _width, _width).CopyTo(row[((plane * _window.Width) + _left)..]);
            }

            if (!layout.HasAlpha())
            {
                row.Slice((3 * _window.Width) + _left, _width).Fill(byte.MaxValue);
            }

            return;
        }

        Span<byte> pixels = row.Slice(4 * _left, 4 * _width);
        part.CopyTo(pixels);
        if (!layout.HasAlpha())
        {
            for (int i = 3; i < pixels.Length; i += 4)
            {
                pixels[i] = byte.MaxValue;
            }
        }
    }

    /// <summary>The part of a window of the canvas that is in the frame, in the frame's coordinates; empty in a direction without overlap.</summary>
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
