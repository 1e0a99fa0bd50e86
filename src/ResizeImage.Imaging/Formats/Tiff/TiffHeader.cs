using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>The image file header (TIFF 6.0, section 2), also that of BigTIFF, and the byte order that it states.</summary>
/// <param name="IsLittleEndian">II; else MM.</param>
/// <param name="IsBig">BigTIFF: offsets and counts have 64 bits.</param>
/// <param name="FirstDirectory">Offset of the first directory; -1 if it is beyond any file.</param>
internal readonly record struct TiffHeader(bool IsLittleEndian, bool IsBig, long FirstDirectory)
{
    private const int ClassicBytes = 8;
    private const int BigBytes = 16;

    /// <summary>The file begins as a TIFF or a BigTIFF does.</summary>
    public static bool Matches(ReadOnlySpan<byte> file) =>
        file is [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..];

    /// <summary>Reads the header of a file that <see cref="Matches"/>.</summary>
    /// <exception cref="InvalidImageException">The file ends within its header, or is not a BigTIFF as its version says.</exception>
    public static TiffHeader Read(ByteSource file)
    {
        ReadOnlySpan<byte> bytes = file.WaitFor(BigBytes);
        TiffHeader header = new(bytes[0] == 'I', IsBig: bytes[2] == 43 || bytes[3] == 43, FirstDirectory: -1);
        if (bytes.Length < (header.IsBig ? BigBytes : ClassicBytes))
        {
            throw TiffErrors.TruncatedBeforeDirectory(file);
        }

        if (!header.IsBig)
        {
            return header with { FirstDirectory = header.UInt32(bytes[4..]) };
        }

        int offsetBytes = header.UInt16(bytes[4..]);
        return offsetBytes == sizeof(ulong)
            ? header with { FirstDirectory = header.Offset(bytes[8..]) }
            : throw TiffErrors.Corrupt($"it is a BigTIFF with offsets of {offsetBytes} bytes; 8 are expected");
    }

    /// <summary>A number of 16 bits.</summary>
    public ushort UInt16(ReadOnlySpan<byte> bytes) =>
        IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    /// <summary>A number of 32 bits.</summary>
    public uint UInt32(ReadOnlySpan<byte> bytes) =>
        IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    /// <summary>A number of 64 bits.</summary>
    public ulong UInt64(ReadOnlySpan<byte> bytes) =>
        IsLittleEndian ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes);

    /// <summary>An offset or a count: 32 bits, in a BigTIFF 64; -1 if it is beyond any file.</summary>
    public long Offset(ReadOnlySpan<byte> bytes) => !IsBig ? UInt32(bytes) : UInt64(bytes) is var offset and <= long.MaxValue ? (long)offset : -1;
}
