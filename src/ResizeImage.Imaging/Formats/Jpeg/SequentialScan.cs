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
            if (!SequentialBlock.Decode(ref _reader, Bytes, _dc[index], _ac[index], lastCoefficient, ref _predictions[index], _block))
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
}
