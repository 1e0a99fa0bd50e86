using System.Buffers.Binary;
using System.Text;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>
/// The position of a chunk in the file (PNG 5.3):
/// <code>
/// Offset     DataOffset                 End
/// | length (4) | type (4) | data | CRC (4) |
/// </code>
/// </summary>
/// <param name="Offset">Offset of the length field in bytes.</param>
/// <param name="Length">Bytes of data as the chunk states them; the file may end earlier.</param>
/// <param name="Type">Four letters, the first in the highest byte.</param>
internal readonly record struct PngChunk(int Offset, uint Length, uint Type)
{
    public const uint Ihdr = 0x49484452;
    public const uint Plte = 0x504C5445;
    public const uint Idat = 0x49444154;
    public const uint Iend = 0x49454E44;
    public const uint Trns = 0x74524E53;
    public const uint Cicp = 0x63494350;
    public const uint Iccp = 0x69434350;
    public const uint Srgb = 0x73524742;
    public const uint Gama = 0x67414D41;
    public const uint Chrm = 0x6348524D;
    public const uint Itxt = 0x69545874;
    public const uint Exif = 0x65584966;
    public const uint Cgbi = 0x43674249;

    /// <summary>Bytes of length, type and CRC.</summary>
    public const int Overhead = 12;

    private const int HeaderSize = 8;

    /// <summary>Offset of the first byte of data.</summary>
    public int DataOffset => Offset + HeaderSize;

    /// <summary>Offset of the next chunk; beyond the file's end if this one is truncated.</summary>
    public long End => (long)Offset + Overhead + Length;

    /// <summary>A decoder that does not know the chunk cannot show the image (PNG 5.4: bit 5 of the first letter).</summary>
    public bool IsCritical => (Type & 0x20000000) == 0;

    /// <summary>The length is at most 2³¹ − 1 and the type has four letters, as PNG 5.3 demands.</summary>
    public bool IsWellFormed => Length <= int.MaxValue
        && char.IsAsciiLetter((char)(Type >> 24))
        && char.IsAsciiLetter((char)((Type >> 16) & 255))
        && char.IsAsciiLetter((char)((Type >> 8) & 255))
        && char.IsAsciiLetter((char)(Type & 255));

    /// <summary>The type for messages.</summary>
    public string Name => IsWellFormed ? NameOf(Type) : $"0x{Type:X8}";

    /// <summary>Reads length and type at an offset.</summary>
    /// <returns>False if the file ends before them.</returns>
    public static bool TryRead(ByteSource file, long offset, out PngChunk chunk)
    {
        if (offset > file.Length - HeaderSize)
        {
            chunk = default;
            return false;
        }

        ReadOnlySpan<byte> header = file.Read((int)offset, HeaderSize).Span;
        chunk = new((int)offset, BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header[4..]));
        return true;
    }

    /// <summary>Appends a whole chunk to a file.</summary>
    public static void Write(Stream file, uint type, ReadOnlySpan<byte> data)
    {
        Span<byte> field = stackalloc byte[HeaderSize];
        BinaryPrimitives.WriteInt32BigEndian(field, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(field[4..], type);
        uint crc = Crc32.Append(Crc32.Append(0, field[4..]), data);
        file.Write(field);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(field, crc);
        file.Write(field[..4]);
    }

    /// <summary>The data of a chunk that ends within the file.</summary>
    public ReadOnlySpan<byte> Data(ByteSource file) => file.Read(DataOffset, (int)Length).Span;

    /// <summary>The stored CRC matches type and data. Call it only for a chunk that ends within the file.</summary>
    public bool HasValidCrc(ByteSource file) => Crc32.Append(CrcOfType, Data(file)) == StoredCrc(file);

    /// <summary>The CRC of the type, which <see cref="Crc32.Append"/> continues over the data.</summary>
    public uint CrcOfType
    {
        get
        {
            Span<byte> type = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(type, Type);
            return Crc32.Append(0, type);
        }
    }

    /// <summary>The stored CRC of a chunk that ends within the file.</summary>
    public uint StoredCrc(ByteSource file) => BinaryPrimitives.ReadUInt32BigEndian(file.Read(DataOffset + (int)Length, sizeof(uint)).Span);

    private static string NameOf(uint type)
    {
        Span<byte> letters = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(letters, type);
        return Encoding.ASCII.GetString(letters);
    }
}
