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

    /// <summary>A directory at an offset, also of a file whose number after the byte order mark is not 42; empty if it is not in the file.</summary>
    /// <param name="tiff">From the byte order mark on.</param>
    /// <param name="offset">Offset of the directory.</param>
    public static TiffDirectory At(ReadOnlySpan<byte> tiff, uint offset) => new(tiff, offset, tiff.StartsWith("II"u8));

    /// <summary>The offset of the next directory of the chain; 0 if this is the last one.</summary>
    public uint Next => (_count * EntrySize) + sizeof(uint) <= _entries.Length ? UInt32(_entries[(_count * EntrySize)..]) : 0;

    /// <summary>Values of an entry of type LONG or IFD, as SubIFDs has.</summary>
    /// <param name="tag">The entry.</param>
    /// <param name="most">The most values to return.</param>
    public uint[] Offsets(ushort tag, int most)
    {
        const ushort Long = 4;
        const ushort Ifd = 13;
        ReadOnlySpan<byte> entry = Entry(tag);
        if (entry.IsEmpty || UInt16(entry[2..]) is not (Long or Ifd))
        {
            return [];
        }

        int count = (int)Math.Min(UInt32(entry[4..]), (uint)most);
        uint offset = UInt32(entry[8..]);
        if (count == 1)
        {
            return [offset];
        }

        uint[] values = new uint[offset <= _tiff.Length - (count * sizeof(uint)) ? count : 0];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = UInt32(_tiff[((int)offset + (i * sizeof(uint)))..]);
        }

        return values;
    }

    /// <summary>Offset and length of a value of type UNDEFINED that does not fit into its entry; null if there is none.</summary>
    public (uint Offset, uint Length)? Block(ushort tag)
    {
        const ushort Undefined = 7;
        ReadOnlySpan<byte> entry = Entry(tag);
        return !entry.IsEmpty && UInt16(entry[2..]) == Undefined && UInt32(entry[4..]) is var length and > 4 ? (UInt32(entry[8..]), length) : null;
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

    /// <summary>The text of an entry, if it has at most four letters, the closing NUL included; else empty.</summary>
    public ReadOnlySpan<byte> ShortText(ushort tag)
    {
        const ushort Ascii = 2;
        ReadOnlySpan<byte> entry = Entry(tag);
        return !entry.IsEmpty && UInt16(entry[2..]) == Ascii && UInt32(entry[4..]) is var count and <= 4 ? entry.Slice(8, (int)count) : default;
    }

    /// <summary>The text of an entry at any offset, up to its end in the file; empty if there is none.</summary>
    public ReadOnlySpan<byte> Text(ushort tag)
    {
        const ushort Ascii = 2;
        ReadOnlySpan<byte> entry = Entry(tag);
        if (entry.IsEmpty || UInt16(entry[2..]) != Ascii || UInt32(entry[4..]) <= 4)
        {
            return ShortText(tag);
        }

        uint offset = UInt32(entry[8..]);
        return offset >= _tiff.Length ? default : _tiff[(int)offset..][..(int)Math.Min(UInt32(entry[4..]), _tiff.Length - offset)];
    }

    /// <summary>True if there is an entry.</summary>
    public bool Has(ushort tag) => !Entry(tag).IsEmpty;

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
