using System.Buffers.Binary;
using System.Text;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// The position of a chunk in the file (RFC 9649, 2.3):
/// <code>
///                         Start               End
/// | letters (4) | size (4) | payload | padding |
/// </code>
/// One byte of padding follows a payload of odd size.
/// </summary>
/// <param name="Type">Four letters, the first in the lowest byte.</param>
/// <param name="Start">Offset of the payload.</param>
/// <param name="Size">Bytes of the payload as the chunk states them; the file may end earlier.</param>
internal readonly record struct RiffChunk(uint Type, int Start, uint Size)
{
    public const uint Vp8 = 0x20385056;
    public const uint Vp8L = 0x4C385056;
    public const uint Vp8X = 0x58385056;
    public const uint Alph = 0x48504C41;
    public const uint Anmf = 0x464D4E41;
    public const uint Iccp = 0x50434349;
    public const uint Exif = 0x46495845;
    public const uint Xmp = 0x20504D58;

    /// <summary>Bytes of type and size.</summary>
    public const int HeaderSize = 8;

    /// <summary>Offset of the next chunk; beyond the file's end if this one is truncated.</summary>
    public long End => Start + (long)Size + (Size & 1);

    /// <summary>The type for messages.</summary>
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
    /// <param name="file">The file, or the payload of a chunk that contains others.</param>
    /// <param name="offset">May be beyond the end.</param>
    /// <param name="chunk">The chunk; default if there is none.</param>
    /// <returns>False if the file ends before the payload.</returns>
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

    /// <summary>The payload as far as the file has it.</summary>
    public ByteSource Payload(ByteSource file) => file.Slice(Start, (int)Math.Min(Size, (uint)(file.Length - Start)));
}
