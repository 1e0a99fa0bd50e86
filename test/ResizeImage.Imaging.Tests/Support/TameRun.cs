using System.Diagnostics;

namespace ResizeImage.Imaging.Tests.Support;

/// <summary>Decodes files. Each must end soon, within its memory, with a result or an <see cref="ImageException"/>.</summary>
/// <param name="run">Deals with a file.</param>
/// <param name="maxAllocated">The most bytes that may be allocated for one.</param>
internal sealed class TameRun(Action<byte[]> run, long maxAllocated)
{
    /// <summary>Far more than any file needs: only a hang reaches it, not a slow machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Nothing can interrupt a hang, so the process ends itself and names the file.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    /// <summary>Smaller files count as this large: what any file takes says nothing of them.</summary>
    private const int SmallestFile = 1000;

    private readonly SortedDictionary<string, long> _refusals = [];
    private readonly List<string> _escapes = [];
    private string _name = string.Empty;
    private long _started;
    private long _files;
    private long _made;
    private (TimeSpan Time, string Name, int Length) _slowest;
    private (double TimePerByte, string Name, int Length) _slowestForItsSize;
    private (long Bytes, string Name) _largest;

    /// <summary>Runs all files, or until there is enough to mend.</summary>
    /// <param name="files">With names by which to find or make them again.</param>
    public void Run(IEnumerable<(string Name, byte[] File)> files)
    {
        _started = Stopwatch.GetTimestamp();
        using Timer watchdog = new(_ => EndIfHung(), null, Hang, TimeSpan.FromSeconds(1));
        foreach ((string name, byte[] file) in files)
        {
            Execute(name, file);
            if (_escapes.Count == 10)
            {
                break;
            }
        }
    }

    /// <summary>Fails if anything got out, or if nothing was read: that would have tested little.</summary>
    public void AssertTame()
    {
        Assert.True(_escapes.Count == 0, string.Join("\n\n", _escapes));
        Assert.True(_made > 0, ToString());
    }

    /// <summary>Figures for the reader. Times are of the processor.</summary>
    public override string ToString() =>
        $"{_files:N0} files: {_made:N0} read, {string.Join(", ", _refusals.Select(r => $"{r.Value:N0} {r.Key}"))}; "
        + $"slowest {_slowest.Time.TotalMilliseconds:F1} ms ({_slowest.Name}, {_slowest.Length:N0} bytes), "
        + $"slowest for its size {_slowestForItsSize.TimePerByte * 1e6:F2} µs a byte ({_slowestForItsSize.Name}, {_slowestForItsSize.Length:N0} bytes), "
        + $"most memory {_largest.Bytes / 1048576.0:F1} MB ({_largest.Name}), {_escapes.Count} escapes";

    private void Execute(string name, byte[] file)
    {
        _name = name;
        _started = Stopwatch.GetTimestamp();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan begun = ThreadClock.Now;
        try
        {
            run(file);
            _made++;
        }
        catch (ImageException e)
        {
            _refusals[e.GetType().Name] = _refusals.GetValueOrDefault(e.GetType().Name) + 1;
            if (!RefusalAdvice.IsAdvised(e))
            {
                Escape(file, $"the refusal does not say what to do: {e.Message}");
            }
        }
        catch (Exception e)
        {
            Escape(file, e.ToString());
        }

        TimeSpan time = ThreadClock.Now - begun;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_started);
        _files++;
        _largest = allocated > _largest.Bytes ? (allocated, name) : _largest;
        NoteTime(name, file, time);
        if (elapsed > Patience || allocated > maxAllocated)
        {
            Escape(file, $"took {elapsed.TotalSeconds:F1} s and {allocated:N0} bytes");
        }
    }

    /// <summary>Compilation and garbage collection come in between: what seems to be slow is timed twice more.</summary>
    private void NoteTime(string name, byte[] file, TimeSpan time)
    {
        int size = Math.Max(file.Length, SmallestFile);
        for (int i = 0; i < 2 && (time > _slowest.Time || time.TotalSeconds / size > _slowestForItsSize.TimePerByte); i++)
        {
            TimeSpan begun = ThreadClock.Now;
            try
            {
                run(file);
            }
            catch (ImageException)
            {
            }
            catch (Exception)
            {
                return; // an escape, which was noted
            }

            TimeSpan again = ThreadClock.Now - begun;
            time = again < time ? again : time;
        }

        _slowest = time > _slowest.Time ? (time, name, file.Length) : _slowest;
        _slowestForItsSize = time.TotalSeconds / size > _slowestForItsSize.TimePerByte ? (time.TotalSeconds / size, name, file.Length) : _slowestForItsSize;
    }

    /// <summary>Small files whole, so that they can become samples.</summary>
    private void Escape(byte[] file, string what) =>
        _escapes.Add($"{_name} ({file.Length} bytes): {what}\n{(file.Length <= 10_000 ? Convert.ToBase64String(file) : string.Empty)}");

    private void EndIfHung()
    {
        if (Stopwatch.GetElapsedTime(_started) > Hang)
        {
            Environment.FailFast($"{_name} takes more than {Hang.TotalSeconds} s.");
        }
    }
}
