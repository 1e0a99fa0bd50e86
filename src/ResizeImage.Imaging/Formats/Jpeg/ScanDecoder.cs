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

    /// <summary>A block that begins at or after this place of the window must wait for <see cref="Slide"/>.</summary>
    private int _slideAt;

    protected ScanDecoder(JpegFrame frame, ScanHeader header, int restartInterval, ReadOnlyMemory<byte> file)
    {
        Header = header;
        bool interleaved = header.Components.Length > 1;
        JpegComponent first = header.Components[0].Component;
        McusPerRow = interleaved ? frame.McusPerRow : first.BlocksPerRow;
        McuRows = interleaved ? frame.McuRows : first.BlockRows;
        Slots = BlockSlot.Of(header);
        _restartInterval = restartInterval;
        _mcusToRestart = restartInterval;
        _window = new EntropyWindow(file, header.DataOffset);
        _window.Fill();
        Bytes = _window.Bytes;
        _slideAt = _window.SlideAt;
    }

    /// <summary>Rows of MCUs; a scan of one component has MCUs of one block (T.81 A.2.2).</summary>
    public int McuRows { get; }

    /// <summary>True once data was missing or damaged anywhere in the scan.</summary>
    public bool Damaged { get; private set; }

    /// <summary>True while not one MCU has been found whole.</summary>
    public bool Empty { get; private set; } = true;

    protected int McusPerRow { get; }

    protected ScanHeader Header { get; }

    /// <summary>The blocks of an MCU in their order.</summary>
    protected BlockSlot[] Slots { get; }

    /// <summary>True from missing or damaged data up to the next restart marker.</summary>
    protected bool Lost { get; private set; }

    /// <summary>The window that the bit reader reads from.</summary>
    protected byte[] Bytes { get; }

    /// <summary>Offset in the file of the marker after the scan. Call once the last row is decoded.</summary>
    public int FindEnd() => _window.FindEnd();

    /// <summary>Call before each MCU: passes a restart marker where one is due.</summary>
    protected void BeginMcu(ref BitReader reader)
    {
        if (_restartInterval == 0)
        {
            return;
        }

        if (_mcusToRestart == 0)
        {
            bool found = _window.Restart(_nextRestart);
            _slideAt = _window.SlideAt;
            reader = default;
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

    /// <summary>Call before each block: makes sure that it can be read without looking at the window's end.</summary>
    protected void BeginBlock(ref BitReader reader)
    {
        if (reader.Position >= _slideAt)
        {
            Slide(ref reader);
        }
    }

    /// <summary>Call after each MCU. One that the data ended in is kept, as libjpeg does: zero bits stand for what is missing.</summary>
    protected void EndMcu(in BitReader reader)
    {
        if (Lost)
        {
            return;
        }

        if (reader.Consumed > _window.End)
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

    private void Slide(ref BitReader reader)
    {
        reader.Position = _window.Slide(reader.Position);
        _slideAt = _window.SlideAt;
    }
}
