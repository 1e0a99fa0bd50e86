namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// What sequential and progressive scans share: the order of MCUs, restart intervals, and what happens where data is missing or damaged
/// (the rest of the interval keeps zero coefficients, which is grey, as libjpeg does).
/// </summary>
internal abstract class ScanDecoder
{
    private readonly EntropyWindow _window;
    private readonly int _restartInterval;
    private int _mcusToRestart;
    private int _nextRestart;

    protected ScanDecoder(JpegFrame frame, ScanHeader header, int restartInterval, ReadOnlyMemory<byte> file)
    {
        Frame = frame;
        Header = header;
        _restartInterval = restartInterval;
        _mcusToRestart = restartInterval;
        _window = new EntropyWindow(file, header.DataOffset);
        _window.Fill();
        Reader = new BitReader(_window);
    }

    /// <summary>Rows of MCUs; a scan of one component has MCUs of one block (T.81 A.2.2).</summary>
    public int McuRows => Interleaved ? Frame.McuRows : Header.Components[0].Component.BlockRows;

    /// <summary>True once data was missing or damaged anywhere in the scan.</summary>
    public bool Damaged { get; private set; }

    /// <summary>True while not one block has been found whole.</summary>
    public bool Empty { get; private set; } = true;

    /// <summary>True from missing or damaged data up to the next restart marker.</summary>
    protected bool Lost { get; private set; }

    protected JpegFrame Frame { get; }

    protected ScanHeader Header { get; }

    protected bool Interleaved => Header.Components.Length > 1;

    protected int McusPerRow => Interleaved ? Frame.McusPerRow : Header.Components[0].Component.BlocksPerRow;

    /// <summary>The blocks' bits. A field, so that it can be copied to a local and back.</summary>
#pragma warning disable CA1051, SA1401
    protected BitReader Reader;
#pragma warning restore CA1051, SA1401

    /// <summary>Offset in the file of the marker after the scan. Call once the last row is decoded.</summary>
    public int FindEnd() => _window.FindEnd();

    /// <summary>Call before each MCU: passes a restart marker where one is due.</summary>
    protected void BeginMcu()
    {
        if (_restartInterval == 0)
        {
            return;
        }

        if (_mcusToRestart == 0)
        {
            bool found = _window.Restart(_nextRestart);
            Reader.Reset();
            ResetPredictions();
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
    protected void EndMcu()
    {
        if (Lost)
        {
            return;
        }

        if (Reader.Overrun)
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

    /// <summary>Starts an interval afresh (T.81 F.2.1.3.1, G.1.2.2).</summary>
    protected abstract void ResetPredictions();
}
