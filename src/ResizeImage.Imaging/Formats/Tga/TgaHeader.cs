using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Tga;

/// <summary>
/// The header (Truevision TGA File Format Specification 2.0, fields 1 to 5.6). Numbers are little-endian.
/// <code>
/// | header (18) | image ID | color map | pixels | areas of version 2.0 | footer (26) |
/// </code>
/// </summary>
/// <param name="Width">At least 1.</param>
/// <param name="Height">At least 1.</param>
/// <param name="BitsPerPixel">8 indices or gray, 16 gray and alpha, 15, 16, 24 or 32 color.</param>
/// <param name="Kind">The meaning of a pixel.</param>
/// <param name="IsRunLength">Pixels are run-length encoded.</param>
/// <param name="AlphaBits">Attribute bits of a pixel, 0 to 8.</param>
/// <param name="TopDown">The first stored row is the top one.</param>
/// <param name="RightToLeft">The first stored pixel of a row is the right one.</param>
/// <param name="MapFirst">The first index of the color map.</param>
/// <param name="MapLength">Entries of the color map; 0 if there is none.</param>
/// <param name="MapBits">Bits of an entry: 15, 16, 24 or 32.</param>
/// <param name="MapOffset">Offset of the color map.</param>
internal readonly record struct TgaHeader(
    int Width,
    int Height,
    int BitsPerPixel,
    TgaKind Kind,
    bool IsRunLength,
    int AlphaBits,
    bool TopDown,
    bool RightToLeft,
    int MapFirst,
    int MapLength,
    int MapBits,
    int MapOffset)
{
    /// <summary>Bytes of the header.</summary>
    public const int Size = 18;

    private const int MostPixelsOfPacket = 128;
    private const int RunLengthTypes = 8;
    private const int MostColors = 256;

    /// <summary>Bytes of a stored pixel.</summary>
    public int PixelBytes => (BitsPerPixel + 7) / 8;

    /// <summary>Bytes of a row before run-length encoding.</summary>
    public int RowBytes => Width * PixelBytes;

    /// <summary>Bytes of an entry of the color map.</summary>
    public int MapEntryBytes => (MapBits + 7) / 8;

    /// <summary>Offset of the pixels.</summary>
    public int PixelOffset => MapOffset + (MapLength * MapEntryBytes);

    /// <summary>The fewest bytes of a file with all pixels.</summary>
    public long LeastBytes
    {
        get
        {
            long pixels = (long)Width * Height;
            long packets = (pixels + MostPixelsOfPacket - 1) / MostPixelsOfPacket;
            return PixelOffset + (IsRunLength ? packets * (1 + PixelBytes) : pixels * PixelBytes);
        }
    }

    /// <summary>The stored row of a row of the image.</summary>
    public int StoredRow(int y) => TopDown ? y : Height - 1 - y;

    /// <summary>Reads the header; null if a field has a value that TGA does not define, or a combination that is not read.</summary>
    /// <param name="file">The beginning of the file.</param>
    /// <param name="hasStrayMap">The file has no color map, but its fields are not 0, as they ought to be. The bits of an entry may be set: some programs state those of a pixel.</param>
    public static TgaHeader? Parse(ReadOnlySpan<byte> file, out bool hasStrayMap)
    {
        hasStrayMap = false;
        if (file.Length < Size || file[1] > 1)
        {
            return null;
        }

        (bool hasMap, int type, int bits, int descriptor) = (file[1] == 1, file[2], file[16], file[17]);
        (int first, int length, int entryBits) = (UInt16(file, 3), UInt16(file, 5), file[7]);
        TgaKind? kind = (type & ~RunLengthTypes, bits) switch
        {
            (1, 8) => TgaKind.Indexed,
            (2, 15 or 16 or 24 or 32) => TgaKind.Color,
            (3, 8) => TgaKind.Gray,
            (3, 16) => TgaKind.GrayAlpha,
            _ => null,
        };
        bool mapFits = hasMap
            ? length > 0 && entryBits is 15 or 16 or 24 or 32 && (kind != TgaKind.Indexed || first + length <= MostColors)
            : kind != TgaKind.Indexed;
        (int width, int height, int alphaBits) = (UInt16(file, 12), UInt16(file, 14), descriptor & 15);
        if (kind is null || !mapFits || width == 0 || height == 0 || alphaBits > 8 || (descriptor & 0xC0) != 0)
        {
            return null;
        }

        hasStrayMap = !hasMap && ((first | length) != 0 || entryBits is not (0 or 15 or 16 or 24 or 32));
        return new(
            width, height, bits, kind.Value, type > RunLengthTypes, alphaBits, (descriptor & 0x20) != 0, (descriptor & 0x10) != 0,
            hasMap ? first : 0, hasMap ? length : 0, hasMap ? entryBits : 0, Size + file[0]);
    }

    private static int UInt16(ReadOnlySpan<byte> file, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(file[offset..]);
}
