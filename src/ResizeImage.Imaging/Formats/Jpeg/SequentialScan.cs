namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Decodes a scan of a baseline or extended sequential frame (T.81 annex F.2).</summary>
internal sealed class SequentialScan : ScanDecoder, IMcuRows
{
    private readonly HuffmanTable[] _dc;
    private readonly HuffmanTable[] _ac;
    private readonly BlockDemand[] _demands;
    private readonly int[] _predictions;
    private readonly BlockSink _sink;
    private readonly short[] _block = new short[64];

    public SequentialScan(
        JpegFrame frame, ScanHeader header, JpegTables tables, ReadOnlyMemory<byte> file, BlockSink sink)
        : base(frame, header, tables.RestartInterval, file)
    {
        _sink = sink;
        _dc = header.Components.Select(c => tables.Dc(c.DcTable)).ToArray();
        _ac = header.Components.Select(c => tables.Ac(c.AcTable)).ToArray();
        _demands = header.Components.Select(c => sink.Demand(c.Component)).ToArray();
        _predictions = new int[header.Components.Length];
    }

    /// <inheritdoc/>
    public void DecodeMcuRow(int mcuRow)
    {
        for (int mcu = 0; mcu < McusPerRow; mcu++)
        {
            BeginMcu();
            for (int i = 0; i < Header.Components.Length; i++)
            {
                JpegComponent component = Header.Components[i].Component;
                int h = Interleaved ? component.H : 1;
                int v = Interleaved ? component.V : 1;
                for (int y = 0; y < v; y++)
                {
                    for (int x = 0; x < h; x++)
                    {
                        DecodeBlock(i, component, (mcu * h) + x, (mcuRow * v) + y);
                    }
                }
            }

            EndMcu();
        }
    }

    protected override void ResetPredictions() => Array.Clear(_predictions);

    private void DecodeBlock(int index, JpegComponent component, int column, int row)
    {
        bool demanded = _demands[index].Contains(column, row);
        int lastCoefficient = demanded ? _demands[index].LastCoefficient : -1;
        if (!Lost)
        {
            BitReader reader = Reader;
            reader.PrepareBlock();
            reader.Refill();
            bool good = DecodeDc(ref reader, _dc[index], ref _predictions[index])
                && (lastCoefficient > 0
                    ? DecodeAc(ref reader, _ac[index], lastCoefficient, _block)
                    : SkipAc(ref reader, _ac[index], 1));
            Reader = reader;
            if (good)
            {
                _block[0] = (short)_predictions[index];
            }
            else
            {
                LoseInterval();
                Array.Clear(_block);
            }
        }

        if (demanded)
        {
            _sink.Put(component, column, row, _block);
            Array.Clear(_block);
        }
    }

    /// <summary>Decodes the DC difference (T.81 F.2.2.1). False: an invalid code.</summary>
    private static bool DecodeDc(ref BitReader reader, HuffmanTable table, ref int prediction)
    {
        int size = reader.TakeSymbol(table);
        if (size < 0)
        {
            return false;
        }

        prediction += reader.TakeSigned(size);
        return true;
    }

    /// <summary>Decodes the AC coefficients up to the last wanted one and passes over the rest (T.81 F.2.2.2). False: an invalid code.</summary>
    private static bool DecodeAc(ref BitReader reader, HuffmanTable table, int lastCoefficient, Span<short> block)
    {
        ReadOnlySpan<byte> naturalOrder = ZigZag.NaturalOrder;
        int[] coefficients = table.Coefficients;
        int k = 1;
        while (k <= lastCoefficient)
        {
            reader.Refill();
            int step = coefficients[reader.Peek(HuffmanTable.LookupBits)];
            if (step != 0)
            {
                reader.Skip(step & 255);
                k += (step >> 8) & 255;
                if (k > 63)
                {
                    return true;
                }

                block[naturalOrder[k++]] = (short)(step >> 16);
                continue;
            }

            int symbol = reader.TakeSymbol(table);
            int size = symbol & 15;
            if (symbol < 0)
            {
                return false;
            }

            if (size == 0)
            {
                if (symbol != 0xF0)
                {
                    return true;
                }

                k += 16;
                continue;
            }

            k += symbol >> 4;
            int value = reader.TakeSigned(size);
            if (k > 63)
            {
                return true;
            }

            block[naturalOrder[k++]] = (short)value;
        }

        return k > 63 || SkipAc(ref reader, table, k);
    }

    /// <summary>Passes over the AC coefficients from place <paramref name="k"/> on. False: an invalid code.</summary>
    private static bool SkipAc(ref BitReader reader, HuffmanTable table, int k)
    {
        ushort[] skips = table.Skips;
        while (k <= 63)
        {
            reader.Refill();
            int skip = skips[reader.Peek(HuffmanTable.SkipBits)];
            int passed = skip >> 8;

            // A look-up may hold steps that belong to the next block, if this one ends with coefficient 63: then go singly.
            if (skip != 0 && k + passed <= 63)
            {
                reader.Skip(skip & 127);
                k += passed;
                if ((skip & 128) != 0)
                {
                    return true;
                }

                continue;
            }

            int symbol = reader.TakeSymbol(table);
            if (symbol < 0)
            {
                return false;
            }

            int size = symbol & 15;
            if (size == 0 && symbol != 0xF0)
            {
                return true;
            }

            reader.Skip(size);
            k += (symbol >> 4) + 1;
        }

        return true;
    }
}
