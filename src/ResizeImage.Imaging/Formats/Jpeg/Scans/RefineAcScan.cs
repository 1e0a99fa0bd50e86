namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// A refinement scan of a band of AC coefficients, all of them kept: one more bit of the non-zero ones, and the coefficients that become ±1 at
/// this bit (T.81 G.1.2.3).
/// </summary>
internal sealed class RefineAcScan : ProgressiveScan
{
    private readonly HuffmanTable _table;
    private readonly CoefficientStore _store;
    private readonly int _bit;

    /// <summary>EOBRUN: following blocks of the band without new coefficients.</summary>
    private int _endOfBandRun;

    public RefineAcScan(ScanContext scan, CoefficientStore[] stores)
        : base(scan)
    {
        ScanComponent component = scan.Header.Components[0];
        _table = scan.Tables.Ac(component.AcTable);
        _store = stores[component.Component.Index];
        _bit = 1 << scan.Header.ApproximationLow;
    }

    /// <inheritdoc/>
    protected override bool DecodeInterval(int first, int end)
    {
        _endOfBandRun = 0;
        int nextRow = first;
        for (int block = first; block < end; block++)
        {
            if (block == nextRow)
            {
                Work.Check();
                nextRow += McusPerRow;
            }

            if (Reader.Position >= SafeEnd && !ReadOn())
            {
                EndMcus(block - first);
                return false;
            }

            BitReader reader = Reader;
            bool valid = Refine(ref reader, _store.Coefficients.AsSpan(block * _store.BlockStride));
            Reader = reader;
            if (!valid)
            {
                EndMcus(block - first);
                return false;
            }
        }

        return EndMcus(end - first);
    }

    /// <summary>Refines a block.</summary>
    private bool Refine(ref BitReader reader, Span<short> block)
    {
        int k = Header.SpectralStart;
        if (_endOfBandRun == 0)
        {
            for (; k <= Header.SpectralEnd; k++)
            {
                reader.Refill(Window.Bytes);
                int symbol = reader.TakeSymbol(_table);
                if (symbol < 0)
                {
                    return false;
                }

                int run = symbol >> 4;
                int newValue = 0;
                if ((symbol & 15) != 0)
                {
                    newValue = reader.Take(1) != 0 ? _bit : -_bit;
                }
                else if (run < 15)
                {
                    _endOfBandRun = (1 << run) + reader.Take(run);
                    break;
                }

                k = Pass(ref reader, block, k, run);
                if (newValue != 0 && k <= Header.SpectralEnd)
                {
                    block[k * _store.CoefficientStride] = (short)newValue;
                }
            }
        }

        if (_endOfBandRun > 0)
        {
            Pass(ref reader, block, k, 64);
            _endOfBandRun--;
        }

        return true;
    }

    /// <summary>Skips zero coefficients, refining the others on the way.</summary>
    /// <returns>The next zero coefficient, or one beyond the band.</returns>
    private int Pass(ref BitReader reader, Span<short> block, int k, int zeros)
    {
        for (; k <= Header.SpectralEnd; k++)
        {
            ref short coefficient = ref block[k * _store.CoefficientStride];
            if (coefficient == 0)
            {
                if (--zeros < 0)
                {
                    break;
                }

                continue;
            }

            reader.Refill(Window.Bytes);
            if (reader.Take(1) != 0 && (coefficient & _bit) == 0)
            {
                coefficient += (short)(coefficient >= 0 ? _bit : -_bit);
            }
        }

        return k;
    }
}
