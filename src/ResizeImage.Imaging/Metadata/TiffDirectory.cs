using System.Buffers.Binary;

namespace ResizeImage.Imaging.Metadata;

/// <summary>An image file directory of EXIF data (TIFF 6.0, section 2), read in place. Corrupt entries count as missing.</summary>
internal readonly ref struct TiffDirectory
{
    private const int HeaderSize = 8;
    private const int EntrySize = 12;
    private readonly ReadOnlySpan<byte> _tiff;
    private readonly ReadOnlySpan<byte> _entries;
    private readonly bool _little;
    private readonly int _count;

    private TiffDirectory(ReadOnlySpan<byte> tiff, uint offset, bool little)
    {
        _tiff = tiff;
        _little = little;
        if (offset > 0 && offset <= tiff.Length - sizeof(ushort))
        {
            _count = UInt16(tiff[(int)offset..]);
            _entries = tiff[((int)offset + sizeof(ushort))..];
        }
    }

    /// <summary>The first directory (IFD0); empty if the data is not TIFF.</summary>
    /// <param name="tiff">From the byte order mark <c>II</c> or <c>MM</c> on.</param>
    public static TiffDirectory First(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < HeaderSize || !(tiff.StartsWith("II"u8) || tiff.StartsWith("MM"u8)))
        {
            return default;
        }

        TiffDirectory header = new(tiff, 0, tiff.StartsWith("II"u8));
        return header.UInt16(tiff[2..]) == 42 ? new(tiff, header.UInt32(tiff[4..]), header._little) : default;
    }

    /// <summary>The directory that an entry points to; empty if there is none.</summary>
    public TiffDirectory Child(ushort tag) => Number(tag) is { } offset ? new(_tiff, offset, _little) : default;

    /// <summary>The first value of an entry that is a whole number; null if there is none.</summary>
    public uint? Number(ushort tag)
    {
        const ushort Byte = 1;
        const ushort Short = 3;
        const ushort Long = 4;
        ReadOnlySpan<byte> entry = Entry(tag);
        return entry.IsEmpty ? null : UInt16(entry[2..]) switch
        {
            Short => UInt16(entry[8..]),
            Long => UInt32(entry[8..]),
            Byte => entry[8],
            _ => null,
        };
    }

    /// <summary>The values of an entry of short or long whole numbers.</summary>
    /// <param name="tag">The entry.</param>
    /// <param name="numbers">Receives the first values, as many as fit.</param>
    /// <returns>The number of values of the entry, at most as many as fit; 0 if there is none.</returns>
    public int Numbers(ushort tag, Span<uint> numbers)
    {
        const ushort Short = 3;
        const ushort Long = 4;
        ReadOnlySpan<byte> entry = Entry(tag);
        int size = entry.IsEmpty ? 0 : UInt16(entry[2..]) switch { Short => sizeof(ushort), Long => sizeof(uint), _ => 0 };
        if (size == 0)
        {
            return 0;
        }

        int count = (int)Math.Min(UInt32(entry[4..]), (uint)numbers.Length);
        bool isInline = UInt32(entry[4..]) <= sizeof(uint) / size;
        ReadOnlySpan<byte> values = isInline ? entry[8..] : UInt32(entry[8..]) is uint offset && offset <= _tiff.Length ? _tiff[(int)offset..] : default;
        if (values.Length < count * size)
        {
            return 0;
        }

        for (int i = 0; i < count; i++)
        {
            numbers[i] = size == sizeof(ushort) ? UInt16(values[(i * size)..]) : UInt32(values[(i * size)..]);
        }

        return count;
    }

    /// <summary>The text of an entry, if it has at most four letters, the closing NUL included; else empty.</summary>
    public ReadOnlySpan<byte> ShortText(ushort tag)
    {
        const ushort Ascii = 2;
        ReadOnlySpan<byte> entry = Entry(tag);
        return !entry.IsEmpty && UInt16(entry[2..]) == Ascii && UInt32(entry[4..]) is var count and <= 4 ? entry.Slice(8, (int)count) : default;
    }

    /// <summary>Tag, type, count, and the value, left-aligned, if it fits into four bytes.</summary>
    private ReadOnlySpan<byte> Entry(ushort tag)
    {
        ReadOnlySpan<byte> entries = _entries;
        for (int i = 0; i < _count && entries.Length >= EntrySize; i++, entries = entries[EntrySize..])
        {
            if (UInt16(entries) == tag)
            {
                return entries[..EntrySize];
            }
        }

        return default;
    }

    private ushort UInt16(ReadOnlySpan<byte> bytes) =>
        _little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private uint UInt32(ReadOnlySpan<byte> bytes) =>
        _little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
