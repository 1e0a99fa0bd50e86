namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>The tables in force. A file may define and redefine them before every scan (T.81 B.2.4).</summary>
internal sealed class JpegTables
{
    private readonly HuffmanDefinition?[] _dc;
    private readonly HuffmanDefinition?[] _ac;
    private readonly ushort[]?[] _quantization;

    /// <summary>No tables.</summary>
    public JpegTables() => (_dc, _ac, _quantization) = (new HuffmanDefinition?[4], new HuffmanDefinition?[4], new ushort[]?[4]);

    private JpegTables(JpegTables other) =>
        (_dc, _ac, _quantization, RestartInterval) = ([.. other._dc], [.. other._ac], [.. other._quantization], other.RestartInterval);

    /// <summary>Ri, in MCUs; 0 for none.</summary>
    public int RestartInterval { get; private set; }

    /// <summary>The same tables, which can be redefined without changing these.</summary>
    public JpegTables Copy() => new(this);

    /// <param name="index">Tdj, 0 to 15.</param>
    /// <exception cref="InvalidImageException">Not defined, or invalid.</exception>
    public HuffmanTable Dc(int index)
    {
        HuffmanTable table = Defined(_dc, index)?.Table ?? throw JpegErrors.Missing("Huffman table for DC coefficients", index);
        return table.FitsDc() ? table : throw JpegErrors.Corrupt("a Huffman table for DC coefficients has a symbol over 15");
    }

    /// <param name="index">Taj, 0 to 15.</param>
    /// <exception cref="InvalidImageException">Not defined, or invalid.</exception>
    public HuffmanTable Ac(int index) => Defined(_ac, index)?.Table ?? throw JpegErrors.Missing("Huffman table for AC coefficients", index);

    /// <summary>Qk of table <paramref name="index"/>, 64 elements in rows (not in zig-zag order).</summary>
    public ushort[] Quantization(int index) => _quantization[index] ?? throw JpegErrors.Missing("quantization table", index);

    /// <summary>Sets tables 0 and 1 to those of T.81 K.3.3 until the file defines its own, as libjpeg-turbo does for sequential frames.</summary>
    public void AssumeStandardHuffman()
    {
        _dc[0] ??= StandardHuffmanTables.LuminanceDc;
        _dc[1] ??= StandardHuffmanTables.ChrominanceDc;
        _ac[0] ??= StandardHuffmanTables.LuminanceAc;
        _ac[1] ??= StandardHuffmanTables.ChrominanceAc;
    }

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
                throw JpegErrors.Corrupt($"the header of a Huffman table (class {kind}, number {index}, {total} codes) is invalid or the table is too short");
            }

            (kind == 0 ? _dc : _ac)[index] = new HuffmanDefinition(counts.ToArray(), segment.Slice(17, total).ToArray());
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
                throw JpegErrors.Corrupt($"the header of a quantization table (precision {precision}, number {index}) is invalid or the table is too short");
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
            throw JpegErrors.Corrupt("its restart interval (DRI) is shorter than 2 bytes");
        }

        RestartInterval = (segment[0] << 8) | segment[1];
    }

    private static HuffmanDefinition? Defined(HuffmanDefinition?[] definitions, int index) => index < definitions.Length ? definitions[index] : null;
}
