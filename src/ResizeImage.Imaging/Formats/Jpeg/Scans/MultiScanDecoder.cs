namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Decodes an image of several scans: progressive, or sequential with a scan for each component.</summary>
/// <param name="file">The file.</param>
/// <param name="segments">A reader that has read up to the first scan.</param>
/// <param name="frame">The frame.</param>
/// <param name="kept">For each component, coefficients to keep per block, 1 to 64.</param>
internal sealed class MultiScanDecoder(ByteSource file, JpegSegmentReader segments, JpegFrame frame, int[] kept)
{
    /// <summary>Encoders write about ten scans; a file with thousands of scans over the same few bytes only wastes time.</summary>
    public const int MaxScans = 100;

    private readonly ByteSource _file = file;
    private readonly JpegSegmentReader _segments = segments;
    private readonly JpegFrame _frame = frame;
    private readonly CoefficientStore[] _stores = frame.Components.Select(c => new CoefficientStore(c, kept[c.Index])).ToArray();
    private readonly ushort[]?[] _quantization = new ushort[]?[frame.Components.Length];

    public bool Damaged { get; private set; }

    public bool Empty { get; private set; } = true;

    /// <summary>For each component, the table in force when its first scan began (T.81 B.2.4.1); zeros for a component without a scan.</summary>
    public ushort[][] Quantization => _quantization.Select(q => q ?? new ushort[64]).ToArray();

    /// <summary>Decodes all scans that matter. Skips a corrupt scan after a first valid one.</summary>
    public void DecodeAll(ScanHeader first)
    {
        int count = 0;
        for (ScanHeader? scan = first; scan is not null; scan = Next(count))
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
    }

    /// <summary>Delivers the decoded blocks, row by row, to a sink for each component.</summary>
    public IMcuRows Replay(IReadOnlyList<BlockSink> sinks) => new StoredRows(this, sinks);

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
        JpegComponent first = header.Components[0].Component;
        if (_frame.Progressive && ProgressiveDetail.CanSkip(header, kept[first.Index]))
        {
            _stores[first.Index].LeaveOut(header);
            return; // the segment reader looks for the next marker
        }

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

    private sealed class StoredRows(MultiScanDecoder scans, IReadOnlyList<BlockSink> sinks) : IMcuRows
    {
        private readonly CoefficientRow?[] _rows = [.. sinks.Select(sink => sink.Demand.IsLow ? new CoefficientRow(sink.Demand) : null)];

        public bool Damaged => scans.Damaged;

        public bool Empty => scans.Empty;

        public void DecodeMcuRow(int mcuRow)
        {
            foreach (JpegComponent component in scans._frame.Components)
            {
                BlockDemand demand = sinks[component.Index].Demand;
                int endRow = Math.Min((mcuRow + 1) * component.V, demand.EndRow);
                for (int row = Math.Max(mcuRow * component.V, demand.FirstRow); row < endRow; row++)
                {
                    Put(row, scans._stores[component.Index], sinks[component.Index], _rows[component.Index]);
                }
            }
        }

        public void Dispose()
        {
            foreach (CoefficientStore store in scans._stores)
            {
                store.Dispose();
            }
        }

        private static void Put(int row, CoefficientStore store, BlockSink sink, CoefficientRow? low)
        {
            if (low is not null)
            {
                store.Estimate(row, low);
                sink.PutRow(row, low);
                return;
            }

            for (int column = sink.Demand.FirstColumn; column < sink.Demand.EndColumn; column++)
            {
                Block block = store.Estimate(column, row);
                sink.Put(column, row, block);
            }
        }
    }
}
