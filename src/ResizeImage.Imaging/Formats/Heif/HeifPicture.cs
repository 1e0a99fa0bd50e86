namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>An image item with all that it is derived from (ISO/IEC 23008-12, 6.6). Pixels are not decoded.</summary>
/// <param name="Item">The item that was asked for.</param>
/// <param name="Tiles">The coded pictures; null if there is an <paramref name="Overlay"/>.</param>
/// <param name="Overlay">The canvas; null if there are <paramref name="Tiles"/>.</param>
/// <param name="Color">The meaning of samples.</param>
/// <param name="Transform">From stored to upright.</param>
internal sealed record HeifPicture(HeifItem Item, TileGrid? Tiles, HeifOverlay? Overlay, HeifColor Color, HeifTransform Transform)
{
    /// <summary>Derived images within derived images, at most: an overlay of grids.</summary>
    private const int MaxDepth = 2;

    /// <summary>
    /// Properties that a reader may know without acting on them: the aspect ratio of pixels, an offset, the layer to show, light levels and
    /// volumes of color.
    /// </summary>
    private static readonly uint[] Known =
    [
        BoxType.AuxC, BoxType.Clap, BoxType.Colr, BoxType.Imir, BoxType.Irot, BoxType.Ispe,
        BoxType.Of("pixi"), BoxType.Of("pasp"), BoxType.Of("rloc"), BoxType.Of("lsel"), BoxType.Of("clli"), BoxType.Of("mdcv"),
    ];

    /// <summary>The item that carries color, alpha and thumbnails: for a tone map or an identity, its input.</summary>
    public HeifItem Master { get; init; } = Item;

    /// <summary>Follows an item to coded pictures.</summary>
    /// <param name="contents">The file.</param>
    /// <param name="id">The item.</param>
    /// <param name="depth">Derived images around this one.</param>
    /// <exception cref="InvalidImageException">An item is missing or corrupt.</exception>
    /// <exception cref="UnsupportedImageException">An item is of a kind that is not read. The message names it.</exception>
    public static HeifPicture Resolve(HeifContents contents, uint id, int depth = 0)
    {
        HeifItem item = contents.Find(id) ?? throw HeifErrors.Corrupt($"its item {id} does not exist");
        List<ItemProperty> properties = contents.PropertiesOf(id);
        PictureCodec? codec = contents.CodecOf(item);
        CheckReadable(item, properties, codec);
        if (codec is null && depth >= MaxDepth)
        {
            throw HeifErrors.Unsupported($"has images derived in more than {MaxDepth} steps");
        }

        switch (item.Type)
        {
            case BoxType.Grid:
                return OfTiles(item, TileGrid.OfGrid(contents, item), properties);
            case BoxType.Iovl:
                var overlay = HeifOverlay.Read(contents, item, depth);
                HeifColor ofLayer = overlay.Layers[0].Picture.Color;
                HeifColor color = HeifColor.Read(properties, [], ofLayer.Signal);
                color = color.IccProfile.IsEmpty ? color with { IccProfile = ofLayer.IccProfile } : color;
                return new(item, null, overlay, color, new HeifTransform(0, 0, overlay.Width, overlay.Height).Then(properties));
            case BoxType.Iden:
                HeifPicture input = ResolveInput(contents, item, depth);
                return input with { Item = item, Transform = input.Transform.Then(properties) };

            // A tone map (ISO 21496-1) turns its first input, the image for SDR, into HDR by the second.
            case BoxType.Tmap:
                return ResolveInput(contents, item, depth) with { Item = item };
            default:
                return codec is null
                    ? throw HeifErrors.Unsupported($"has an image of type {PictureCodec.Describe(item.Type)}")
                    : OfTiles(item, TileGrid.OfPicture(contents, item, codec, properties), properties);
        }
    }

    /// <summary>Refuses encrypted items, and items with a property that a reader must know and this one does not.</summary>
    /// <exception cref="UnsupportedImageException">The item must not be shown.</exception>
    public static void CheckReadable(HeifItem item, List<ItemProperty> properties, PictureCodec? codec)
    {
        if (item.IsProtected)
        {
            throw HeifErrors.Unsupported("has an encrypted image");
        }

        foreach (ItemProperty property in properties)
        {
            if (property.IsEssential && Array.IndexOf(Known, property.Type) < 0 && property.Type != codec?.ConfigurationType)
            {
                throw HeifErrors.Unsupported($"has an image with the essential property \"{BoxType.NameOf(property.Type)}\"");
            }
        }
    }

    private static HeifPicture ResolveInput(HeifContents contents, HeifItem item, int depth) =>
        contents.ReferencesFrom(item.Id, BoxType.Dimg) is [uint first, ..]
            ? Resolve(contents, first, depth + 1)
            : throw HeifErrors.Corrupt($"its item {item.Id} of type \"{BoxType.NameOf(item.Type)}\" has no image");

    private static HeifPicture OfTiles(HeifItem item, TileGrid tiles, List<ItemProperty> properties) => new(
        item,
        tiles,
        null,
        HeifColor.Read(properties, tiles.TileProperties, tiles.Header.Signal),
        new HeifTransform(0, 0, tiles.Width, tiles.Height).Then(properties));
}
