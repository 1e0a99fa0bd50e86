namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>
/// Delivers the bands of a grid from top to bottom. Only tiles that its columns touch are decoded. One row of tiles is in memory; of a
/// single column of tiles, no more than a band.
/// </summary>
internal sealed class GridBands : IDisposable
{
    private readonly TileGrid _grid;
    private readonly BandShape _shape;
    private readonly BandColumns _columns;
    private readonly int _bandsPerTile;
    private readonly int _endBand;
    private readonly int _firstColumn;
    private readonly int _endColumn;
    private readonly TileReader _reader;

    /// <summary>The bands of a row of tiles; empty if tiles are not beside each other.</summary>
    private readonly Band[] _strip;

    /// <summary>The first row of tiles, and the first of its bands that is delivered.</summary>
    private readonly (int Row, int Band) _start;
    private int _band;
    private int _loaded = -1;
    private int _tiles;
    private int _damaged;

    /// <param name="contents">The file.</param>
    /// <param name="grid">The tiles.</param>
    /// <param name="shape">The kind of bands.</param>
    /// <param name="columns">The columns to deliver.</param>
    /// <param name="bands">The first band to deliver, and the one after the last.</param>
    /// <param name="isExact">False to omit filters.</param>
    /// <exception cref="ImageException">No tile can be read.</exception>
    public GridBands(HeifContents contents, TileGrid grid, BandShape shape, BandColumns columns, (int First, int End) bands, bool isExact)
    {
        _grid = grid;
        _shape = shape;
        _columns = columns;
        (_band, _endBand) = bands;
        _bandsPerTile = shape.BandsOf(grid.TileHeight);
        _start = Math.DivRem(_band, _bandsPerTile);
        (_firstColumn, _endColumn) = TileColumns(grid, shape, columns);
        _reader = new(contents, grid.Header, shape, isExact);
        _strip = new Band[_endColumn - _firstColumn > 1 ? Math.Min(_bandsPerTile, _endBand - _band) : 0];
        for (int i = 0; i < _strip.Length; i++)
        {
            _strip[i] = new(shape, columns.LumaCount, columns.ChromaCount);
        }

        FindFirstReadable();
    }

    /// <summary>Says how much of the image could not be read; null if all could.</summary>
    public string? Note
    {
        get
        {
            int damaged = _damaged + (_strip.Length == 0 && _reader.IsDamaged ? 1 : 0);
            return damaged == 0 ? null
                : _tiles == 1 ? $"The HEIC is truncated or corrupt: only the first {_reader.ReadableRows} of its {_grid.Height} rows can be read; the others are gray."
                : $"The HEIC is truncated or corrupt: {damaged:N0} of the {_tiles:N0} tiles that the thumbnail shows could not be read completely; what is missing is gray.";
        }
    }

    /// <summary>The tiles that columns touch: the first, and the one after the last.</summary>
    public static (int First, int End) TileColumns(TileGrid grid, BandShape shape, BandColumns columns)
    {
        int perTile = grid.TileWidth;
        int first = columns.Luma / perTile;
        int end = (columns.Luma + columns.LumaCount - 1) / perTile;
        if (columns.ChromaCount > 0)
        {
            int chromaPerTile = shape.ChromaOf(grid.TileWidth);
            first = Math.Min(first, columns.Chroma / chromaPerTile);
            end = Math.Max(end, (columns.Chroma + columns.ChromaCount - 1) / chromaPerTile);
        }

        return (Math.Min(first, grid.Columns - 1), Math.Min(end, grid.Columns - 1) + 1);
    }

    /// <summary>Bytes that an instance allocates.</summary>
    public static long EstimateMemory(TileGrid grid, BandShape shape, BandColumns columns, (int First, int End) bands, bool isExact)
    {
        (int first, int end) = TileColumns(grid, shape, columns);
        long decoder = 0;
        PictureConfiguration? last = null;
        foreach (HeifTile tile in grid.Tiles)
        {
            if (tile.Configuration is { } configuration && !ReferenceEquals(configuration, last))
            {
                decoder = Math.Max(decoder, configuration.EstimateMemory(isExact));
                last = configuration;
            }
        }

        int held = end - first > 1 ? Math.Min(shape.BandsOf(grid.TileHeight), bands.End - bands.First) : 0;
        return decoder + (2L * grid.Header.Width) + (held * Band.EstimateMemory(shape, columns.LumaCount, columns.ChromaCount));
    }

    /// <summary>Work of the tiles that bands touch.</summary>
    public static long EstimateWork(TileGrid grid, BandShape shape, BandColumns columns, (int First, int End) bands)
    {
        (int first, int end) = TileColumns(grid, shape, columns);
        int perTile = shape.BandsOf(grid.TileHeight);
        long work = 0;
        for (int row = bands.First / perTile; row <= (bands.End - 1) / perTile; row++)
        {
            for (int column = first; column < end; column++)
            {
                work += grid.TileAt(column, row).Configuration?.EstimateWork() ?? 0;
            }
        }

        return work;
    }

    /// <summary>Reads the next band.</summary>
    /// <param name="band">As wide as the columns.</param>
    public void Read(Band band)
    {
        int row = _band / _bandsPerTile;
        if (row > _loaded)
        {
            Load(row);
        }

        if (row < _loaded)
        {
            // Rows of tiles above the first readable one.
            band.FillGray(Whole(), _grid.Header);
        }
        else if (_strip.Length > 0)
        {
            band.CopyFrom(_strip[(_band % _bandsPerTile) - FirstBandOf(row)]);
        }
        else
        {
            ReadTile(_firstColumn, band);
        }

        _band++;
    }

    public void Dispose() => _reader.Dispose();

    private BandColumns Whole() => new(0, _columns.LumaCount, 0, _columns.ChromaCount);

    /// <summary>The first band of a row of tiles that was or will be delivered.</summary>
    private int FirstBandOf(int row) => row == _start.Row ? _start.Band : 0;

    private void FindFirstReadable()
    {
        int row = _start.Row;
        while (!Load(row))
        {
            row++;
            if (row > (_endBand - 1) / _bandsPerTile)
            {
                throw _reader.Problem ?? HeifErrors.TruncatedBeforeFirstRow();
            }
        }
    }

    /// <summary>Decodes a row of tiles, or starts its only tile.</summary>
    /// <returns>False if nothing of it is readable.</returns>
    private bool Load(int row)
    {
        _damaged += _loaded >= 0 && _strip.Length == 0 && _reader.IsDamaged ? 1 : 0;
        _loaded = row;
        _tiles += _endColumn - _firstColumn;
        int first = FirstBandOf(row);
        if (_strip.Length == 0)
        {
            bool isReadable = _reader.Start(_grid.TileAt(_firstColumn, row));
            _reader.Skip(first);
            return isReadable;
        }

        int count = Math.Min(_bandsPerTile, _endBand - (row * _bandsPerTile)) - first;
        bool isAnyReadable = false;
        for (int column = _firstColumn; column < _endColumn; column++)
        {
            isAnyReadable |= _reader.Start(_grid.TileAt(column, row));
            _reader.Skip(first);
            for (int i = 0; i < count; i++)
            {
                ReadTile(column, _strip[i]);
            }

            _damaged += _reader.IsDamaged ? 1 : 0;
        }

        return isAnyReadable;
    }

    private void ReadTile(int column, Band band)
    {
        int luma = _grid.TileWidth;
        int chroma = _shape.ChromaOf(_grid.TileWidth);
        BandColumns tile = new(column * luma, luma, column * chroma, chroma);
        _reader.Read(_columns.Within(tile), tile.Within(_columns), band);
    }
}
