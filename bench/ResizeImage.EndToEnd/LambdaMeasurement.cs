using ResizeImage.Local.Events;
using ResizeImage.Local.Lambda;

namespace ResizeImage.EndToEnd;

/// <summary>Durations of one function with the processor time of one memory size, as Lambda would bill them.</summary>
internal sealed class LambdaMeasurement(Contestant contestant, PhotoStore store, DistantS3 s3, int megabytes) : IAsyncDisposable
{
    /// <summary>Lambda freezes a function between invocations; no debt of processor time remains.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    private readonly List<double> _cold = [];
    private readonly Dictionary<string, List<double>> _warm = store.Photos.ToDictionary(photo => photo.Key, _ => new List<double>());
    private readonly List<double> _cpu = [];
    private CpuShare? _share;
    private RunningFunction? _function;
    private long _bytesRead;
    private int _invocations;

    public string Name => contestant.Name;

    /// <summary>Why it cannot be measured; null if it can.</summary>
    public string? Failure { get; set; }

    /// <summary>The mean over the photos of each one's median, in milliseconds.</summary>
    public double Warm => _warm.Values.Average(Median);

    /// <summary>Each photo's median.</summary>
    public IEnumerable<(string Key, double Milliseconds)> Photos => _warm.Select(photo => (photo.Key, Median(photo.Value)));

    /// <summary>Init, with whole processors, and the first invocation, median in milliseconds.</summary>
    public double Cold => Median(_cold);

    /// <summary>Processor time of a warm invocation in milliseconds.</summary>
    public double Cpu => Median(_cpu);

    /// <summary>Bytes of photos put on the wire for an invocation.</summary>
    public double BytesRead => (double)_bytesRead / _invocations;

    /// <summary>Peak resident memory of the warm process, in MB of 2²⁰ bytes.</summary>
    public double PeakMegabytes => _function!.Figures.PeakMegabytes;

    /// <summary>Starts a process, waits for the end of init and invokes it once.</summary>
    public async Task StartAsync(int round)
    {
        using CpuShare share = CpuShare.Of(megabytes);
        await using RunningFunction function = await RunningFunction.StartAsync(contestant, s3.Endpoint, megabytes);
        share.Add(function.ProcessId);
        InvocationResult result = await function.InvokeAsync(store.Photos[round % store.Photos.Count]);
        _cold.Add((result.InitDuration!.Value + result.Duration).TotalMilliseconds);
    }

    /// <summary>Starts the process that makes all warm invocations, and warms it up with whole processors.</summary>
    public async Task WarmUpAsync()
    {
        _function = await RunningFunction.StartAsync(contestant, s3.Endpoint, megabytes);
        foreach (ObjectEvent photo in store.Photos)
        {
            await _function.InvokeAsync(photo);
        }

        _share = CpuShare.Of(megabytes);
        _share.Add(_function.ProcessId);
    }

    /// <summary>Makes the thumbnail of one photo.</summary>
    public async Task MakeAsync(ObjectEvent photo)
    {
        await Task.Delay(Pause);
        long before = s3.BytesSent;
        double cpu = _function!.Figures.CpuMillisecondsOfThreads;
        _warm[photo.Key].Add((await _function.InvokeAsync(photo)).Duration.TotalMilliseconds);
        _cpu.Add(_function.Figures.CpuMillisecondsOfThreads - cpu);
        _bytesRead += s3.BytesSent - before;
        _invocations++;
    }

    public async ValueTask DisposeAsync()
    {
        if (_function is not null)
        {
            await _function.DisposeAsync();
        }

        _share?.Dispose();
    }

    private static double Median(List<double> values) => values.Count == 0 ? double.NaN : values.Order().ElementAt(values.Count / 2);
}
