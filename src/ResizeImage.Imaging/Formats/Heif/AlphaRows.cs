using System.Runtime.InteropServices;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>The alpha of an image: an auxiliary image (ISO/IEC 23008-12, 6.4.4).</summary>
/// <param name="Tiles">Its luma is alpha.</param>
/// <param name="IsFullRange">If false, codes are 16 to 235 times 2^(bits − 8).</param>
/// <param name="IsPremultiplied">Color has been multiplied by alpha (ISO/IEC 23008-12, 6.4.8, reference "prem").</param>
internal sealed record HeifAlpha(TileGrid Tiles, bool IsFullRange, bool IsPremultiplied);

/// <summary>Delivers rows of alpha in step with those of color. Alpha of another size is resampled to the nearest.</summary>
internal sealed class AlphaRows : IDisposable
{
    private readonly TileGrid _color;
    private readonly TileGrid _tiles;
    private readonly DecodeWindow _window;
    private readonly DecodeWindow _part;
    private readonly SampleRows? _rows;
    private readonly BandShape _shape;
    private readonly ushort[] _table;
    private readonly byte[] _row;
    private readonly bool _isWide;
    private int _y;
    private int _read;

    /// <param name="contents">The file.</param>
    /// <param name="alpha">The auxiliary image.</param>
    /// <param name="color">The image that it belongs to.</param>
    /// <param name="window">In the coordinates of <paramref name="color"/>, at scale 1.</param>
    /// <param name="isWide">Deliver 16 bits.</param>
    public AlphaRows(HeifContents contents, HeifAlpha alpha, TileGrid color, DecodeWindow window, bool isWide)
    {
        _color = color;
        _tiles = alpha.Tiles;
        _window = window;
        _isWide = isWide;
        _y = window.Y;
        _shape = ShapeOf(alpha);
        _part = PartOf(alpha, color, window);
        _read = _part.Y - 1;
        _table = SampleTable.Create(_tiles.Header.LumaBits, alpha.IsFullRange, isWide ? ushort.MaxValue : byte.MaxValue);
        _row = new byte[_part.Width * _shape.BytesPerSample];
        try
        {
            _rows = new(contents, _tiles, _shape, _part);
        }
        catch (ImageException e) when (e is not ImageLimitException)
        {
            _rows = null;
        }
    }

    /// <summary>A note for the user; null if all of alpha could be read.</summary>
    public string? Note => _rows is null ? "The transparency of the HEIC could not be read; the image is opaque."
        : _rows.Note is null ? null
        : "The transparency of the HEIC is truncated or corrupt; parts of it are guessed.";

    /// <summary>Bytes that an instance allocates.</summary>
    public static long EstimateMemory(HeifAlpha alpha, TileGrid color, DecodeWindow window) =>
        SampleRows.EstimateMemory(alpha.Tiles, ShapeOf(alpha), PartOf(alpha, color, window)) + (2L << alpha.Tiles.Header.LumaBits);

    /// <summary>Work of reading all rows.</summary>
    public static long EstimateWork(HeifAlpha alpha, TileGrid color, DecodeWindow window) =>
        SampleRows.EstimateWork(alpha.Tiles, ShapeOf(alpha), PartOf(alpha, color, window));

    /// <summary>Reads the next row.</summary>
    /// <param name="alpha">Receives a sample of one or two bytes for each column of the window.</param>
    public void Read(Span<byte> alpha)
    {
        if (_rows is null)
        {
            alpha.Fill(byte.MaxValue);
            return;
        }

        for (int y = Nearest(_y, _tiles.Height, _color.Height); _read < y; _read++)
        {
            _rows.Read(_row, default, default);
        }

        ReadOnlySpan<ushort> wideRow = _shape.IsWide ? MemoryMarshal.Cast<byte, ushort>(_row) : default;
        Span<ushort> wide = _isWide ? MemoryMarshal.Cast<byte, ushort>(alpha) : default;
        for (int x = 0; x < _window.Width; x++)
        {
            int from = Nearest(_window.X + x, _tiles.Width, _color.Width) - _part.X;
            int code = _shape.IsWide ? Math.Min(wideRow[from], _table.Length - 1) : _row[from];
            if (_isWide)
            {
                wide[x] = _table[code];
            }
            else
            {
                alpha[x] = (byte)_table[code];
            }
        }

        _y++;
    }

    public void Dispose() => _rows?.Dispose();

    private static BandShape ShapeOf(HeifAlpha alpha) => new(ChromaFormat.Monochrome, alpha.Tiles.Header.LumaBits > 8);

    private static DecodeWindow PartOf(HeifAlpha alpha, TileGrid color, DecodeWindow window)
    {
        int x = Nearest(window.X, alpha.Tiles.Width, color.Width);
        int y = Nearest(window.Y, alpha.Tiles.Height, color.Height);
        int endX = Nearest(window.X + window.Width - 1, alpha.Tiles.Width, color.Width) + 1;
        int endY = Nearest(window.Y + window.Height - 1, alpha.Tiles.Height, color.Height) + 1;
        return window with { X = x, Y = y, Width = endX - x, Height = endY - y };
    }

    private static int Nearest(int position, int length, int colorLength) => (int)((((2L * position) + 1) * length) / (2L * colorLength));
}
