using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>The items of a file (ISO/IEC 23008-12, 6.2): what the box "meta" says of them. Their data is read on demand.</summary>
internal sealed class HeifContents
{
    private readonly ByteSource _file;
    private readonly PictureCodec[] _codecs;
    private readonly Dictionary<ReadOnlyMemory<byte>, PictureConfiguration> _configurations = [];
    private Dictionary<uint, HeifItem> _items = [];
    private Dictionary<uint, ItemLocation> _locations = [];
    private List<ItemReference> _references = [];
    private ItemProperties _properties = new();
    private ByteSource _idat;
    private uint? _primary;

    private HeifContents(ByteSource file, PictureCodec[] codecs)
    {
        _file = file;
        _codecs = codecs;
        _idat = file.Slice(0, 0);
    }

    /// <summary>Counts the work.</summary>
    public WorkMeter Work => _file.Work;

    /// <summary>The item that represents the file.</summary>
    /// <exception cref="InvalidImageException">The file has none.</exception>
    public HeifItem Primary => Find(_primary ?? throw HeifErrors.Corrupt("it has no primary image"))
        ?? throw HeifErrors.Corrupt($"its primary image is item {_primary}, which does not exist");

    /// <summary>Reads the first box "meta" of the file, which may be before or after the data.</summary>
    /// <exception cref="InvalidImageException">The description of the items is corrupt or truncated.</exception>
    /// <exception cref="UnsupportedImageException">The file is a sequence without a still image.</exception>
    public static HeifContents Parse(ByteSource file, PictureCodec[] codecs)
    {
        bool hasMovie = false;
        for (long offset = 0; IsoBox.TryRead(file, offset, out IsoBox box); offset = box.End)
        {
            if (box.Type == BoxType.Meta)
            {
                HeifContents contents = new(file, codecs);
                contents.ParseMeta(box.End <= file.Length ? box.Payload(file) : throw HeifErrors.TruncatedInHeader());
                return contents;
            }

            hasMovie |= box.Type == BoxType.Moov;
        }

        throw hasMovie ? HeifErrors.Unsupported("is an image sequence without a still image") : HeifErrors.TruncatedInHeader();
    }

    /// <summary>The item, or null if the file does not have it.</summary>
    public HeifItem? Find(uint id) => _items.GetValueOrDefault(id);

    /// <summary>The properties of an item in the order of their association.</summary>
    public List<ItemProperty> PropertiesOf(uint id) => _properties.Of(id);

    /// <summary>The items that an item refers to, in order; empty if there are none.</summary>
    /// <exception cref="InvalidImageException">The item refers to itself, or to an item twice.</exception>
    public uint[] ReferencesFrom(uint id, uint type)
    {
        foreach (ItemReference reference in _references)
        {
            if (reference.Type == type && reference.From == id)
            {
                HashSet<uint> seen = [id];
                foreach (uint to in reference.To)
                {
                    if (!seen.Add(to))
                    {
                        throw HeifErrors.Corrupt($"item {id} refers to {(to == id ? "itself" : $"item {to} twice")}");
                    }
                }

                return reference.To;
            }
        }

        return [];
    }

    /// <summary>The items that refer to an item, in the order of the file.</summary>
    public List<HeifItem> ReferencesTo(uint id, uint type)
    {
        List<HeifItem> found = [];
        foreach (ItemReference reference in _references)
        {
            if (reference.Type == type && reference.From != id && Array.IndexOf(reference.To, id) >= 0 && Find(reference.From) is { } item)
            {
                found.Add(item);
            }
        }

        return found;
    }

    /// <summary>The codec of an item; null if the item is not a coded picture that is read.</summary>
    public PictureCodec? CodecOf(HeifItem item) => Array.Find(_codecs, codec => codec.ItemType == item.Type);

