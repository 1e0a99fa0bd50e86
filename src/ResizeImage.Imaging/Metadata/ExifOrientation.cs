using System.Buffers.Binary;

namespace ResizeImage.Imaging.Metadata;

/// <summary>Finds the orientation in EXIF data (Exif 2.32, 4.6.2 and 4.6.4; the container is TIFF 6.0, section 2).</summary>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112;
    private const int HeaderSize = 8;
    private const int EntrySize = 12;

    /// <summary>Reads the orientation of the main picture (IFD0).</summary>
    /// <param name="tiff">From the byte order mark <c>II</c> or <c>MM</c> on.</param>
    /// <returns>1 to 8; 1, which is upright, where it is missing or broken.</returns>
    public static int Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < HeaderSize)
        {
            return 1;
        }

        bool little = tiff.StartsWith("II"u8);
        if ((!little && !tiff.StartsWith("MM"u8)) || UInt16(tiff[2..], little) != 42)
        {
            return 1;
        }

        uint offset = UInt32(tiff[4..], little);
        if (offset > tiff.Length - sizeof(ushort))
        {
            return 1;
        }

        ReadOnlySpan<byte> directory = tiff[(int)offset..];
        int entries = UInt16(directory, little);
        directory = directory[sizeof(ushort)..];
        for (; entries > 0 && directory.Length >= EntrySize; entries--, directory = directory[EntrySize..])
        {
            if (UInt16(directory, little) == Tag)
            {
                return Value(directory, little) is uint value and >= 1 and <= 8 ? (int)value : 1;
            }
        }

        return 1;
    }

    /// <summary>The first value of an entry: tag, type, count, and where it fits in four bytes, the value from the left (TIFF 6.0, section 2).</summary>
    private static uint? Value(ReadOnlySpan<byte> entry, bool little)
    {
        const ushort Byte = 1;
        const ushort Short = 3;
        const ushort Long = 4;
        return UInt16(entry[2..], little) switch
        {
            // The standard says SHORT; some writers use the others.
            Short => UInt16(entry[8..], little),
            Long => UInt32(entry[8..], little),
            Byte => entry[8],
            _ => null,
        };
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
