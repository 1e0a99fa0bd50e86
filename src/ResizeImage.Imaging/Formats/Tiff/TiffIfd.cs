namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>
/// An image file directory (TIFF 6.0, section 2), also of a BigTIFF, read in place. Waits for its entries, and for values only where they are
/// read. Nothing is allocated in proportion to counts that the file states.
/// <code>
/// classic: count (2) | entries: tag (2), type (2), count (4), value or offset (4) | offset of the next directory (4)
/// BigTIFF: count (8) | entries: tag (2), type (2), count (8), value or offset (8) | offset of the next directory (8)
/// </code>
/// </summary>
internal sealed class TiffIfd
{
    private const int MaxEntries = ushort.MaxValue;

    private readonly ByteSource _file;
    private readonly TiffHeader _header;
    private readonly ReadOnlyMemory<byte> _entries;
    private readonly int _start;

    private TiffIfd(ByteSource file, TiffHeader header, int start, ReadOnlyMemory<byte> entries, long next) =>
        (_file, _header, _start, _entries, NextOffset) = (file, header, start, entries, next);

    /// <summary>Offset of the directory that follows; 0 if there is none, or the file ends.</summary>
    public long NextOffset { get; }

    private int EntryBytes => _header.IsBig ? 20 : 12;

    /// <summary>Offset of the value in an entry; the size of an offset is that of the value.</summary>
    private int ValueOffset => _header.IsBig ? 12 : 8;

    /// <summary>Reads a directory; of a truncated one, the entries that are in the file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="header">Its byte order and kind.</param>
    /// <param name="offset">Offset of the directory, of any value.</param>
    /// <returns>Null if the directory is not in the file.</returns>
    public static TiffIfd? Read(ByteSource file, TiffHeader header, long offset)
    {
        int countBytes = header.IsBig ? 8 : 2;
        if (offset <= 0 || offset > file.Length - countBytes)
        {
            return null;
        }

        int start = (int)offset + countBytes;
        ReadOnlySpan<byte> countField = file.Read((int)offset, countBytes).Span;
        long count = header.IsBig ? header.Offset(countField) : header.UInt16(countField);
        int entryBytes = header.IsBig ? 20 : 12;
        count = Math.Min(count < 0 ? MaxEntries : Math.Min(count, MaxEntries), (file.Length - start) / entryBytes);
        int end = start + ((int)count * entryBytes);
        int offsetBytes = header.IsBig ? 8 : 4;
        long next = end <= file.Length - offsetBytes ? header.Offset(file.Read(end, offsetBytes).Span) : 0;
        return new(file, header, start, file.Read(start, end - start), next);
    }

    /// <summary>True if there is an entry.</summary>
    public bool Has(ushort tag) => Find(tag) is not null;

    /// <summary>The first value of an entry, if it is a whole number that is not negative; null if there is none.</summary>
    public long? Number(ushort tag) => Find(tag)?.Number();

    /// <summary>The directory that an entry points to; null if there is none.</summary>
    public TiffIfd? Child(ushort tag) => Number(tag) is { } offset ? Read(_file, _header, offset) : null;

    /// <summary>The bytes of an entry's values; empty if there are none.</summary>
    public ReadOnlySpan<byte> Bytes(ushort tag) => Find(tag) is { } field ? field.Bytes().Span : default;

    /// <summary>The values of an entry; null if there is none. The first entry of a tag counts.</summary>
    public TiffField? Find(ushort tag)
    {
        ReadOnlySpan<byte> entries = _entries.Span;
        for (int at = 0; at < entries.Length; at += EntryBytes)
        {
            if (_header.UInt16(entries[at..]) == tag)
            {
                return Entry(entries.Slice(at, EntryBytes), _start + at);
            }
        }

        return null;
    }

    private TiffField Entry(ReadOnlySpan<byte> entry, int offset)
    {
        ushort type = _header.UInt16(entry[2..]);
        long count = Math.Max(0, _header.Offset(entry[4..]));
        int room = EntryBytes - ValueOffset;
        bool isInline = count <= room && count * TiffField.BytesOf(type) <= room;
        return new(_file, _header, type, count, isInline ? offset + ValueOffset : _header.Offset(entry[ValueOffset..]));
    }
}
