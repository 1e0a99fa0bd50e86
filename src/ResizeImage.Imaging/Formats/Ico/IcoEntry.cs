using System.Buffers.Binary;
using ResizeImage.Imaging.Formats.Png;

namespace ResizeImage.Imaging.Formats.Ico;

/// <summary>
/// An image of an icon, as its own header describes it: the fields of ICONDIRENTRY are often wrong, and too short for 256 pixels and more.
/// </summary>
/// <param name="Offset">Offset of the image in the file.</param>
/// <param name="Length">Its bytes by the directory, clipped at the file's end.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels, without the mask.</param>
/// <param name="BitsPerPixel">Of a PNG, of all channels.</param>
/// <param name="StatedBits">wBitCount of the directory: that of the colors of the drawing, where the PNG itself always has 32 bits.</param>
/// <param name="IsPng">A whole PNG file; else a bitmap without BITMAPFILEHEADER.</param>
internal readonly record struct IcoEntry(int Offset, int Length, int Width, int Height, int BitsPerPixel, int StatedBits, bool IsPng)
{
    /// <summary>Bytes of ICONDIR.</summary>
    public const int DirectorySize = 6;

    /// <summary>Bytes of ICONDIRENTRY.</summary>
    public const int EntrySize = 16;

    // Offsets in an entry of wBitCount, dwBytesInRes and dwImageOffset.
    private const int BitsField = 6;
    private const int BytesField = 8;
    private const int OffsetField = 12;

    private const int InfoHeaderSize = 40;
    private const int PngHeaderEnd = 26; // signature, IHDR's length and type, width, height, bit depth, color type

    /// <summary>Reads the header of the image.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="entry">An ICONDIRENTRY.</param>
    /// <returns>Null if the image is not in the file, or is not of a known kind.</returns>
    public static IcoEntry? Read(ByteSource file, ReadOnlySpan<byte> entry)
    {
        uint start = BinaryPrimitives.ReadUInt32LittleEndian(entry[OffsetField..]);
        if (start > file.Length - InfoHeaderSize)
        {
            return null;
        }

        int offset = (int)start;
        int statedBits = BinaryPrimitives.ReadUInt16LittleEndian(entry[BitsField..]);
        int length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(entry[BytesField..]), (uint)(file.Length - offset));
        ReadOnlySpan<byte> head = file.Read(offset, InfoHeaderSize).Span;
        if (PngDecoder.Matches(head))
        {
            int channels = head[PngHeaderEnd - 1] switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
            return new(
                offset, length, BinaryPrimitives.ReadInt32BigEndian(head[16..]), BinaryPrimitives.ReadInt32BigEndian(head[20..]),
                head[PngHeaderEnd - 2] * channels, statedBits, IsPng: true);
        }

        uint size = BinaryPrimitives.ReadUInt32LittleEndian(head);
        int height = BinaryPrimitives.ReadInt32LittleEndian(head[8..]) / 2;
        return size is >= InfoHeaderSize and <= ushort.MaxValue
            ? new(offset, length, BinaryPrimitives.ReadInt32LittleEndian(head[4..]), Math.Abs(height), BinaryPrimitives.ReadUInt16LittleEndian(head[14..]), statedBits, IsPng: false)
            : null;
    }

    /// <summary>More pixels, then more bits, then what the directory calls more bits come first; of equal ones, the first in the file.</summary>
    public static int Compare(IcoEntry a, IcoEntry b)
    {
        int pixels = ((long)b.Width * b.Height).CompareTo((long)a.Width * a.Height);
        int bits = pixels != 0 ? pixels : (b.BitsPerPixel, b.StatedBits).CompareTo((a.BitsPerPixel, a.StatedBits));
        return bits != 0 ? bits : a.Offset.CompareTo(b.Offset);
    }
}
