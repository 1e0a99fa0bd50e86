namespace ResizeImage.ImageSharp.Tests.Support;

/// <summary>Writes small TIFF files, right or wrong (TIFF 6.0, section 2).</summary>
/// <param name="little">The byte order: II, else MM.</param>
internal sealed class TiffFile(bool little)
{
    public const ushort Byte = 1;
    public const ushort Short = 3;
    public const ushort Long = 4;

    private const ushort Width = 0x0100;
    private const ushort Height = 0x0101;
    private const ushort BitsPerSample = 0x0102;
    private const ushort Compression = 0x0103;
    private const ushort Photometric = 0x0106;
    private const ushort StripOffsets = 0x0111;
    private const ushort SamplesPerPixel = 0x0115;
    private const ushort RowsPerStrip = 0x0116;
    private const ushort StripByteCounts = 0x0117;
    private const ushort TileWidth = 0x0142;
    private const ushort TileLength = 0x0143;
    private const ushort TileOffsets = 0x0144;
    private const ushort TileByteCounts = 0x0145;

    /// <summary>A directory of a bilevel image of 64×32 pixels in one strip, or one tile.</summary>
    /// <param name="compression">The value of the tag.</param>
    /// <param name="tiled">In one tile.</param>
    /// <param name="type">The type of the tag Compression.</param>
    /// <param name="count">The count of the tag Compression.</param>
    public static Entry[] Bilevel(ushort compression, bool tiled = false, ushort type = Short, uint count = 1)
    {
        const uint DataOffset = 8; // behind the header
        const uint DataBytes = 256;
        List<Entry> entries =
        [
            new(Width, Short, 1, 64), new(Height, Short, 1, 32), new(BitsPerSample, Short, 1, 1), new(Compression, type, count, compression),
            new(Photometric, Short, 1, 1), new(SamplesPerPixel, Short, 1, 1),
        ];
        entries.AddRange(tiled
            ? [new(TileWidth, Short, 1, 64), new(TileLength, Short, 1, 32), new(TileOffsets, Long, 1, DataOffset), new(TileByteCounts, Long, 1, DataBytes)]
            : [new(StripOffsets, Long, 1, DataOffset), new(RowsPerStrip, Short, 1, 32), new(StripByteCounts, Long, 1, DataBytes)]);
        entries.Sort((a, b) => a.Tag.CompareTo(b.Tag));
        return [.. entries];
    }

    /// <summary>The file: header, 256 bytes of data, and the directories.</summary>
    public byte[] Of(byte[] data, params Entry[][] directories)
    {
        Assert.Equal(256, data.Length);
        List<byte> file = [.. little ? "II*\0"u8 : "MM\0*"u8, .. Int32((uint)(8 + data.Length)), .. data];
        for (int i = 0; i < directories.Length; i++)
        {
            file.AddRange(Int16((ushort)directories[i].Length));
            foreach (Entry entry in directories[i])
            {
                file.AddRange([.. Int16(entry.Tag), .. Int16(entry.Type), .. Int32(entry.Count), .. Value(entry)]);
            }

            file.AddRange(i + 1 < directories.Length ? Int32((uint)file.Count + 4) : Int32(0));
        }

        return [.. file];
    }

    /// <summary>Left-justified in four bytes.</summary>
    private byte[] Value(Entry entry) => entry.Type switch
    {
        Short => [.. Int16((ushort)entry.Value), .. Int16(entry.Count > 1 ? (ushort)entry.Value : (ushort)0)],
        Long or 9 or 13 => Int32(entry.Value),
        8 => [.. Int16((ushort)entry.Value), 0, 0],
        _ => [(byte)entry.Value, 0, 0, 0],
    };

    private byte[] Int16(ushort value) => little ? [(byte)value, (byte)(value >> 8)] : [(byte)(value >> 8), (byte)value];

    private byte[] Int32(uint value) => little
        ? [.. Int16((ushort)value), .. Int16((ushort)(value >> 16))]
        : [.. Int16((ushort)(value >> 16)), .. Int16((ushort)value)];

    /// <summary>An entry of a directory whose value fits into its four bytes.</summary>
    internal readonly record struct Entry(ushort Tag, ushort Type, uint Count, uint Value);
}
