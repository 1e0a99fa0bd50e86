using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>Reads big-endian fields of a payload in order.</summary>
/// <param name="payload">All bytes must have arrived.</param>
/// <param name="type">The box or item, for messages.</param>
internal ref struct BoxReader(ReadOnlySpan<byte> payload, uint type)
{
    private ReadOnlySpan<byte> _rest = payload;

    /// <summary>Bytes that have not been read.</summary>
    public readonly int Remaining => _rest.Length;

    public byte ReadByte() => Take(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public int ReadInt32() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    /// <summary>A number of 16 or 32 bits: item ids and counts are longer in later versions.</summary>
    public uint ReadUInt(bool isLong) => isLong ? ReadUInt32() : ReadUInt16();

    /// <summary>A number of 0, 4 or 8 bytes. No bytes are 0; more than 63 bits saturate.</summary>
    /// <exception cref="InvalidImageException">Another size.</exception>
    public long ReadSized(int bytes) => bytes switch
    {
        0 => 0,
        4 => ReadUInt32(),
        8 => (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(Take(8)), long.MaxValue),
        _ => throw HeifErrors.Corrupt($"its box \"{BoxType.NameOf(type)}\" has fields of {bytes} bytes; expected 0, 4 or 8"),
    };

    /// <summary>The version of a full box (ISO/IEC 14496-12, 4.2.2), and its flags.</summary>
    public (int Version, int Flags) ReadVersion()
    {
        uint both = ReadUInt32();
        return ((int)(both >> 24), (int)(both & 0xFFFFFF));
    }

    /// <summary>The next bytes.</summary>
    /// <exception cref="InvalidImageException">There are fewer.</exception>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw HeifErrors.Corrupt($"its box \"{BoxType.NameOf(type)}\" is too short for its content");
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
