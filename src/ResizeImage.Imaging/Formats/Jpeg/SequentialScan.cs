namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Decodes a scan of a baseline or extended sequential frame (T.81 annex F.2).</summary>
internal abstract class SequentialScan : ScanDecoder, IMcuRows
{
    private protected SequentialScan(
        JpegFrame frame, ScanHeader header, JpegTables tables, ReadOnlyMemory<byte> file, IReadOnlyList<BlockSink> sinks)
        : base(frame, header, tables.RestartInterval, file)
    {
        Predictions = new int[header.Components.Length];
        Slots = SequentialSlot.Of(BlockSlot.Of(header), header, tables, sinks);
    }

    /// <summary>The blocks of an MCU, in order.</summary>
    protected SequentialSlot[] Slots { get; }

    /// <summary>PRED of each component of the scan (T.81 F.1.1.5.1).</summary>
    protected int[] Predictions { get; }

    /// <summary>The decoder for what is wanted.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="header">The scan.</param>
    /// <param name="tables">The tables in force.</param>
    /// <param name="file">The file.</param>
    /// <param name="sinks">A sink for each component of the frame.</param>
    public static SequentialScan Open(
        JpegFrame frame, ScanHeader header, JpegTables tables, ReadOnlyMemory<byte> file, IReadOnlyList<BlockSink> sinks)
    {
        return sinks[header.Components[0].Component.Index].Demand.IsLow
            ? new LookAheadScan(frame, header, tables, file, sinks)
            : new WholeBlockScan(frame, header, tables, file, sinks);
    }

    protected override void BeginInterval() => Array.Clear(Predictions);
}
