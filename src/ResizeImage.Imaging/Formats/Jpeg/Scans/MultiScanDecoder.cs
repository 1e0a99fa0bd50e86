namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Decodes an image of several scans: progressive, or sequential with a scan for each component.</summary>
/// <param name="file">The file.</param>
/// <param name="segments">A reader that has read up to the first scan.</param>
/// <param name="frame">The frame.</param>
/// <param name="wanted">For each window and component, coefficients per block that must be kept for it, 1 to 64.</param>
internal sealed class MultiScanDecoder(ByteSource file, JpegSegmentReader segments, JpegFrame frame, int[][] wanted) : IDisposable
{
    /// <summary>Encoders write about ten scans; a file with thousands of scans over the same few bytes only wastes time.</summary>
    public const int MaxScans = 100;

    private readonly ByteSource _file = file;
    private readonly JpegSegmentReader _segments = segments;
    private readonly JpegFrame _frame = frame;
    private readonly CoefficientStore[] _stores = frame.Components.Select(c => new CoefficientStore(c, wanted.Max(kept => kept[c.Index]))).ToArray();

    /// <summary>For each window and component.</summary>
    private readonly BandProgress[][] _progress = Array.ConvertAll(wanted, kept => Array.ConvertAll(kept, count => new BandProgress(count)));
    private readonly ushort[]?[] _quantization = new ushort[]?[frame.Components.Length];

    public bool Damaged { get; private set; }

    public bool Empty { get; private set; } = true;

    /// <summary>For each component, the table in force when its first scan began (T.81 B.2.4.1); zeros for a component without a scan.</summary>
    public ushort[][] Quantization => _quantization.Select(q => q ?? new ushort[64]).ToArray();

    /// <summary>A component that must be kept with whole blocks, which shows only in its scans; null if there is none.</summary>
    public JpegComponent? NeedsWholeBlocks { get; private set; }

    private bool IsComplete => _frame.Progressive
        ? Array.TrueForAll(_progress, IsCompleteFor)
        : !_quantization.Contains(null);

    /// <summary>
    /// Decodes the scans that matter, and reads no further than to the end of the last of them. Skips a corrupt scan after a first valid one.
    /// </summary>
    /// <returns>False: decode again with <see cref="NeedsWholeBlocks"/>.</returns>
    public bool TryDecodeAll(ScanHeader first)
    {
        int count = 0;
        for (ScanHeader? scan = first; scan is not null && NeedsWholeBlocks is null; scan = IsComplete ? null : Next(count))
        {
            try
            {
                foreach (ScanComponent c in scan.Components)
                {
                    _quantization[c.Component.Index] ??= _segments.Tables.Quantization(c.Component.QuantizationTable);
                }

                Decode(scan);
            }
            catch (InvalidImageException) when (count > 0)
            {
                Damaged = true; // a table is missing or invalid, and the next scan may not need it
            }

            count++;
        }

        Damaged |= _quantization.Contains(null);
        return NeedsWholeBlocks is null;
    }

    /// <summary>Delivers the decoded blocks, row by row, to the sinks of each window: one for each component.</summary>
    public IMcuRows Replay(IReadOnlyList<IReadOnlyList<BlockSink>> sinks) => new StoredRows(this, sinks);

    public void Dispose() => Array.ForEach(_stores, store => store.Dispose());

    private ScanHeader? Next(int count)
    {
        try
        {
            if (count == MaxScans)
            {
                Damaged = true;
                return null;
            }

            return _segments.ReadToNextScan();
        }
        catch (InvalidImageException)
        {
            Damaged = true;
            return null;
        }
    }

    private void Decode(ScanHeader header)
    {
        if (_frame.Progressive && !Matters(header))
        {
            return; // the segment reader looks for the next marker
        }

        _file.Work.Spend(EstimateWork(header));
        ScanContext context = new(_frame, header, _segments.Tables, _file);
        if (_frame.Progressive)
        {
            using ProgressiveScan progressive = ProgressiveScan.Open(context, _stores);
            _segments.SeekTo(progressive.Decode());
            Damaged |= progressive.Damaged;
            Empty &= progressive.Empty;
            return;
        }

        using SequentialScan scan = SequentialScan.Open(context, _stores);
        for (int row = 0; row < scan.McuRows; row++)
        {
            _file.Work.Check();
            scan.DecodeMcuRow(row);
        }

        Damaged |= scan.Damaged;
        Empty &= scan.Empty;
        _segments.SeekTo(scan.FindEnd());
    }

    /// <summary>True if a window depends on a scan of a progressive frame, and the scan can be decoded.</summary>
    private bool Matters(ScanHeader scan)
    {
        bool matters = false;
        foreach (BandProgress[] window in _progress)
        {
            if (IsCompleteFor(window))
            {
                continue; // another window needs the scan, and this one must be the same without it
            }

            foreach (ScanComponent c in scan.Components)
            {
                BandProgress progress = window[c.Component.Index];
                if (progress.NeedsWholeBlocks(scan))
                {
                    NeedsWholeBlocks = c.Component;
                    return false;
                }

                if (progress.Matters(scan))
                {
                    progress.Add(scan, _quantization[c.Component.Index]![0]);
                    matters = true;
                }
            }
        }

        return matters;
    }

    private static bool IsCompleteFor(BandProgress[] window) => Array.TrueForAll(window, component => component.IsComplete);

    /// <summary>Work of the blocks that a scan visits.</summary>
    private static long EstimateWork(ScanHeader scan)
    {
        const int Block = 10;
        const int RefinedBlock = 65;
        long blocks = 0;
        foreach (ScanComponent c in scan.Components)
        {
            blocks += c.Component.PaddedBlocks;
        }

        return blocks * (scan.ApproximationHigh > 0 ? RefinedBlock : Block);
    }

    private sealed class StoredRows(MultiScanDecoder scans, IReadOnlyList<IReadOnlyList<BlockSink>> sinks) : IMcuRows
    {
        private readonly CoefficientRow?[][] _rows =
            [.. sinks.Select(window => (CoefficientRow?[])[.. window.Select(sink => sink.Demand.IsLow ? new CoefficientRow(sink.Demand) : null)])];

        public bool Damaged => scans.Damaged;

        public bool Empty => scans.Empty;

        public void DecodeMcuRow(int mcuRow)
        {
            for (int i = 0; i < sinks.Count; i++)
            {
                foreach (JpegComponent component in scans._frame.Components)
                {
                    BlockSink sink = sinks[i][component.Index];
                    int endRow = Math.Min((mcuRow + 1) * component.V, sink.Demand.EndRow);
                    for (int row = Math.Max(mcuRow * component.V, sink.Demand.FirstRow); row < endRow; row++)
                    {
                        Put(row, scans._stores[component.Index], scans._progress[i][component.Index], sink, _rows[i][component.Index]);
                    }
                }
            }
        }

        public void Dispose() => scans.Dispose();

        private static void Put(int row, CoefficientStore store, BandProgress progress, BlockSink sink, CoefficientRow? low)
        {
            if (low is not null)
            {
                store.Estimate(row, progress, low);
                sink.PutRow(row, low);
                return;
            }

            for (int column = sink.Demand.FirstColumn; column < sink.Demand.EndColumn; column++)
            {
                Block block = store.Estimate(column, row, progress);
                sink.Put(column, row, block);
            }
        }
    }
}
