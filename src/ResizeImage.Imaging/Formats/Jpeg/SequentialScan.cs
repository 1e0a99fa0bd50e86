namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Decodes a scan of a baseline or extended sequential frame (T.81 annex F.2).</summary>
internal sealed class SequentialScan : ScanDecoder, IMcuRows
{
    private readonly HuffmanTable[] _dc;
    private readonly HuffmanTable[] _ac;
    private readonly BlockSink[] _sinks;
    private readonly BlockDemand[] _demands;
    private readonly int[] _predictions;
    private BitReader _reader;
    private Block _block;

    /// <param name="frame">The frame.</param>
    /// <param name="header">The scan.</param>
    /// <param name="tables">The tables in force.</param>
    /// <param name="file">The file.</param>
    /// <param name="sinks">A sink for each component of the frame.</param>
    public SequentialScan(
        JpegFrame frame, ScanHeader header, JpegTables tables, ReadOnlyMemory<byte> file, IReadOnlyList<BlockSink> sinks)
        : base(frame, header, tables.RestartInterval, file)
    {
        _sinks = header.Components.Select(c => sinks[c.Component.Index]).ToArray();
        _dc = header.Components.Select(c => tables.Dc(c.DcTable)).ToArray();
        _ac = header.Components.Select(c => tables.Ac(c.AcTable)).ToArray();
        _demands = _sinks.Select(s => s.Demand).ToArray();
        _predictions = new int[header.Components.Length];
    }

    /// <inheritdoc/>
    public void DecodeMcuRow(int mcuRow)
    {
        for (int mcu = 0; mcu < McusPerRow; mcu++)
        {
            BeginMcu(ref _reader);
            foreach (BlockSlot slot in Slots)
            {
                DecodeBlock(slot.Index, (mcu * slot.H) + slot.X, (mcuRow * slot.V) + slot.Y);
            }

            EndMcu(_reader);
        }
    }

    protected override void ResetPredictions() => Array.Clear(_predictions);

    private void DecodeBlock(int index, int column, int row)
    {
        ref BlockDemand demand = ref _demands[index];
        bool demanded = demand.Contains(column, row);
        if (!Lost)
        {
            BeginBlock(ref _reader);
            int lastCoefficient = demanded ? demand.LastCoefficient : -1;
            if (!DecodeCoefficients(_dc[index], _ac[index], lastCoefficient, ref _predictions[index]))
            {
                LoseInterval();
                _block = default;
            }
        }

        if (demanded)
        {
            _sinks[index].Put(column, row, _block);
            _block = default;
        }
    }

    /// <summary>
    /// Decodes the DC difference (T.81 F.2.2.1) and the AC coefficients up to the last wanted one (F.2.2.2), and passes over the rest.
    /// </summary>
    /// <returns>False: an invalid code.</returns>
    private bool DecodeCoefficients(HuffmanTable dc, HuffmanTable ac, int lastCoefficient, ref int prediction)
    {
        BitReader reader = _reader;
        reader.Refill(Bytes);
        int size = reader.TakeSymbol(dc);
        if (size < 0)
        {
            return false;
        }

        prediction += reader.TakeSigned(size);
        Span<short> block = _block;
        block[0] = (short)prediction;

        bool good = true;
        int k = 1;
        if (lastCoefficient > 0)
        {
            good = TakeAc(ref reader, ac, lastCoefficient, block, out k);
        }

        if (k <= 63 && good)
        {
            good = SkipAc(ref reader, ac, k);
        }

        _reader = reader;
        return good;
    }

    /// <param name="reader">The bits.</param>
    /// <param name="table">AC table.</param>
    /// <param name="lastCoefficient">The last wanted coefficient.</param>
    /// <param name="block">Where they go.</param>
    /// <param name="next">The coefficient that comes next in the data; over 63 at the end of the block.</param>
    private bool TakeAc(ref BitReader reader, HuffmanTable table, int lastCoefficient, Span<short> block, out int next)
    {
        ReadOnlySpan<byte> naturalOrder = ZigZag.NaturalOrder;
        int[] coefficients = table.Coefficients;
        byte[] bytes = Bytes;
        BitReader bits = reader;
        int k = 1;
        next = 64;
        while (k <= lastCoefficient)
        {
            bits.Refill(bytes);
            int step = coefficients[bits.Peek(HuffmanTable.LookupBits)];
            if (step != 0)
            {
                bits.Skip(step & 255);
                k += (step >> 8) & 255;
                if (k > 63)
                {
                    break;
                }

                block[naturalOrder[k++]] = (short)(step >> 16);
                continue;
            }

            int symbol = bits.TakeSymbol(table);
            int size = symbol & 15;
            if (symbol < 0)
            {
                return false;
            }

            if (size == 0)
            {
                k = symbol == 0xF0 ? k + 16 : 64;
                continue;
            }

            k += symbol >> 4;
            int value = bits.TakeSigned(size);
            if (k > 63)
            {
                break;
            }

            block[naturalOrder[k++]] = (short)value;
        }

        next = k;
        reader = bits;
        return true;
    }

    /// <summary>Passes over the AC coefficients from place <paramref name="k"/> on. False: an invalid code.</summary>
    private bool SkipAc(ref BitReader reader, HuffmanTable table, int k)
    {
        ushort[] skips = table.Skips;
        byte[] bytes = Bytes;
        BitReader bits = reader;
        while (k <= 63)
        {
            bits.Refill(bytes);
            int skip = skips[bits.Peek(HuffmanTable.SkipBits)];
            int passed = skip >> 8;

            // A look-up may hold steps that belong to the next block, if this one ends with coefficient 63: then go singly.
            if (skip != 0 && k + passed <= 63)
            {
                bits.Skip(skip & 127);
                k += passed;
                if ((skip & 128) != 0)
                {
                    break;
                }

                continue;
            }

            int symbol = bits.TakeSymbol(table);
            if (symbol < 0)
            {
                return false;
            }

            int size = symbol & 15;
            if (size == 0 && symbol != 0xF0)
            {
                break;
            }

            bits.Skip(size);
            k += (symbol >> 4) + 1;
        }

        reader = bits;
        return true;
    }
}
