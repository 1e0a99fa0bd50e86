namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>A tile of a grid.</summary>
/// <param name="Item">The item with the data.</param>
/// <param name="Configuration">Null if the item is missing or not readable.</param>
internal readonly record struct HeifTile(uint Item, PictureConfiguration? Configuration);

/// <summary>
/// Coded pictures in rows and columns (ISO/IEC 23008-12, 6.6.2.3), cropped at the right and at the bottom. A single coded picture is a grid of one.
/// </summary>
internal sealed class TileGrid
{
    private TileGrid(PictureHeader header, int tileWidth, int tileHeight) => (Header, TileWidth, TileHeight) = (header, tileWidth, tileHeight);

    /// <summary>The samples of each tile.</summary>
    public PictureHeader Header { get; }

    /// <summary>Columns of pixels of each tile; at most those of <see cref="Header"/>.</summary>
    public int TileWidth { get; }

    /// <summary>Rows of pixels of each tile; at most those of <see cref="Header"/>.</summary>
    public int TileHeight { get; }

    public int Columns { get; private init; } = 1;

    public int Rows { get; private init; } = 1;

    /// <summary>In pixels.</summary>
    public int Width { get; private init; }

    /// <summary>In pixels.</summary>
    public int Height { get; private init; }

    /// <summary>The tiles that the file has, row by row. There can be fewer than <see cref="Columns"/> × <see cref="Rows"/>.</summary>
    public required HeifTile[] Tiles { get; init; }

    /// <summary>The first readable tile's; the picture's own if it is not divided.</summary>
    public required List<ItemProperty> TileProperties { get; init; }

    /// <summary>A tile; without configuration if the file does not have it.</summary>
    public HeifTile TileAt(int column, int row) => (row * Columns) + column is int index && index < Tiles.Length ? Tiles[index] : default;

    /// <summary>A coded picture.</summary>
    /// <exception cref="ImageException">The picture is corrupt or of a kind that is not read.</exception>
    public static TileGrid OfPicture(HeifContents contents, HeifItem item, PictureCodec codec, List<ItemProperty> properties)
    {
        PictureConfiguration configuration = contents.ConfigurationOf(item, codec, properties);
        (int width, int height) = SizeOf(item, properties, configuration.Header);
        return new(configuration.Header, width, height)
        {
            Width = width,
            Height = height,
            Tiles = [new(item.Id, configuration)],
            TileProperties = properties,
        };
    }

    /// <summary>A derived image of type "grid".</summary>
    /// <exception cref="ImageException">The grid is corrupt, or none of its tiles is of a kind that is read.</exception>
    public static TileGrid OfGrid(HeifContents contents, HeifItem item)
    {
        ReadOnlyMemory<byte> data = contents.ReadData(item.Id);
        BoxReader reader = new(data.Span, BoxType.Grid);
        reader.ReadByte();
        bool isLong = (reader.ReadByte() & 1) != 0;
        (int rows, int columns) = (reader.ReadByte() + 1, reader.ReadByte() + 1);
        (uint width, uint height) = (reader.ReadUInt(isLong), reader.ReadUInt(isLong));
        uint[] inputs = contents.ReferencesFrom(item.Id, BoxType.Dimg);
        HeifTile[] tiles = new HeifTile[Math.Min(rows * columns, inputs.Length)];
        TileGrid? first = null;
        ImageException? problem = null;
        for (int i = 0; i < tiles.Length; i++)
        {
            contents.Work.Check();
            if (TryTile(contents, inputs[i], ref problem) is { } tile)
            {
                first ??= tile;
                tiles[i] = tile.IsLike(first) ? tile.Tiles[0] : throw HeifErrors.Corrupt("the tiles of its grid differ in size or samples");
            }
        }

        if (first is null)
        {
            throw problem ?? HeifErrors.Corrupt("its grid has no tiles");
        }

        first.CheckRepeats(rows, columns, width, height);
        return new(first.Header, first.TileWidth, first.TileHeight)
        {
            Columns = columns,
            Rows = rows,
            Width = (int)width,
            Height = (int)height,
            Tiles = tiles,
            TileProperties = first.TileProperties,
        };
    }

    /// <summary>A tile alone; null if it is missing or not readable, which leaves a gap.</summary>
    private static TileGrid? TryTile(HeifContents contents, uint id, ref ImageException? problem)
    {
        try
        {
            HeifItem item = contents.Find(id) ?? throw HeifErrors.Corrupt($"its tile {id} does not exist");
            PictureCodec codec = contents.CodecOf(item) ?? throw HeifErrors.Unsupported($"has tiles of type {PictureCodec.Describe(item.Type)}");
            List<ItemProperty> properties = contents.PropertiesOf(id);
            HeifPicture.CheckReadable(item, properties, codec);
            return HeifTransform.IsIn(properties) ? throw HeifErrors.Unsupported("has tiles that are turned or cropped") : OfPicture(contents, item, codec, properties);
        }
        catch (ImageException e) when (e is not ImageLimitException)
        {
            problem ??= e;
            return null;
        }
    }

    /// <summary>
    /// The size by the property "ispe". The picture can be larger: a Canon thumbnail has 320 × 214 pixels in a picture of 320 × 320, and a
    /// Samsung thumbnail 512 × 384 in 512 × 512.
    /// </summary>
    private static (int Width, int Height) SizeOf(HeifItem item, List<ItemProperty> properties, PictureHeader header)
    {
        ReadOnlyMemory<byte> ispe = properties.Find(property => property.Type == BoxType.Ispe).Payload;
        if (ispe.IsEmpty)
        {
            return (header.Width, header.Height);
        }

        BoxReader reader = new(ispe.Span, BoxType.Ispe);
        reader.ReadVersion();
        (uint width, uint height) = (reader.ReadUInt32(), reader.ReadUInt32());
        return width >= 1 && height >= 1 && width <= header.Width && height <= header.Height
            ? ((int)width, (int)height)
            : throw HeifErrors.Corrupt($"item {item.Id} has {width} × {height} pixels by its header, and {header.Width} × {header.Height} in its data");
    }

    private bool IsLike(TileGrid other) => (TileWidth, TileHeight) == (other.TileWidth, other.TileHeight)
        && Header with { Signal = null } == other.Header with { Signal = null };

    private void CheckRepeats(int rows, int columns, uint width, uint height)
    {
        if (width < 1 || height < 1 || width > (long)columns * TileWidth || height > (long)rows * TileHeight)
        {
            throw HeifErrors.Corrupt($"its grid has {width} × {height} pixels, and {columns} × {rows} tiles of {TileWidth} × {TileHeight}");
        }

        // Chroma samples, and pixels of half the size, must not be shared by two tiles.
        bool isOdd = (columns > 1 && TileWidth % 2 != 0) || (rows > 1 && TileHeight % 2 != 0);
        if (isOdd && Header.Chroma != ChromaFormat.Yuv444)
        {
            throw HeifErrors.Unsupported($"has tiles of {TileWidth} × {TileHeight} pixels, an odd number");
        }
    }
}
