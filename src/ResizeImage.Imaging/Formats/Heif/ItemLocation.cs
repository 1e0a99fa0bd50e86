namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>Where the data of an item is (ISO/IEC 14496-12, 8.11.3).</summary>
/// <param name="Method">The construction method: 0 for offsets in the file, 1 for offsets in the box "idat".</param>
/// <param name="IsExternal">The data is in another file.</param>
/// <param name="Extents">Offset and length in bytes of each part of the data; length 0 goes on to the end. Not checked against the file.</param>
internal sealed record ItemLocation(int Method, bool IsExternal, (long Offset, long Length)[] Extents)
{
    /// <summary>Construction method 0.</summary>
    public const int InFile = 0;

    /// <summary>Construction method 1.</summary>
    public const int InIdat = 1;

    /// <summary>More extents of an item are refused: they can have no bytes in the box.</summary>
    private const int MaxExtents = 256;

    /// <summary>Reads the box "iloc", versions 0 to 2.</summary>
    /// <exception cref="InvalidImageException">The box is corrupt.</exception>
    public static Dictionary<uint, ItemLocation> ParseAll(ReadOnlySpan<byte> iloc)
    {
        Dictionary<uint, ItemLocation> locations = [];
        BoxReader reader = new(iloc, BoxType.Iloc);
        (int version, _) = reader.ReadVersion();
        if (version > 2)
        {
            throw HeifErrors.Corrupt($"its box \"iloc\" has version {version}; expected 0 to 2");
        }

        int sizes = reader.ReadUInt16();
        (int offsetSize, int lengthSize, int baseSize) = (sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15);
        int indexSize = version == 0 ? 0 : sizes & 15;
        uint count = reader.ReadUInt(version == 2);
        for (uint i = 0; i < count; i++)
        {
            uint id = reader.ReadUInt(version == 2);
            int method = version == 0 ? InFile : reader.ReadUInt16() & 15;
            bool isExternal = reader.ReadUInt16() != 0;
            long start = reader.ReadSized(baseSize);
            int extentCount = reader.ReadUInt16();
            if (extentCount > MaxExtents)
            {
                throw HeifErrors.Corrupt($"item {id} has {extentCount:N0} extents; expected at most {MaxExtents}");
            }

            (long Offset, long Length)[] extents = new (long Offset, long Length)[extentCount];
            for (int e = 0; e < extents.Length; e++)
            {
                reader.ReadSized(indexSize);
                long offset = reader.ReadSized(offsetSize);
                extents[e] = (offset > long.MaxValue - start ? long.MaxValue : start + offset, reader.ReadSized(lengthSize));
            }

            locations.TryAdd(id, new(method, isExternal, extents));
        }

        return locations;
    }

    /// <summary>The data of the item.</summary>
    /// <param name="source">The file, or the box "idat".</param>
    /// <returns>As much as the source has. One extent is not copied.</returns>
    /// <exception cref="InvalidImageException">The extents are longer than the source.</exception>
    public ReadOnlyMemory<byte> Read(ByteSource source)
    {
        if (Extents.Length == 1)
        {
            return Part(source, Extents[0]);
        }

        long total = 0;
        foreach ((long Offset, long Length) extent in Extents)
        {
            total += LengthIn(source, extent);
        }

        // Extents that overlap would make a small file a large one.
        if (total > source.Length)
        {
            throw HeifErrors.Corrupt("the extents of an item overlap");
        }

        byte[] data = new byte[total];
        int at = 0;
        foreach ((long Offset, long Length) extent in Extents)
        {
            ReadOnlyMemory<byte> part = Part(source, extent);
            part.CopyTo(data.AsMemory(at));
            at += part.Length;
        }

        return data;
    }

    private static int LengthIn(ByteSource source, (long Offset, long Length) extent)
    {
        long available = Math.Max(0, source.Length - extent.Offset);
        return (int)(extent.Length == 0 ? available : Math.Min(available, extent.Length));
    }

    private static ReadOnlyMemory<byte> Part(ByteSource source, (long Offset, long Length) extent)
    {
        int length = LengthIn(source, extent);
        return length == 0 ? default : source.Read((int)extent.Offset, length);
    }
}
