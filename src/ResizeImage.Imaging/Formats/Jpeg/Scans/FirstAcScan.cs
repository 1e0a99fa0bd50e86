namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>The first scan of a band of AC coefficients: down to bit Al (T.81 G.1.2.2). Coefficients beyond the kept ones are dropped.</summary>
/// <remarks>
/// Blocks follow one another without a gap, in the data as in the store. So the symbols are one stream of steps, and each step sets a
/// coefficient and advances by some coefficients or blocks. A step has no branch except for rare codes, because the end of a block is hard to
/// predict. With the loops of the DC scans, this took thumbnails of ten progressive photos from 279 to 125 ms.
/// </remarks>
internal sealed class FirstAcScan : ProgressiveScan
{
    private const int LookupShift = 64 - ProgressiveSteps.LookupBits;

    /// <summary>Steps from one refill of the bits to the next.</summary>
    private const int StepsOfRound = 4;

    /// <summary>Marks a transition whose value is dropped: its place counts from the start of the store.</summary>
    private const ulong Elsewhere = 1ul << 63;

    private const int BlockShift = 48;
    private const int NextShift = 32;

    private readonly HuffmanTable _table;
    private readonly uint[] _steps;
    private readonly short[] _coefficients;
    private readonly int _blockStride;

    /// <summary>
    /// The transition of a step to coefficient k, or to EndOfBand + k:
    /// <code>
    /// 63         62         48 47      32 31                      0
    /// | Elsewhere | blocks ×   | next     | place of coefficient   |
    /// |           | BlockStride| coeff.   | k − 1, from its DC on  |
    /// </code>
    /// </summary>
    private readonly ulong[] _transitions = new ulong[2 * ProgressiveSteps.EndOfBand];

    /// <summary>The next coefficient.</summary>
    private int _k;

    /// <summary>Place of the current block's DC coefficient.</summary>
    private int _block;

    public FirstAcScan(ScanContext scan, CoefficientStore[] stores)
        : base(scan)
    {
        ScanHeader header = scan.Header;
        _table = scan.Tables.Ac(header.Components[0].AcTable);
        _steps = ProgressiveSteps.Ac(_table);
        CoefficientStore store = stores[header.Components[0].Component.Index];
        _coefficients = store.Coefficients;
        _blockStride = store.BlockStride;
        for (int k = 0; k < _transitions.Length; k++)
        {
            bool ends = k > header.SpectralEnd;
            bool kept = k > 0 && k <= store.Kept; // beyond the band too, where a corrupt run leads: as in libjpeg
            _transitions[k] = (kept ? (ulong)((k - 1) * store.CoefficientStride) : Elsewhere | (uint)store.Dropped)
                | ((ulong)(ends ? header.SpectralStart : k) << NextShift)
                | ((ulong)(ends && k < ProgressiveSteps.EndOfBand ? _blockStride : 0) << BlockShift);
        }
    }

    /// <inheritdoc/>
    protected override bool DecodeInterval(int first, int end)
    {
        _k = Header.SpectralStart;
        _block = first * _blockStride;
        int endBlock = end * _blockStride;
        bool valid = true;
        while (valid && _block < endBlock)
        {
            Run(endBlock - (StepsOfRound * (ProgressiveSteps.MaxBlocks + 1) * _blockStride));
            valid = Single();
        }

        return EndMcus((_block / _blockStride) - first) && valid;
    }

    /// <summary>Decodes until a block, the end of the window, or a code that the table does not resolve.</summary>
    private void Run(int endBlock)
    {
        UncheckedSpan<byte> bytes = new(Window.Bytes);
        UncheckedSpan<uint> steps = new(_steps);
        UncheckedSpan<ulong> transitions = new(_transitions);
        UncheckedSpan<short> coefficients = new(_coefficients);
        int safeEnd = SafeEnd - sizeof(ulong);
        int al = Header.ApproximationLow;
        int stride = _blockStride;
        int block = _block;
        int k = _k;
        BitReader reader = Reader;
        ulong bits = reader.Bits;
        int count = reader.Count;
        int position = reader.Position;
        while (position < safeEnd && block < endBlock)
        {
            bits |= bytes.BigEndian64(position) >> count;
            position += (63 - count) >> 3;
            count |= 56;
            uint step = 1;
            for (int i = 0; i < StepsOfRound; i++)
            {
                step = steps[(int)(bits >> LookupShift)];
                if (step == 0)
                {
                    break;
                }

                bits <<= (int)step; // a shift uses the lowest 6 bits only
                count -= ProgressiveSteps.Bits(step);
                ulong transition = transitions[k + ProgressiveSteps.Advance(step)];
                int place = (int)transition + (block & ~(int)((long)transition >> 63));
                coefficients[place] = (short)(ProgressiveSteps.Value(step) << al);
                k = (byte)(transition >> NextShift);
                block += ((int)(transition >> BlockShift) & 127) + (ProgressiveSteps.Blocks(step) * stride);
            }

            if (step == 0)
            {
                break;
            }
        }

        Reader = new BitReader { Bits = bits, Count = count, Position = position };
        _block = block;
        _k = k;
    }

    /// <summary>One symbol, by the Huffman table itself.</summary>
    /// <returns>False: an invalid code, or the data ended.</returns>
    private bool Single()
    {
        bool blockBegins = _k == Header.SpectralStart;
        if (Reader.Position >= SafeEnd && !ReadOn() && blockBegins)
        {
            return false;
        }

        BitReader reader = Reader;
        reader.Refill(Window.Bytes);
        int symbol = reader.TakeSymbol(_table);
        int run = symbol >> 4;
        int size = symbol & 15;
        if (symbol < 0)
        {
            return false;
        }

        if (size == 0 && run < 15)
        {
            _k = Header.SpectralStart;
            _block += ((1 << run) + reader.Take(run)) * _blockStride;
        }
        else
        {
            int value = reader.TakeSigned(size);
            ulong transition = _transitions[_k + run + 1];
            if ((transition & Elsewhere) == 0)
            {
                _coefficients[_block + (int)transition] = (short)(value << Header.ApproximationLow);
            }

            _k = (byte)(transition >> NextShift);
            _block += (int)(transition >> BlockShift) & 127;
        }

        Reader = reader;
        return true;
    }
}
