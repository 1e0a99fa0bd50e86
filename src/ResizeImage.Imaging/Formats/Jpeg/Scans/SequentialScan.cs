namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Decodes a scan of a baseline or extended sequential frame (T.81 annex F.2): the order of MCUs, and restart intervals. Where data are missing
/// or corrupt, the rest of the interval keeps zero coefficients, which is gray, as in libjpeg.
/// </summary>
internal abstract class SequentialScan : IMcuRows
{
    private readonly int _restartInterval;
    private int _mcusToRestart;
    private int _nextRestart;

    private protected SequentialScan(ScanContext scan, IReadOnlyList<BlockSink> sinks)
    {
        McusPerRow = scan.McusPerRow;
        McuRows = scan.McuRows;
        _restartInterval = scan.Tables.RestartInterval;
        _mcusToRestart = _restartInterval;
        Window = new EntropyWindow(scan.File, scan.Header.DataOffset);
        Window.Fill();
        Predictions = new int[scan.Header.Components.Length];
        Slots = SequentialSlot.Of(BlockSlot.Of(scan.Header), scan.Header, scan.Tables, sinks);
    }

    /// <summary>Rows of MCUs; a scan of one component has MCUs of one block (T.81 A.2.2).</summary>
    public int McuRows { get; }

    /// <summary>True once data were missing or corrupt anywhere in the scan.</summary>
    public bool Damaged { get; private set; }

    /// <summary>True until one MCU is complete.</summary>
    public bool Empty { get; private set; } = true;

    protected int McusPerRow { get; }

    /// <summary>True from missing or corrupt data to the next restart marker.</summary>
    protected bool Lost { get; private set; }

    /// <summary>The entropy-coded data.</summary>
    protected EntropyWindow Window { get; }

    /// <summary>The blocks of an MCU, in order.</summary>
    protected SequentialSlot[] Slots { get; }

    /// <summary>PRED of each component of the scan (T.81 F.1.1.5.1).</summary>
    protected int[] Predictions { get; }

    /// <summary>The decoder for what the sinks want.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="sinks">A sink for each component of the frame.</param>
    public static SequentialScan Open(ScanContext scan, IReadOnlyList<BlockSink> sinks) =>
        sinks[scan.Header.Components[0].Component.Index].Demand.IsLow
            ? new LookAheadScan(scan, sinks)
            : new WholeBlockScan(scan, sinks);

    /// <summary>Offset in the file of the marker after the scan. Call once the last row is decoded.</summary>
    public int FindEnd() => Window.FindEnd();

    /// <summary>Decodes a row of MCUs.</summary>
    /// <param name="mcuRow">Counted from 0; called in order.</param>
    public abstract void DecodeMcuRow(int mcuRow);

    /// <inheritdoc/>
    public virtual void Dispose() => Window.Dispose();

    /// <summary>Call before each MCU: consumes a restart marker where one is due.</summary>
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

    /// <summary>Call after each MCU. The MCU in which the data end is kept with zero bits for what is missing, as in libjpeg.</summary>
    /// <param name="consumed">Bytes of the window that are consumed; the last one perhaps in part.</param>
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

    /// <summary>Restarts at the beginning of the window, after a restart marker (T.81 F.2.1.3.1, G.1.2.2).</summary>
    protected virtual void BeginInterval() => Array.Clear(Predictions);
}
