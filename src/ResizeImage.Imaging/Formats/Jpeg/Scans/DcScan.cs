namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Decodes a progressive scan of DC coefficients, which may be interleaved (T.81 G.1.2.1), by rows of MCUs.</summary>
internal abstract class DcScan : ProgressiveScan
{
    private readonly BlockSlot[] _slots;
    private readonly CoefficientStore[] _stores;
    private readonly DcSlot[] _row;

    private protected DcScan(ScanContext scan, CoefficientStore[] stores)
        : base(scan)
    {
        _slots = BlockSlot.Of(scan.Header);
        _stores = stores;
        _row = new DcSlot[_slots.Length];
    }

    protected override bool DecodeInterval(int first, int end)
    {
        while (first < end)
        {
            Work.Check();
            (int mcuRow, int mcu) = Math.DivRem(first, McusPerRow);
            DcSlot.BeginRow(_row, _slots, _stores, mcuRow);
            int endOfRow = Math.Min(McusPerRow, mcu + end - first);
            int decoded = DecodeRow(_row, mcu, endOfRow) - mcu;
            first += decoded;
            if (!EndMcus(decoded) || mcu + decoded < endOfRow)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Decodes the MCUs of a row from <paramref name="mcu"/> to before <paramref name="end"/>.</summary>
    /// <returns><paramref name="end"/>, or the first MCU that could not be decoded.</returns>
    protected abstract int DecodeRow(DcSlot[] slots, int mcu, int end);
}
