using ResizeImage.Imaging.Formats.Bmp;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Ico;

/// <summary>Delivers the rows of a bitmap whose transparency is in its mask.</summary>
internal sealed class IcoRowReader : RowReader
{
    private const int BytesPerPixel = 4;

    private readonly ByteSource _image;
    private readonly BmpHeader _header;
    private readonly DecodeWindow _window;
    private readonly BmpRows _rows;
    private readonly BmpConversion _convert;
    private readonly long _maskOffset;
    private readonly long _maskStride;
    private readonly byte[] _grays;
    private readonly byte[] _mask;
    private int _y;

    /// <param name="image">From the bitmap's header on.</param>
    /// <param name="contents">The bitmap's contents; offsets from its header.</param>
    /// <param name="rows">The rows of colors.</param>
    /// <param name="window">At scale 1.</param>
    public IcoRowReader(ByteSource image, BmpContents contents, BmpRows rows, DecodeWindow window)
    {
        (_image, _header, _window, _rows, _y) = (image, contents.Header, window, rows, window.Y);
        _convert = contents.Colors is { } colors
            ? BmpPixels.ConversionFor(_header.BitDepth, colors, window.Width)
            : BmpPixels.ConversionFor(_header.BitDepth, contents.Masks with { Alpha = 0 });
        _grays = contents.Colors?.Layout == PixelLayout.Gray8 ? new byte[window.Width] : [];
        _mask = new byte[window.Width];
        _maskOffset = contents.PixelOffset + (_header.Stride * _header.Height);
        _maskStride = ((long)_header.Width + 31) / 32 * 4;
    }

    public override PixelLayout Layout => PixelLayout.Rgba8;

    public override void ReadRow(Span<byte> row)
    {
        _image.Work.Check();
        int stored = _header.StoredRow(_y++);
        if (stored >= _rows.Count)
        {
            BlankRow.Fill(row, Layout);
            Note = $"The icon is truncated: only {_rows.Count} of its {_header.Height} rows are there; the others are blank.";
            return;
        }

        ReadColors(_rows.Read(stored), row);
        ReadMask(stored);
        for (int i = 0; i < _mask.Length; i++)
        {
            row[(i * BytesPerPixel) + 3] = (byte)(_mask[i] - 1); // 0 is opaque, 1 transparent
        }
    }

    private void ReadColors(ReadOnlySpan<byte> pixels, Span<byte> row)
    {
        if (_grays.Length == 0)
        {
            _convert(pixels, _window.X, row);
            return;
        }

        _convert(pixels, _window.X, _grays);
        for (int i = 0; i < _grays.Length; i++)
        {
            row.Slice(i * BytesPerPixel, 3).Fill(_grays[i]);
        }
    }

    private void ReadMask(int stored)
    {
        // Many files lack the padding of the last row.
        long offset = _maskOffset + (stored * _maskStride);
        int bytes = (int)(((long)_header.Width + 7) / 8);
        if (offset <= _image.Length - bytes)
        {
            PackedSamples.Unpack(_image.Read((int)offset, bytes).Span, bits: 1, _window.X, _mask);
            return;
        }

        _mask.AsSpan().Clear();
        Note ??= "The icon's mask is truncated; pixels without it are opaque.";
    }
}
