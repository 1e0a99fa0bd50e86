namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>The values of a directory entry (TIFF 6.0, section 2), read in place, one at a time.</summary>
/// <param name="file">The whole file.</param>
/// <param name="header">Its header.</param>
/// <param name="type">The field type.</param>
/// <param name="count">How many values there are, as stated: they may be beyond the file's end.</param>
/// <param name="offset">Offset of the first value.</param>
internal readonly struct TiffField(ByteSource file, TiffHeader header, ushort type, long count, long offset)
{
    private const ushort Rational = 5;
    private const ushort SRational = 10;
    private const ushort Float = 11;
    private const ushort Double = 12;

    /// <summary>The number of values as stated.</summary>
    public long Count => count;

    /// <summary>Offset of the first value in the file; may be beyond its end.</summary>
    public long Offset => offset;

    /// <summary>Bytes of a value of a field type; 0 if there is no such type. The types from 16 on are those of BigTIFF.</summary>
    public static int BytesOf(ushort type) => type switch
    {
        1 or 2 or 6 or 7 => 1,
        3 or 8 => 2,
        4 or 9 or Float or 13 => 4,
        Rational or SRational or Double or 16 or 17 or 18 => 8,
        _ => 0,
    };

    /// <summary>A whole number of any size, not negative; null if there is none.</summary>
    /// <param name="index">From 0.</param>
    public long? Number(long index = 0)
    {
        ReadOnlySpan<byte> value = Value(index);
        long number = value.IsEmpty ? -1 : type switch
        {
            1 or 7 => value[0],
            3 => header.UInt16(value),
            4 or 13 => header.UInt32(value),
            16 or 18 => (long)Math.Min(header.UInt64(value), long.MaxValue),
            6 => (sbyte)value[0],
            8 => (short)header.UInt16(value),
            9 => (int)header.UInt32(value),
            17 => (long)header.UInt64(value),
            _ => -1,
        };
        return number < 0 ? null : number;
    }

    /// <summary>A fraction or a number; null if there is none.</summary>
    /// <param name="index">From 0.</param>
    public double? Real(long index)
    {
        ReadOnlySpan<byte> value = Value(index);
        double? real = value.IsEmpty ? null : type switch
        {
            Rational => header.UInt32(value) / (double)header.UInt32(value[4..]),
            SRational => (int)header.UInt32(value) / (double)(int)header.UInt32(value[4..]),
            Float => BitConverter.UInt32BitsToSingle(header.UInt32(value)),
            Double => BitConverter.UInt64BitsToDouble(header.UInt64(value)),
            _ => Number(index),
        };
        return real is { } finite && double.IsFinite(finite) ? finite : null;
    }

    /// <summary>All values as bytes; empty if a part of them is beyond the file's end.</summary>
    public ReadOnlyMemory<byte> Bytes()
    {
        int size = BytesOf(type);
        return size > 0 && offset >= 0 && offset <= file.Length && count <= (file.Length - offset) / size
            ? file.Read((int)offset, (int)count * size)
            : default;
    }

    private ReadOnlySpan<byte> Value(long index)
    {
        int size = BytesOf(type);
        return size > 0 && index < count && offset >= 0 && offset <= file.Length && index < (file.Length - offset) / size
            ? file.Read((int)(offset + (index * size)), size).Span
            : default;
    }
}
