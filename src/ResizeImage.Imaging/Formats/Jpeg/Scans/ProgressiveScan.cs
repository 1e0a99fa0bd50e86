namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Decodes a scan of a progressive frame into <see cref="CoefficientStore"/>s (T.81 annex G.2), a restart interval at a time. Where data is
/// missing or damaged, the rest of the interval stays as it is, as with libjpeg.
/// </summary>
internal abstract class ProgressiveScan : IDisposable
{
    private readonly int _restartInterval;

    private protected ProgressiveScan(JpegFrame frame, ScanHeader header, int restartInterval, ByteSource file)
    {
        Header = header;
        JpegComponent first = header.Components[0].Component;
        bool interleaved = header.Components.Length > 1;
        McusPerRow = interleaved ? frame.McusPerRow : first.BlocksPerRow;
        Mcus = McusPerRow * (interleaved ? frame.McuRows : first.BlockRows);
        _restartInterval = restartInterval == 0 ? Mcus : restartInterval;
        Work = file.Work;
        Window = new EntropyWindow(file, header.DataOffset);
        Window.Fill();
    }

    /// <summary>True once data was missing or damaged anywhere in the scan.</summary>
    public bool Damaged { get; private set; }

    /// <summary>True while not one MCU has been found whole.</summary>
    public bool Empty { get; private set; } = true;

    protected ScanHeader Header { get; }

    protected WorkMeter Work { get; }

    protected int McusPerRow { get; }

    /// <summary>MCUs of the scan; a scan of one component has MCUs of one block (T.81 A.2.2).</summary>
    protected int Mcus { get; }

    /// <summary>The entropy-coded data.</summary>
    protected EntropyWindow Window { get; }

    /// <summary>Where the decoder is in it. Hot loops take it into locals.</summary>
    protected BitReader Reader { get; set; }

    /// <summary>While the reader's position is before this, the next MCU can be read without looking at the window's end.</summary>
    protected int SafeEnd => Math.Min(Window.SlideAt, Window.End);

    /// <summary>The decoder of a scan.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="header">The scan.</param>
    /// <param name="tables">The tables in force.</param>
    /// <param name="file">The file.</param>
    /// <param name="stores">A store for each component of the frame.</param>
    public static ProgressiveScan Open(
        JpegFrame frame, ScanHeader header, JpegTables tables, ByteSource file, CoefficientStore[] stores) =>
        (header.SpectralStart, header.ApproximationHigh) switch
        {
            (0, 0) => new FirstDcScan(frame, header, tables, file, stores),
            (0, _) => new RefineDcScan(frame, header, tables.RestartInterval, file, stores),
            (_, 0) => new FirstAcScan(frame, header, tables, file, stores),
            _ => new RefineAcScan(frame, header, tables, file, stores),
        };

    /// <summary>Decodes all of it.</summary>
    /// <returns>Offset in the file of the marker after the scan.</returns>
    public int Decode()
    {
        int end;
        int restarts = 0;
        for (int first = 0; first < Mcus; first = end)
        {
            end = Math.Min(first + _restartInterval, Mcus);
            bool found = first == 0 || Window.Restart(restarts++ & 7);
            Reader = default;
            Damaged |= !found || !DecodeInterval(first, end);
            if (!found && Window.EndsScan())
            {
                break; // what comes is missing: a file of a hundred empty scans over a large picture took 1.5 s to find that out
            }
        }

        return Window.FindEnd();
    }

    public void Dispose() => Window.Dispose();

    /// <summary>Decodes the MCUs of a restart interval, whose data is at the start of the window.</summary>
    /// <param name="first">The first MCU, counted row by row.</param>
    /// <param name="end">The one after the last.</param>
    /// <returns>False: data is missing or invalid.</returns>
    protected abstract bool DecodeInterval(int first, int end);

    /// <summary>
    /// Call before an MCU where the reader's position has reached <see cref="SafeEnd"/>. Zero bits stand for what is missing of the MCU that
    /// the data ended in, as libjpeg has it.
    /// </summary>
    /// <returns>False: the data has ended in the MCU before.</returns>
    protected bool ReadOn()
    {
        BitReader reader = Reader;
        bool whole = reader.Consumed <= Window.End;
        if (reader.Position >= Window.SlideAt)
        {
            reader.Position = Window.Slide(reader.Position);
            Reader = reader;
        }

        return whole;
    }

    /// <summary>Call after some MCUs.</summary>
    /// <returns>False: the data has ended in the last of them.</returns>
    protected bool EndMcus(int count)
    {
        bool whole = Reader.Consumed <= Window.End;
        Empty &= count <= (whole ? 0 : 1);
        return whole;
    }
}
