namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>An image on the canvas of an overlay.</summary>
/// <param name="X">Offset from the left of the canvas; can be negative.</param>
/// <param name="Y">Offset from the top of the canvas; can be negative.</param>
/// <param name="Picture">A coded picture or a grid, upright.</param>
internal sealed record HeifLayer(int X, int Y, HeifPicture Picture);

/// <summary>A derived image of type "iovl" (ISO/IEC 23008-12, 6.6.2.2): images at offsets on a canvas, later ones above earlier ones.</summary>
/// <param name="Width">Columns of the canvas.</param>
/// <param name="Height">Rows of the canvas.</param>
/// <param name="Fill">R, G, B and A of the canvas, each of 16 bits.</param>
/// <param name="Layers">In the order of painting.</param>
internal sealed record HeifOverlay(int Width, int Height, (ushort R, ushort G, ushort B, ushort A) Fill, HeifLayer[] Layers)
{
    /// <summary>More layers are refused: all are decoded at the same time.</summary>
    private const int MaxLayers = 32;

    /// <summary>Wider or higher canvases are refused: sums of coordinates fit in 32 bits.</summary>
    private const int MaxSide = 1 << 26;

    /// <summary>Reads the description of a canvas.</summary>
    /// <param name="contents">The file.</param>
    /// <param name="item">Of type "iovl".</param>
    /// <param name="depth">Derived images around this one.</param>
    /// <exception cref="ImageException">The overlay is corrupt, or one of its images is not read.</exception>
    public static HeifOverlay Read(HeifContents contents, HeifItem item, int depth)
    {
        ReadOnlyMemory<byte> data = contents.ReadData(item.Id);
        BoxReader reader = new(data.Span, BoxType.Iovl);
        reader.ReadByte();
        bool isLong = (reader.ReadByte() & 1) != 0;
        (ushort R, ushort G, ushort B, ushort A) fill = (reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadUInt16());
        (uint width, uint height) = (reader.ReadUInt(isLong), reader.ReadUInt(isLong));
        if (width is < 1 or > MaxSide || height is < 1 or > MaxSide)
        {
            throw HeifErrors.Corrupt($"its overlay has {width} × {height} pixels; expected 1 to {MaxSide:N0} on each side");
        }

        uint[] inputs = contents.ReferencesFrom(item.Id, BoxType.Dimg);
        if (inputs.Length is < 1 or > MaxLayers)
        {
            throw HeifErrors.Unsupported($"has an overlay of {inputs.Length:N0} images instead of 1 to {MaxLayers}");
        }

        HeifLayer[] layers = new HeifLayer[inputs.Length];
        for (int i = 0; i < layers.Length; i++)
        {
            int x = isLong ? reader.ReadInt32() : (short)reader.ReadUInt16();
            int y = isLong ? reader.ReadInt32() : (short)reader.ReadUInt16();
            HeifPicture picture = HeifPicture.Resolve(contents, inputs[i], depth + 1);
            layers[i] = picture.Tiles is not null && picture.Transform.Orientation == 1
                ? new(Math.Clamp(x, -MaxSide, MaxSide), Math.Clamp(y, -MaxSide, MaxSide), picture)
                : throw HeifErrors.Unsupported("has an overlay of turned or overlaid images");
        }

        return new((int)width, (int)height, fill, layers);
    }
}
