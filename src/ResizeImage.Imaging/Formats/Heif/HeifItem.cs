namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>An item of the file: a coded picture, a derived image, or metadata (ISO/IEC 14496-12, 8.11.6).</summary>
/// <param name="Id">Other boxes refer to it.</param>
/// <param name="Type">See <see cref="BoxType"/>.</param>
/// <param name="IsProtected">Its data is encrypted.</param>
internal sealed record HeifItem(uint Id, uint Type, bool IsProtected)
{
    /// <summary>More items are refused. Photos of 200 megapixels have 822.</summary>
    public const int MaxItems = 16_384;

    /// <summary>The item is an XMP packet (ISO/IEC 23008-12, A.3).</summary>
    public bool IsXmp { get; private init; }

    /// <summary>Reads the box "iinf".</summary>
    /// <exception cref="InvalidImageException">The box is corrupt, or has more than <see cref="MaxItems"/>.</exception>
    public static Dictionary<uint, HeifItem> ParseAll(ByteSource iinf)
    {
        Dictionary<uint, HeifItem> items = [];
        BoxReader reader = new(iinf.WaitForAll(), BoxType.Iinf);
        (int version, _) = reader.ReadVersion();
        reader.ReadUInt(version != 0); // the number of entries, which the boxes show as well
        for (long offset = iinf.Length - reader.Remaining; IsoBox.TryRead(iinf, offset, out IsoBox box); offset = box.End)
        {
            if (box.Type == BoxType.Infe && Parse(box.ReadPayload(iinf).Span) is { } item)
            {
                items.TryAdd(item.Id, item);
                if (items.Count > MaxItems)
                {
                    throw HeifErrors.Corrupt($"it has more than {MaxItems:N0} items");
                }
            }
        }

        return items;
    }

    /// <returns>Null for entries of the old versions 0 and 1, which have no type.</returns>
    private static HeifItem? Parse(ReadOnlySpan<byte> infe)
    {
        BoxReader reader = new(infe, BoxType.Infe);
        (int version, _) = reader.ReadVersion();
        if (version is not (2 or 3))
        {
            return null;
        }

        uint id = reader.ReadUInt(version == 3);
        bool isProtected = reader.ReadUInt16() != 0;
        uint type = reader.ReadUInt32();
        return new(id, type, isProtected) { IsXmp = type == BoxType.Mime && HasXmpType(reader.Take(reader.Remaining)) };
    }

    /// <param name="texts">The item's name and its content type, each with a closing NUL.</param>
    private static bool HasXmpType(ReadOnlySpan<byte> texts)
    {
        int end = texts.IndexOf((byte)0);
        return end >= 0 && texts[(end + 1)..].StartsWith("application/rdf+xml\0"u8);
    }
}
