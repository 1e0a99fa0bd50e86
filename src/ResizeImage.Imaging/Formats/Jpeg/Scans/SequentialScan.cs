namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Decodes a scan of a baseline or extended sequential frame (T.81 annex F.2): the order of MCUs, restart intervals, and what happens where data
/// is missing or damaged (the rest of the interval keeps zero coefficients, which is gray, as libjpeg does).
/// </summary>
internal abstract class SequentialScan : IMcuRows
{
    private readonly int _restartInterval;
    private int _mcusToRestart;
    private int _nextRestart;

    private protected SequentialScan(
        JpegFrame frame, ScanHeader header, JpegTables tables, ByteSource file, IReadOnlyList<BlockSink> sinks)
    {
        bool interleaved = header.Components.Length > 1;
        JpegComponent first = header.Components[0].Component;
        McusPerRow = interleaved ? frame.McusPerRow : first.BlocksPerRow;
        McuRows = interleaved ? frame.McuRows : first.BlockRows;
        _restartInterval = tables.RestartInterval;
        _mcusToRestart = tables.RestartInterval;
        Window = new EntropyWindow(file, header.DataOffset);
        Window.Fill();
        Predictions = new int[header.Components.Length];
        Slots = SequentialSlot.Of(BlockSlot.Of(header), header, tables, sinks);
    }

    /// <summary>Rows of MCUs; a scan of one component has MCUs of one block (T.81 A.2.2).</summary>
    public int McuRows { get; }

    /// <summary>True once data was missing or damaged anywhere in the scan.</summary>
    public bool Damaged { get; private set; }

    /// <summary>True while not one MCU has been found whole.</summary>
    public bool Empty { get; private set; } = true;

    protected int McusPerRow { get; }

    /// <summary>True from missing or damaged data up to the next restart marker.</summary>
    protected bool Lost { get; private set; }

    /// <summary>The entropy-coded data.</summary>
    protected EntropyWindow Window { get; }

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
        JpegFrame frame, ScanHeader header, JpegTables tables, ByteSource file, IReadOnlyList<BlockSink> sinks) =>
        sinks[header.Components[0].Component.Index].Demand.IsLow
            ? new LookAheadScan(frame, header, tables, file, sinks)
            : new WholeBlockScan(frame, header, tables, file, sinks);

    /// <summary>Offset in the file of the marker after the scan. Call once the last row is decoded.</summary>
    public int FindEnd() => Window.FindEnd();

    /// <summary>Decodes a row of MCUs.</summary>
    /// <param name="mcuRow">Counted from 0; called in order.</param>
    public abstract void DecodeMcuRow(int mcuRow);

    /// <inheritdoc/>
    public virtual void Dispose() => Window.Dispose();

    /// <summary>Call before each MCU: passes a restart marker where one is due.</summary>
    protected void BeginMcu()
    {
        if (_restartInterval == 0)
        {
            return;
        }

        if (_mcusToRestart == 0)
        {
            bool found = Window.Restart(_nextRestart);
            BeginInterval();
            _nextRestart = (_nextRestart + 1) & 7;
            _mcusToRestart = _restartInterval;
            Lost = false;
            if (!found)
            {
                LoseInterval();
            }
        }

        _mcusToRestart--;
    }

    /// <summary>Call after each MCU. One that the data ended in is kept, as libjpeg does: zero bits stand for what is missing.</summary>
    /// <param name="consumed">Place in the window of the byte that holds the next bit.</param>
    protected void EndMcu(int consumed)
    {
        if (Lost)
        {
            return;
        }

        if (consumed > Window.End)
        {
            LoseInterval();
        }
        else
        {
            Empty = false;
        }
    }

    /// <summary>Call when a code is invalid.</summary>
    protected void LoseInterval()
    {
        Lost = true;
        Damaged = true;
    }

    /// <summary>Starts afresh at the beginning of the window, after a restart marker (T.81 F.2.1.3.1, G.1.2.2).</summary>
    protected virtual void BeginInterval() => Array.Clear(Predictions);
}
