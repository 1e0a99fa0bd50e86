namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>The tables in force: they may be defined and redefined before every scan (T.81 B.2.4).</summary>
internal sealed class JpegTables
{
    private readonly HuffmanTable?[] _dc = new HuffmanTable?[4];
    private readonly HuffmanTable?[] _ac = new HuffmanTable?[4];
    private readonly ushort[]?[] _quantization = new ushort[]?[4];

    /// <summary>Ri, in MCUs; 0 for none.</summary>
    public int RestartInterval { get; private set; }

    public HuffmanTable Dc(int index) => _dc[index] ?? throw Missing("Huffman table for DC coefficients", index);

    public HuffmanTable Ac(int index) => _ac[index] ?? throw Missing("Huffman table for AC coefficients", index);

    /// <summary>Qk of table <paramref name="index"/>, 64 elements in rows (not in zig-zag order).</summary>
    public ushort[] Quantization(int index) => _quantization[index] ?? throw Missing("quantization table", index);

    /// <summary>DHT, T.81 B.2.4.2.</summary>
    public void DefineHuffman(ReadOnlySpan<byte> segment)
    {
        while (segment.Length >= 17)
        {
            int kind = segment[0] >> 4;
            int index = segment[0] & 15;
            ReadOnlySpan<byte> counts = segment.Slice(1, 16);
            int total = 0;
            foreach (byte count in counts)
            {
                total += count;
            }

            if (kind > 1 || index > 3 || total > 256 || segment.Length < 17 + total)
            {
                throw new InvalidImageException(
                    $"The JPEG file is broken: the header of a Huffman table (class {kind}, number {index}, {total} codes) makes no sense.");
            }

            var table = new HuffmanTable(counts, segment.Slice(17, total));
            if (kind == 0 && !table.FitsDc())
            {
                throw new InvalidImageException("The JPEG file is broken: a Huffman table for DC coefficients has a symbol over 15.");
            }

            (kind == 0 ? _dc : _ac)[index] = table;
            segment = segment[(17 + total)..];
        }
    }

    /// <summary>DQT, T.81 B.2.4.1.</summary>
    public void DefineQuantization(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > 0)
        {
            int precision = segment[0] >> 4;
            int index = segment[0] & 15;
            int size = precision == 0 ? 64 : 128;
            if (precision > 1 || index > 3 || segment.Length < 1 + size)
            {
                throw new InvalidImageException(
                    $"The JPEG file is broken: a quantization table (precision {precision}, number {index}) makes no sense or is cut off.");
            }

            ushort[] table = new ushort[64];
            for (int k = 0; k < 64; k++)
            {
                table[ZigZag.NaturalOrder[k]] = precision == 0
                    ? segment[1 + k]
                    : (ushort)((segment[1 + (2 * k)] << 8) | segment[2 + (2 * k)]);
            }

            _quantization[index] = table;
            segment = segment[(1 + size)..];
        }
    }

    /// <summary>DRI, T.81 B.2.4.4.</summary>
    public void DefineRestartInterval(ReadOnlySpan<byte> segment)
    {
        if (segment.Length < 2)
        {
            throw new InvalidImageException("The JPEG file is broken: its restart interval is cut off.");
        }

        RestartInterval = (segment[0] << 8) | segment[1];
    }

    private static InvalidImageException Missing(string what, int index) =>
        new($"The JPEG file is broken: it uses {what} {index} without defining it.");
}
