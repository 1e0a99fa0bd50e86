namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Decodes a scan of a progressive frame into <see cref="CoefficientStore"/>s (T.81 annex G.2), one restart interval at a time. Where data are
/// missing or corrupt, the rest of the interval stays as it is, as in libjpeg.
/// </summary>
internal abstract class ProgressiveScan : IDisposable
{
    private readonly int _restartInterval;

    private protected ProgressiveScan(ScanContext scan)
    {
        Header = scan.Header;
        McusPerRow = scan.McusPerRow;
        Mcus = McusPerRow * scan.McuRows;
        _restartInterval = scan.Tables.RestartInterval == 0 ? Mcus : scan.Tables.RestartInterval;
        Work = scan.File.Work;
        Window = new EntropyWindow(scan.File, scan.Header.DataOffset);
        Window.Fill();
    }

    /// <summary>True once data were missing or corrupt anywhere in the scan.</summary>
    public bool Damaged { get; private set; }

    /// <summary>True until one MCU is complete.</summary>
    public bool Empty { get; private set; } = true;

    protected ScanHeader Header { get; }

    protected WorkMeter Work { get; }

    protected int McusPerRow { get; }

    /// <summary>MCUs of the scan; a scan of one component has MCUs of one block (T.81 A.2.2).</summary>
    protected int Mcus { get; }

    /// <summary>The entropy-coded data.</summary>
    protected EntropyWindow Window { get; }

    /// <summary>The position in it. Hot loops copy it to locals.</summary>
    protected BitReader Reader { get; set; }

    /// <summary>While the reader's position is before this, the next MCU needs no check of the window's end.</summary>
    protected int SafeEnd => Math.Min(Window.SlideAt, Window.End);

    /// <summary>The decoder of a scan.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="stores">A store for each component of the frame.</param>
    public static ProgressiveScan Open(ScanContext scan, CoefficientStore[] stores) =>
        (scan.Header.SpectralStart, scan.Header.ApproximationHigh) switch
        {
            (0, 0) => new FirstDcScan(scan, stores),
            (0, _) => new RefineDcScan(scan, stores),
            (_, 0) => new FirstAcScan(scan, stores),
            _ => new RefineAcScan(scan, stores),
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
                break; // the rest is missing: without this, a hundred empty scans over a large image take 1.5 s
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
    /// Call before an MCU if the reader's position has reached <see cref="SafeEnd"/>. The MCU in which the data end gets zero bits for what is
    /// missing, as in libjpeg.
    /// </summary>
    /// <returns>False: the data ended in the previous MCU.</returns>
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
    /// <returns>False: the data ended in the last of them.</returns>
    protected bool EndMcus(int count)
    {
        bool whole = Reader.Consumed <= Window.End;
        Empty &= count <= (whole ? 0 : 1);
        return whole;
    }
}
