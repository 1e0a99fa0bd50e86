using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>Delivers rows of an interlaced image: reads all passes before the first row and holds the window in memory.</summary>
internal sealed class PngInterlacedRowReader : RowReader
{
    private readonly PngHeader _header;
    private readonly DecodeWindow _window;
    private readonly PngScanlines _scanlines;
    private readonly PngConversion _convert;
    private readonly byte[] _unpacked;
    private readonly WorkMeter _work;

    // Stored pixels of the window, which is extended to the left and upwards to whole Adam7 blocks.
    private readonly int _left;
    private readonly int _top;
    private readonly int _stride;
    private readonly byte[] _pixels;

    private bool _decoded;
    private int _next;

    // Rows from here on are not in the file.
    private int _firstBlank;

    /// <param name="header">The header of an interlaced image.</param>
    /// <param name="window">At scale 1.</param>
    /// <param name="scanlines">Disposed with this object.</param>
    /// <param name="layout">The output of <paramref name="convert"/>.</param>
    /// <param name="convert">Converts stored pixels.</param>
    /// <param name="work">Checked for each row.</param>
    public PngInterlacedRowReader(
        PngHeader header, DecodeWindow window, PngScanlines scanlines, PixelLayout layout, PngConversion convert, WorkMeter work)
    {
        _header = header;
        _window = window;
        _scanlines = scanlines;
        _convert = convert;
        _work = work;
        _unpacked = header.BitDepth < 8 ? new byte[window.Width + Adam7.Block] : [];
        _left = FirstOfBlock(window.X);
        _top = FirstOfBlock(window.Y);
        _stride = (window.X + window.Width - _left) * header.BytesPerPixel;
        _pixels = new byte[BufferBytes(header, window)];
        _next = window.Y;
        _firstBlank = header.Height;
        Layout = layout;
    }

    public override PixelLayout Layout { get; }

    /// <summary>Bytes of pixels to hold, or any large number if a long cannot count them.</summary>
    public static long BufferBytes(PngHeader header, DecodeWindow window)
    {
        long width = window.X + window.Width - FirstOfBlock(window.X);
        long height = window.Y + window.Height - FirstOfBlock(window.Y);
        return Math.Min(width * height, long.MaxValue / 16) * header.BytesPerPixel;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidImageException">The data is corrupt, or ends, before the first row does.</exception>
    public override void ReadRow(Span<byte> row)
    {
        if (!_decoded)
        {
            DecodePasses();
            _decoded = true;
        }

        if (_next < _firstBlank)
        {
            int size = _header.BytesPerPixel;
            _convert(RowFrom(_window.X, _next)[..(_window.Width * size)], row);
        }
        else
        {
            BlankRow.Fill(row, Layout);
        }

        _next++;
    }

    public override void Dispose()
    {
        _scanlines.Dispose();
        base.Dispose();
    }

    private static int FirstOfBlock(int coordinate) => coordinate / Adam7.Block * Adam7.Block;

    private void DecodePasses()
    {
        for (int pass = 0; pass < Adam7.Passes.Length; pass++)
        {
            int height = Adam7.Passes[pass].Height(_header.Height);
            int rows = DecodePass(pass, height);
            if (rows < height)
            {
                Salvage(pass, rows);
                return;
            }
        }

        Note = _scanlines.CheckSums(isLast: true);
    }

    /// <summary>Reads a pass.</summary>
    /// <returns>The number of rows that could be read.</returns>
    private int DecodePass(int index, int height)
    {
        Adam7Pass pass = Adam7.Passes[index];
        int width = pass.Width(_header.Width);
        if (width == 0)
        {
            return height;
        }

        _scanlines.Begin((int)_header.ScanlineBytes(width), height);
        for (int row = 0; row < height; row++)
        {
            _work.Check();
            if (!_scanlines.TryRead())
            {
                return row;
            }

            int y = pass.Y + (row * pass.StepY);
            if (y >= _top && y < _window.Y + _window.Height)
            {
                Keep(pass, y);
            }
        }

        return height;
    }

    /// <summary>Stores the pixels of the current scanline that are in the window.</summary>
    private void Keep(Adam7Pass pass, int y)
    {
        int first = _left / pass.StepX;
        int count = pass.Width(_window.X + _window.Width) - first;
        if (count <= 0)
        {
            return;
        }

        int size = _header.BytesPerPixel;
        ReadOnlySpan<byte> pixels = _scanlines.Current;
        if (_header.BitDepth < 8)
        {
            Span<byte> unpacked = _unpacked.AsSpan(0, count);
            PackedSamples.Unpack(pixels, _header.BitDepth, first, unpacked);
            pixels = unpacked;
        }
        else
        {
            pixels = pixels.Slice(first * size, count * size);
        }

        Adam7.Scatter(pixels, RowFrom(_left + pass.X, y), pass.StepX, size);
    }

    /// <summary>Salvages a truncated or corrupt file: each missing pixel takes the color of the nearest known pixel above and to the left.</summary>
    /// <param name="pass">The pass in which the data ended.</param>
    /// <param name="rows">Rows of that pass that could be read.</param>
    private void Salvage(int pass, int rows)
    {
        if (pass == 0)
        {
            if (rows == 0)
            {
                throw PngErrors.NoRows(_scanlines.IsTruncated);
            }

            _firstBlank = (int)Math.Min(_header.Height, (long)rows * Adam7.Block);
        }

        Note = $"The PNG is {(_scanlines.IsTruncated ? "truncated" : "corrupt")} in pass {pass + 1} of {Adam7.Passes.Length} of its interlacing: "
            + (pass == 0 ? $"only its first {_firstBlank} of {_header.Height} rows are there, and coarse; the others are blank." : "it is coarse in parts.");

        (int gridX, int gridY) = Adam7.Grid(Math.Max(0, pass - 1));
        int size = _header.BytesPerPixel;
        int bottom = Math.Min(_window.Y + _window.Height, _firstBlank);
        for (int y = _top; y < bottom; y++)
        {
            _work.Check();
            int sourceY = y / gridY * gridY;
            for (int x = _left; x < _window.X + _window.Width; x++)
            {
                int own = Adam7.PassOf(x, y);
                bool there = own < pass || (own == pass && (y - Adam7.Passes[own].Y) / Adam7.Passes[own].StepY < rows);
                if (!there)
                {
                    RowFrom(x / gridX * gridX, sourceY)[..size].CopyTo(RowFrom(x, y));
                }
            }
        }
    }

    /// <summary>The held pixels of a row, from a column on.</summary>
    private Span<byte> RowFrom(int x, int y) => _pixels.AsSpan((y - _top) * _stride, _stride)[((x - _left) * _header.BytesPerPixel)..];
}
