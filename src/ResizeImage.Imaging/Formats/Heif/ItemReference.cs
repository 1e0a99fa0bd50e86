namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>A reference from one item to others (ISO/IEC 14496-12, 8.11.12).</summary>
/// <param name="Type">See <see cref="BoxType"/>.</param>
/// <param name="From">The item that uses, or belongs to, the others.</param>
/// <param name="To">The other items, in order, each at most once.</param>
internal sealed record ItemReference(uint Type, uint From, uint[] To)
{
    /// <summary>Reads the box "iref", versions 0 and 1.</summary>
    /// <exception cref="InvalidImageException">The box is corrupt.</exception>
    public static List<ItemReference> ParseAll(ByteSource iref)
    {
        List<ItemReference> references = [];
        BoxReader reader = new(iref.WaitForAll(), BoxType.Iref);
        bool isLong = reader.ReadVersion().Version != 0;
        for (long offset = iref.Length - reader.Remaining; IsoBox.TryRead(iref, offset, out IsoBox box); offset = box.End)
        {
            references.Add(Parse(box.Type, box.ReadPayload(iref).Span, isLong));
        }

        return references;
    }

    private static ItemReference Parse(uint type, ReadOnlySpan<byte> payload, bool isLong)
    {
        BoxReader reader = new(payload, type);
        uint from = reader.ReadUInt(isLong);
        int count = reader.ReadUInt16();
        if (count > reader.Remaining / 2)
        {
            throw HeifErrors.Corrupt($"its reference \"{BoxType.NameOf(type)}\" is too short for {count:N0} items");
        }

        uint[] to = new uint[count];
        for (int i = 0; i < count; i++)
        {
            to[i] = reader.ReadUInt(isLong);
        }

        return new(type, from, to);
    }
}
