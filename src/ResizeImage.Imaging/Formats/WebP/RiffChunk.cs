using System.Buffers.Binary;
using System.Text;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Where a chunk lies in the file (RFC 9649, 2.3): four letters, the payload's size, the payload, and a byte of padding if that is odd.</summary>
/// <param name="Type">Its four letters, the first in the lowest byte.</param>
/// <param name="Start">Offset of its payload.</param>
/// <param name="Size">Bytes of its payload, as the file says; the file may end before.</param>
internal readonly record struct RiffChunk(uint Type, int Start, uint Size)
{
    public const uint Vp8 = 0x20385056;
    public const uint Vp8L = 0x4C385056;
    public const uint Vp8X = 0x58385056;
    public const uint Alph = 0x48504C41;
    public const uint Anmf = 0x464D4E41;
    public const uint Iccp = 0x50434349;
    public const uint Exif = 0x46495845;

    /// <summary>Type and size.</summary>
    public const int HeaderSize = 8;

    /// <summary>Offset of the chunk that follows; beyond the file's end if this one is cut off.</summary>
    public long End => Start + (long)Size + (Size & 1);

    /// <summary>The type as people write it, for messages.</summary>
    public string Name
    {
        get
        {
            Span<byte> letters = stackalloc byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(letters, Type);
            return letters.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? $"0x{Type:X8}" : Encoding.ASCII.GetString(letters).TrimEnd();
        }
    }

    /// <summary>Reads type and size at an offset.</summary>
    /// <param name="file">The file, or the payload of a chunk that holds others.</param>
    /// <param name="offset">Where it begins; may be beyond the end.</param>
    /// <param name="chunk">What was read.</param>
    /// <returns>False if the file ends before them.</returns>
    public static bool TryRead(ByteSource file, long offset, out RiffChunk chunk)
    {
        if (offset > file.Length - HeaderSize)
        {
            chunk = default;
            return false;
        }

        ReadOnlySpan<byte> header = file.Read((int)offset, HeaderSize).Span;
        chunk = new(BinaryPrimitives.ReadUInt32LittleEndian(header), (int)offset + HeaderSize, BinaryPrimitives.ReadUInt32LittleEndian(header[4..]));
        return true;
    }

    /// <summary>What the file has of the payload.</summary>
    public ByteSource Payload(ByteSource file) => file.Slice(Start, (int)Math.Min(Size, (uint)(file.Length - Start)));
}