    /// <summary>The decoder configuration among the properties of an item of a codec. Tiles mostly share one.</summary>
    /// <exception cref="InvalidImageException">The configuration is missing or corrupt.</exception>
    /// <exception cref="UnsupportedImageException">The codec needs a tool that is not implemented.</exception>
    public PictureConfiguration ConfigurationOf(HeifItem item, PictureCodec codec, List<ItemProperty> properties)
    {
        ReadOnlyMemory<byte> payload = properties.Find(property => property.Type == codec.ConfigurationType).Payload;
        if (payload.IsEmpty)
        {
            throw HeifErrors.Corrupt($"item {item.Id} has no property \"{BoxType.NameOf(codec.ConfigurationType)}\"");
        }

        if (!_configurations.TryGetValue(payload, out PictureConfiguration? configuration))
        {
            configuration = codec.Parse(payload, Work);
            _configurations.Add(payload, configuration);
        }

        return configuration;
    }

    /// <summary>The data of an item, as far as the file has it; waits for it. Empty if the file has none.</summary>
    /// <exception cref="InvalidImageException">The location is corrupt.</exception>
    /// <exception cref="UnsupportedImageException">The data is in another file or another item.</exception>
    public ReadOnlyMemory<byte> ReadData(uint id)
    {
        if (!_locations.TryGetValue(id, out ItemLocation? location))
        {
            return default;
        }

        if (location.IsExternal || location.Method is not (ItemLocation.InFile or ItemLocation.InIdat))
        {
            throw HeifErrors.Unsupported($"has item {id} in another {(location.IsExternal ? "file" : "item")}");
        }

        return location.Read(location.Method == ItemLocation.InIdat ? _idat : _file);
    }

    /// <summary>The first EXIF data and the first XMP packet of the file, which are those of the primary image in all files seen.</summary>
    /// <exception cref="ImageException">Their location is corrupt, or in another file.</exception>
    public PhotoMetadata ReadMetadata()
    {
        const int OffsetSize = 4;
        PhotoMetadata found = default;
        foreach (HeifItem item in _items.Values)
        {
            if (item.Type == BoxType.Exif && found.Exif.IsEmpty && !item.IsProtected)
            {
                // The offset of the byte order mark (ISO/IEC 23008-12, A.2.1), behind the offset itself.
                ReadOnlyMemory<byte> data = ReadData(item.Id);
                bool isWhole = data.Length >= OffsetSize && BinaryPrimitives.ReadUInt32BigEndian(data.Span) <= data.Length - OffsetSize;
                found = found with { Exif = isWhole ? data[(OffsetSize + BinaryPrimitives.ReadInt32BigEndian(data.Span))..] : default };
            }
            else if (item.IsXmp && found.Xmp.IsEmpty && !item.IsProtected)
            {
                found = found with { Xmp = ReadData(item.Id) };
            }
        }

        return found;
    }

    private void ParseMeta(ByteSource meta)
    {
        // QuickTime's "meta" has no version before its first box, which is always "hdlr".
        ReadOnlySpan<byte> start = meta.WaitForAll();
        for (long offset = start.Length >= 8 && start[4..8].SequenceEqual("hdlr"u8) ? 0 : 4; IsoBox.TryRead(meta, offset, out IsoBox box); offset = box.End)
        {
            switch (box.Type)
            {
                case BoxType.Pitm:
                    BoxReader reader = new(box.ReadPayload(meta).Span, BoxType.Pitm);
                    _primary = reader.ReadUInt(reader.ReadVersion().Version != 0);
                    break;
                case BoxType.Iinf:
                    _items = HeifItem.ParseAll(box.Payload(meta));
                    break;
                case BoxType.Iloc:
                    _locations = ItemLocation.ParseAll(box.ReadPayload(meta).Span);
                    break;
                case BoxType.Iref:
                    _references = ItemReference.ParseAll(box.Payload(meta));
                    break;
                case BoxType.Iprp:
                    _properties = ItemProperties.Parse(box.Payload(meta));
                    break;
                case BoxType.Idat:
                    _idat = box.Payload(meta);
                    break;
            }
        }
    }
}
