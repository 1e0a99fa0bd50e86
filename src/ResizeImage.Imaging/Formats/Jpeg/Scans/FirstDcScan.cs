namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>The first scan of DC coefficients: down to bit Al (T.81 G.1.2.1).</summary>
internal sealed class FirstDcScan : DcScan
{
    private const int LookupShift = 64 - ProgressiveSteps.LookupBits;

    private readonly HuffmanTable[] _tables;
    private readonly uint[][] _steps;
    private readonly int[] _predictions;

    public FirstDcScan(ScanContext scan, CoefficientStore[] stores)
        : base(scan, stores)
    {
        _tables = Array.ConvertAll(scan.Header.Components, c => scan.Tables.Dc(c.DcTable));
        Dictionary<HuffmanTable, uint[]> steps = _tables.Distinct().ToDictionary(table => table, ProgressiveSteps.Dc);
        _steps = _tables.Select(table => steps[table]).ToArray();
        _predictions = new int[_tables.Length];
    }

    protected override bool DecodeInterval(int first, int end)
    {
        Array.Clear(_predictions);
        return base.DecodeInterval(first, end);
    }

    /// <inheritdoc/>
    protected override int DecodeRow(DcSlot[] slots, int mcu, int end)
    {
        byte[] bytes = Window.Bytes;
        int al = Header.ApproximationLow;
        BitReader reader = Reader;
        ulong bits = reader.Bits;
        int count = reader.Count;
        int position = reader.Position;
        int safeEnd = SafeEnd;
        for (; mcu < end; mcu++)
        {
            if (position >= safeEnd)
            {
                Reader = new BitReader { Bits = bits, Count = count, Position = position };
                if (!ReadOn())
                {
                    return mcu;
                }

                position = Reader.Position;
                safeEnd = SafeEnd;
            }

            for (int i = 0; i < slots.Length; i++)
            {
                ref DcSlot slot = ref slots[i];
                bits |= new UncheckedSpan<byte>(bytes).BigEndian64(position) >> count;
                position += (63 - count) >> 3;
                count |= 56;
                uint step = _steps[slot.Index][(int)(bits >> LookupShift)];
                if (step == 0)
                {
                    step = Single(_tables[slot.Index], bits, out int difference);
                    if (step == 0)
                    {
                        Reader = new BitReader { Bits = bits, Count = count, Position = position };
                        return mcu;
                    }

                    _predictions[slot.Index] += difference;
                }

                bits <<= ProgressiveSteps.Bits(step);
                count -= ProgressiveSteps.Bits(step);
                int prediction = _predictions[slot.Index] += ProgressiveSteps.Value(step);
                int column = (mcu * slot.H) + slot.X;
                if (column < slot.Columns)
                {
                    slot.Coefficients[slot.Place + (column * slot.Stride)] = (short)(prediction << al);
                }
            }
        }

        Reader = new BitReader { Bits = bits, Count = count, Position = position };
        return mcu;
    }

    /// <summary>A step that the look-up does not have.</summary>
    /// <returns>The bits that it takes; 0 for an invalid code.</returns>
    private static uint Single(HuffmanTable table, ulong bits, out int difference)
    {
        int size = table.Find(bits, out int length);
        difference = size <= 0 ? 0 : HuffmanTable.Extend((int)(bits << length >> (64 - size)), size);
        return size < 0 ? 0 : (uint)(length + size);
    }
}
