namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>A property of items (ISO/IEC 23008-12, 6.5 and 9.3).</summary>
/// <param name="Type">See <see cref="BoxType"/>.</param>
/// <param name="Payload">The content of its box, uninterpreted.</param>
/// <param name="IsEssential">A reader that does not know the property must not show the item.</param>
internal readonly record struct ItemProperty(uint Type, ReadOnlyMemory<byte> Payload, bool IsEssential);

/// <summary>The boxes "ipco" and "ipma" (ISO/IEC 23008-12, 9.3): properties, and which items have which.</summary>
internal sealed class ItemProperties
{
    private const int Essential = 0x8000;

    private readonly List<(uint Type, ReadOnlyMemory<byte> Payload)> _properties = [];

    /// <summary>For each item, indexes from 1 on, in order, with <see cref="Essential"/>.</summary>
    private readonly Dictionary<uint, ushort[]> _associations = [];

    /// <summary>Reads the box "iprp".</summary>
    /// <exception cref="InvalidImageException">The box is corrupt.</exception>
    public static ItemProperties Parse(ByteSource iprp)
    {
        ItemProperties properties = new();
        for (long offset = 0; IsoBox.TryRead(iprp, offset, out IsoBox box); offset = box.End)
        {
            if (box.Type == BoxType.Ipco)
            {
                properties.AddProperties(box.Payload(iprp));
            }
            else if (box.Type == BoxType.Ipma)
            {
                properties.AddAssociations(box.ReadPayload(iprp).Span);
            }
        }

        return properties;
    }

    /// <summary>The properties of an item in the order of their association, which is that of transformations.</summary>
    /// <exception cref="InvalidImageException">An essential property does not exist.</exception>
    public List<ItemProperty> Of(uint item)
    {
        List<ItemProperty> found = [];
        foreach (ushort association in _associations.GetValueOrDefault(item, []))
        {
            bool isEssential = (association & Essential) != 0;
            int index = association & ~Essential;
            if (index > 0 && index <= _properties.Count)
            {
                (uint type, ReadOnlyMemory<byte> payload) = _properties[index - 1];
                found.Add(new(type, payload, isEssential));
            }
            else if (index > 0 && isEssential)
            {
                throw HeifErrors.Corrupt($"item {item} has property {index} of {_properties.Count}");
            }
        }

        return found;
    }

    private void AddProperties(ByteSource ipco)
    {
        for (long offset = 0; IsoBox.TryRead(ipco, offset, out IsoBox box); offset = box.End)
        {
            _properties.Add((box.Type, box.ReadPayload(ipco)));
        }
    }

    /// <summary>Index 0 is no property: a Samsung Galaxy S24 writes it.</summary>
    private void AddAssociations(ReadOnlySpan<byte> ipma)
    {
        BoxReader reader = new(ipma, BoxType.Ipma);
        (int version, int flags) = reader.ReadVersion();
        bool isLong = (flags & 1) != 0;
        uint count = reader.ReadUInt32();
        for (uint i = 0; i < count; i++)
        {
            uint item = reader.ReadUInt(version != 0);
            ushort[] indexes = new ushort[reader.ReadByte()];
            for (int a = 0; a < indexes.Length; a++)
            {
                int association = isLong ? reader.ReadUInt16() : reader.ReadByte();
                int highest = isLong ? 0x8000 : 0x80;
                indexes[a] = (ushort)((association & (highest - 1)) | ((association & highest) != 0 ? Essential : 0));
            }

            _associations.TryAdd(item, indexes);
        }
    }
}
