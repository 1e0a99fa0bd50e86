using System.Buffers.Binary;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>Everything in a BMP but its pixels.</summary>
/// <param name="Header">The header, of any version.</param>
/// <param name="Colors">The color table of up to 8 bits a pixel, else null.</param>
/// <param name="Masks">The channels of 16 bits a pixel and more.</param>
/// <param name="PixelOffset">Offset of the first stored row; can be beyond the file's end.</param>
/// <param name="IccProfile">The embedded profile; empty if there is none.</param>
internal sealed record BmpContents(BmpHeader Header, ColorTable? Colors, BmpMasks Masks, long PixelOffset, Range IccProfile)
{
    // Offsets from the file's beginning: bfOffBits, and in BITMAPV5HEADER the masks (which follow BITMAPINFOHEADER at the same offset),
    // bV5CSType, bV5ProfileData and bV5ProfileSize.
    private const int PixelOffsetField = 10;
    private const int MasksOffset = BmpHeader.Offset + 40;
    private const int ColorSpaceOffset = BmpHeader.Offset + 56;
    private const int ProfileOffset = BmpHeader.Offset + 112;

    /// <summary>Bytes of the longest header, masks and 256 colors.</summary>
    private const int LargestHead = BmpHeader.Offset + BmpDecoder.LargestHeader + 16 + 1024;

    private const int V3Size = 56;
    private const int V5Size = 124;
    private const uint ProfileEmbedded = 0x4D424544; // 'MBED'

    /// <summary>Adds what the header says.</summary>
    public ImageDetails Describe(ImageDetails details) => details with
    {
        BitsPerSample = Colors is not null ? Header.BitDepth : System.Numerics.BitOperations.PopCount(Masks.Green),
        Color = Colors is not null ? "palette" : "RGB",
        HasAlpha = Colors is null && Masks.Alpha != 0,
        Compression = Header.Compression switch
        {
            BmpCompression.Rle4 => "RLE4",
            BmpCompression.Rle8 => "RLE8",
            BmpCompression.Rle24 => "RLE24",
            _ => "none",
        },
    };

    /// <summary>Reads everything up to the pixels.</summary>
    /// <exception cref="InvalidImageException">A field has a value that BMP does not define.</exception>
    /// <exception cref="UnsupportedImageException">The file is of a kind that is not read.</exception>
    public static BmpContents Parse(ByteSource source)
    {
        ReadOnlySpan<byte> file = source.WaitFor(LargestHead);
        BmpHeader header = BmpHeader.Parse(file);
        BmpMasks masks = BmpMasks.Default(header.BitDepth);
        int headerEnd = BmpHeader.Offset + header.Size;
        if (header.HasMasks)
        {
            bool alpha = header.Compression == BmpCompression.AlphaBitFields || header.Size >= V3Size;
            int masksEnd = MasksOffset + (alpha ? 16 : 12);
            if (file.Length < masksEnd)
            {
                throw BmpErrors.TruncatedInHeader();
            }

            masks = ReadMasks(file[MasksOffset..masksEnd], masks);
            headerEnd = Math.Max(headerEnd, masksEnd);
        }

        long pixelOffset = BinaryPrimitives.ReadUInt32LittleEndian(file[PixelOffsetField..]);
        ColorTable? colors = null;
        if (header.BitDepth <= 8)
        {
            colors = ReadColors(file, header, headerEnd, ref pixelOffset);
        }

        return new(header, colors, masks, Math.Max(pixelOffset, headerEnd), ReadProfile(file, header, source.Length));
    }

    /// <summary>Masks without any bit for color count as missing.</summary>
    private static BmpMasks ReadMasks(ReadOnlySpan<byte> fields, BmpMasks standard)
    {
        BmpMasks masks = new(
            BinaryPrimitives.ReadUInt32LittleEndian(fields),
            BinaryPrimitives.ReadUInt32LittleEndian(fields[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(fields[8..]),
            fields.Length > 12 ? BinaryPrimitives.ReadUInt32LittleEndian(fields[12..]) : 0);
        return (masks.Red | masks.Green | masks.Blue) != 0 ? masks : standard with { Alpha = masks.Alpha };
    }

    /// <summary>
    /// The table ends where the pixels begin, and has no more entries than there are indices. If the pixels are said to begin at its start or
    /// before, they follow the table: some files say so, and Pillow reads them.
    /// </summary>
    private static ColorTable ReadColors(ReadOnlySpan<byte> file, BmpHeader header, int offset, ref long pixelOffset)
    {
        int entryBytes = header.Size == BmpHeader.CoreSize ? 3 : 4;
        int count = 1 << header.BitDepth;
        if (header.ColorsUsed != 0)
        {
            count = (int)Math.Min(header.ColorsUsed, (uint)count);
        }

        long end = offset + (count * entryBytes);
        if (pixelOffset <= offset)
        {
            pixelOffset = end;
        }

        int length = (int)Math.Min(Math.Min(end, pixelOffset), file.Length) - offset;
        byte[] colors = new byte[Math.Max(0, length / entryBytes) * 3];
        for (int i = 0; i < colors.Length / 3; i++)
        {
            ReadOnlySpan<byte> entry = file.Slice(offset + (i * entryBytes), 3);
            (colors[3 * i], colors[(3 * i) + 1], colors[(3 * i) + 2]) = (entry[2], entry[1], entry[0]);
        }

        return ColorTable.Opaque(colors);
    }

    private static Range ReadProfile(ReadOnlySpan<byte> file, BmpHeader header, int fileLength)
    {
        if (header.Size < V5Size || BinaryPrimitives.ReadUInt32LittleEndian(file[ColorSpaceOffset..]) != ProfileEmbedded)
        {
            return default;
        }

        long start = BmpHeader.Offset + (long)BinaryPrimitives.ReadUInt32LittleEndian(file[ProfileOffset..]);
        long end = start + BinaryPrimitives.ReadUInt32LittleEndian(file[(ProfileOffset + 4)..]);
        return end <= fileLength ? (int)start..(int)end : default;
    }
}
