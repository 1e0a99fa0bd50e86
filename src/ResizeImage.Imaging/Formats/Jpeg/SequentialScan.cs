namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Decodes a scan of a baseline or extended sequential frame (T.81 annex F.2).</summary>
internal sealed class SequentialScan : ScanDecoder, IMcuRows
{
    private readonly Slot[] _slots;
    private readonly int[] _predictions;
    private BitReader _reader;

    /// <param name="frame">The frame.</param>
    /// <param name="header">The scan.</param>
    /// <param name="tables">The tables in force.</param>
    /// <param name="file">The file.</param>
    /// <param name="sinks">A sink for each component of the frame.</param>
    public SequentialScan(
        JpegFrame frame, ScanHeader header, JpegTables tables, ReadOnlyMemory<byte> file, IReadOnlyList<BlockSink> sinks)
        : base(frame, header, tables.RestartInterval, file)
    {
        _predictions = new int[header.Components.Length];
        _slots = Slots
            .Select(slot => new Slot(
                slot,
                tables.Dc(header.Components[slot.Index].DcTable),
                tables.Ac(header.Components[slot.Index].AcTable),
                sinks[slot.Component.Index]))
            .ToArray();
    }

    /// <inheritdoc/>
    public void DecodeMcuRow(int mcuRow)
    {
        Block block = default;
        foreach (Slot slot in _slots)
        {
            slot.BeginRow(mcuRow);
        }

        for (int mcu = 0; mcu < McusPerRow; mcu++)
        {
            BeginMcu(ref _reader);
            foreach (Slot slot in _slots)
            {
                int column = (mcu * slot.H) + slot.X;
                bool demanded = (uint)(column - slot.FirstColumn) < (uint)slot.Columns;
                if (!Lost)
                {
                    BeginBlock(ref _reader);
                    int last = demanded ? slot.LastCoefficient : -1;
                    if (!SequentialBlock.Decode(ref _reader, Bytes, slot.Dc, slot.Ac, last, ref _predictions[slot.Index], block))
                    {
                        LoseInterval();
                        block = default;
                    }
                }

                if (demanded)
                {
                    slot.Sink.Put(column, slot.Row, block);
                    block = default;
                }
            }

            EndMcu(_reader);
        }
    }

    protected override void ResetPredictions() => Array.Clear(_predictions);

    /// <summary>All that the loop over a row needs to know of a place in the MCU, side by side in memory.</summary>
    private sealed class Slot(BlockSlot place, HuffmanTable dc, HuffmanTable ac, BlockSink sink)
    {
        private readonly BlockDemand _demand = sink.Demand;

        public int Index { get; } = place.Index;

        public HuffmanTable Dc { get; } = dc;

        public HuffmanTable Ac { get; } = ac;

        public BlockSink Sink { get; } = sink;

        public int H { get; } = place.H;

        public int X { get; } = place.X;

        public int LastCoefficient { get; } = sink.Demand.LastCoefficient;

        public int FirstColumn { get; } = sink.Demand.FirstColumn;

        /// <summary>Block columns that are demanded in the present row.</summary>
        public int Columns { get; private set; }

        /// <summary>The present block row.</summary>
        public int Row { get; private set; }

        public void BeginRow(int mcuRow)
        {
            Row = (mcuRow * place.V) + place.Y;
            bool demanded = Row >= _demand.FirstRow && Row < _demand.EndRow;
            Columns = demanded ? _demand.EndColumn - _demand.FirstColumn : 0;
        }
    }
}
