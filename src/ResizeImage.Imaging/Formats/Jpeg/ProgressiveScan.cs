namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Decodes a scan of a progressive frame into a <see cref="CoefficientStore"/> (T.81 annex G.2).</summary>
internal sealed class ProgressiveScan : ScanDecoder
{
    private readonly BlockSlot[] _slots;
    private readonly CoefficientStore[] _stores;
    private readonly HuffmanTable?[] _dc;
    private readonly HuffmanTable? _ac;
    private readonly int[] _predictions;
    private BitReader _reader;

    /// <summary>EOBRUN: blocks of the band still to come that have no more new coefficients.</summary>
    private int _endOfBandRun;

    public ProgressiveScan(
        JpegFrame frame, ScanHeader header, JpegTables tables, ReadOnlyMemory<byte> file, CoefficientStore[] stores)
        : base(frame, header, tables.RestartInterval, file)
    {
        _slots = BlockSlot.Of(header);
        _stores = stores;
        bool isDc = header.SpectralStart == 0;
        bool isFirst = header.ApproximationHigh == 0;
        _dc = header.Components.Select(c => isDc && isFirst ? tables.Dc(c.DcTable) : null).ToArray();
        _ac = isDc ? null : tables.Ac(header.Components[0].AcTable);
        _predictions = new int[header.Components.Length];
    }

    /// <inheritdoc/>
    public override void DecodeMcuRow(int mcuRow)
    {
        for (int mcu = 0; mcu < McusPerRow; mcu++)
        {
            BeginMcu();
            if (!Lost)
            {
                DecodeMcu(mcu, mcuRow);
                EndMcu(_reader.Consumed);
            }
        }
    }

    protected override void BeginInterval()
    {
        _reader = default;
        Array.Clear(_predictions);
        _endOfBandRun = 0;
    }

    private void DecodeMcu(int mcu, int mcuRow)
    {
        foreach (BlockSlot slot in _slots)
        {
            BeginBlock(ref _reader);
            _reader.Refill(Window.Bytes);
            Span<short> block = _stores[slot.Component.Index].Block((mcu * slot.H) + slot.X, (mcuRow * slot.V) + slot.Y);
            if (!DecodeBlock(slot.Index, block))
            {
                LoseInterval();
                return;
            }
        }
    }

    private bool DecodeBlock(int index, Span<short> block) => (Header.SpectralStart, Header.ApproximationHigh) switch
    {
        (0, 0) => FirstDc(_dc[index]!, ref _predictions[index], block),
        (0, _) => RefineDc(block),
        (_, 0) => FirstAc(block),
        _ => RefineAc(block),
    };

    /// <summary>T.81 G.1.2.1: the DC coefficient down to bit Al.</summary>
    private bool FirstDc(HuffmanTable table, ref int prediction, Span<short> block)
    {
        int size = _reader.TakeSymbol(table);
        if (size < 0)
        {
            return false;
        }

        prediction += _reader.TakeSigned(size);
        block[0] = (short)(prediction << Header.ApproximationLow);
        return true;
    }

    /// <summary>T.81 G.1.2.1.1: one more bit of the DC coefficient.</summary>
    private bool RefineDc(Span<short> block)
    {
        if (_reader.Take(1) != 0)
        {
            block[0] |= (short)(1 << Header.ApproximationLow);
        }

        return true;
    }

    /// <summary>T.81 G.1.2.2: the band Ss to Se down to bit Al. What is beyond the coefficients that are kept is dropped.</summary>
    private bool FirstAc(Span<short> block)
    {
        if (_endOfBandRun > 0)
        {
            _endOfBandRun--;
            return true;
        }

        for (int k = Header.SpectralStart; k <= Header.SpectralEnd; k++)
        {
            _reader.Refill(Window.Bytes);
            int symbol = _reader.TakeSymbol(_ac!);
            if (symbol < 0)
            {
                return false;
            }

            int run = symbol >> 4;
            int size = symbol & 15;
            if (size == 0)
            {
                if (run < 15)
                {
                    _endOfBandRun = (1 << run) - 1 + _reader.Take(run);
                    return true;
                }

                k += 15;
                continue;
            }

            k += run;
            int value = _reader.TakeSigned(size);
            if (k < block.Length)
            {
                block[k] = (short)(value << Header.ApproximationLow);
            }
        }

        return true;
    }

    /// <summary>T.81 G.1.2.3: one more bit of the band's non-zero coefficients, and the coefficients that become ±1 at this bit.</summary>
    private bool RefineAc(Span<short> block)
    {
        int bit = 1 << Header.ApproximationLow;
        int k = Header.SpectralStart;
        if (_endOfBandRun == 0)
        {
            for (; k <= Header.SpectralEnd; k++)
            {
                _reader.Refill(Window.Bytes);
                int symbol = _reader.TakeSymbol(_ac!);
                if (symbol < 0)
                {
                    return false;
                }

                int run = symbol >> 4;
                int newValue = 0;
                if ((symbol & 15) != 0)
                {
                    newValue = _reader.Take(1) != 0 ? bit : -bit;
                }
                else if (run < 15)
                {
                    _endOfBandRun = (1 << run) + _reader.Take(run);
                    break;
                }

                // Pass over `run` zero coefficients, refining the others on the way.
                for (; k <= Header.SpectralEnd; k++)
                {
                    ref short coefficient = ref block[k];
                    if (coefficient != 0)
                    {
                        Refine(ref coefficient, bit);
                    }
                    else if (--run < 0)
                    {
                        break;
                    }
                }

                if (newValue != 0 && k <= Header.SpectralEnd)
                {
                    block[k] = (short)newValue;
                }
            }
        }

        if (_endOfBandRun > 0)
        {
            for (; k <= Header.SpectralEnd; k++)
            {
                ref short coefficient = ref block[k];
                if (coefficient != 0)
                {
                    Refine(ref coefficient, bit);
                }
            }

            _endOfBandRun--;
        }

        return true;
    }

    private void Refine(ref short coefficient, int bit)
    {
        _reader.Refill(Window.Bytes);
        if (_reader.Take(1) != 0 && (coefficient & bit) == 0)
        {
            coefficient += (short)(coefficient >= 0 ? bit : -bit);
        }
    }
}
