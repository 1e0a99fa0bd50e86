using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>The rows of a window of a grid: luma and, at the same size, chroma.</summary>
internal sealed class SampleRows : IDisposable
{
    private readonly TileGrid _grid;
    private readonly BandShape _shape;
    private readonly DecodeWindow _window;
    private readonly ChromaColumns? _chroma;
    private readonly GridBands _bands;

    /// <summary>The last bands, by their number modulo 3: with fancy upsampling, a row of 4:2:0 is between chroma of two bands.</summary>
    private readonly Band[] _ring;
    private int _next;
    private int _y;

    /// <param name="contents">The file.</param>
    /// <param name="grid">The tiles.</param>
    /// <param name="shape">The kind of bands.</param>
    /// <param name="window">In the coordinates of the grid.</param>
    /// <exception cref="ImageException">Nothing can be read.</exception>
    public SampleRows(HeifContents contents, TileGrid grid, BandShape shape, DecodeWindow window)
    {
        _grid = grid;
        _shape = shape;
        _window = window;
        _y = window.Y;
        _chroma = ChromaOf(grid, shape, window);
        BandColumns columns = ColumnsOf(shape, window, _chroma);
        (int First, int End) bands = BandsOf(grid, shape, window);
        _next = bands.First;
        _ring = new Band[IsBetweenRows(shape, window) ? 3 : 1];
        for (int i = 0; i < _ring.Length; i++)
        {
            _ring[i] = new(shape, columns.LumaCount, columns.ChromaCount);
        }

        _bands = new(contents, grid, shape, columns, bands, isExact: !window.WillBeDownscaled);
    }

    /// <inheritdoc cref="GridBands.Note"/>
    public string? Note => _bands.Note;

    /// <summary>Bytes that an instance allocates.</summary>
    public static long EstimateMemory(TileGrid grid, BandShape shape, DecodeWindow window)
    {
        const int PerColumn = 24; // bands of three, upsampling
        BandColumns columns = ColumnsOf(shape, window, null);
        return GridBands.EstimateMemory(grid, shape, columns, BandsOf(grid, shape, window), isExact: !window.WillBeDownscaled) + (PerColumn * (long)window.Width * shape.BytesPerSample);
    }

    /// <summary>Work of reading all rows.</summary>
    public static long EstimateWork(TileGrid grid, BandShape shape, DecodeWindow window) =>
        GridBands.EstimateWork(grid, shape, ColumnsOf(shape, window, null), BandsOf(grid, shape, window));

    /// <summary>Reads the next row.</summary>
    /// <param name="luma">As many samples as the window has columns.</param>
    /// <param name="cb">As many; empty without chroma.</param>
    /// <param name="cr">As many; empty without chroma.</param>
    public void Read(Span<byte> luma, Span<byte> cb, Span<byte> cr)
    {
        int near = _y / _shape.LumaRows;
        int far = near;
        if (_ring.Length > 1)
        {
            far = _y % 2 == 0 ? Math.Max(near - 1, 0) : Math.Min(near + 1, _shape.BandsOf(_grid.Height) - 1);
        }

        for (int last = Math.Max(near, far); _next <= last; _next++)
        {
            _bands.Read(_ring[_next % _ring.Length]);
        }

        Band band = _ring[near % _ring.Length];
        band.Luma(_y % _shape.LumaRows)[..luma.Length].CopyTo(luma);
        if (_shape.HasChroma)
        {
            ReadChroma(band, _ring[far % _ring.Length], 0, cb);
            ReadChroma(band, _ring[far % _ring.Length], 1, cr);
        }

        _y++;
    }

    public void Dispose() => _bands.Dispose();

    private static bool IsBetweenRows(BandShape shape, DecodeWindow window) => shape.LumaRows == 2 && !window.WillBeDownscaled;

    private static ChromaColumns? ChromaOf(TileGrid grid, BandShape shape, DecodeWindow window) => shape.HasHalfColumns
        ? new(shape, window.X, window.Width, shape.ChromaOf(grid.Columns * grid.TileWidth), isFancy: !window.WillBeDownscaled)
        : null;

    private static BandColumns ColumnsOf(BandShape shape, DecodeWindow window, ChromaColumns? chroma) => chroma is not null
        ? new(window.X, window.Width, chroma.First, chroma.Count)
        : new(window.X, window.Width, shape.HasHalfColumns ? window.X / 2 : window.X, !shape.HasChroma ? 0 : shape.HasHalfColumns ? (window.Width / 2) + 1 : window.Width);

    private static (int First, int End) BandsOf(TileGrid grid, BandShape shape, DecodeWindow window)
    {
        int margin = IsBetweenRows(shape, window) ? 1 : 0;
        int first = Math.Max((window.Y / shape.LumaRows) - margin, 0);
        int last = Math.Min(((window.Y + window.Height - 1) / shape.LumaRows) + margin, shape.BandsOf(grid.Height) - 1);
        return (first, last + 1);
    }

    private void ReadChroma(Band near, Band far, int plane, Span<byte> output)
    {
        if (_chroma is null)
        {
            near.Chroma(plane)[..output.Length].CopyTo(output);
        }
        else
        {
            _chroma.Double(near.Chroma(plane), _ring.Length > 1 ? far.Chroma(plane) : default, output);
        }
    }
}
