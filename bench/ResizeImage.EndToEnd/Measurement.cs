namespace ResizeImage.EndToEnd;

/// <summary>The figures of one function, from rounds in which all functions take turns.</summary>
internal sealed class Measurement(Contestant contestant, PhotoStore store)
{
    private readonly List<double> _coldStarts = [];
    private readonly List<double> _firstInvocations = [];
    private readonly List<double> _warmInvocations = [];
    private RunningFunction? _warm;

    /// <summary>The headings of <see cref="Results"/>.</summary>
    public static readonly string[] Headings = ["start to thumbnail ms", "first CPU ms", "warm CPU ms", "peak MB"];

    public string Name => contestant.Name;

    /// <summary>
    /// Medians: the time from starting the process until its first thumbnail is stored; processor time of the first invocation after init; mean
    /// processor time of an invocation in a process that has already made each thumbnail; and the peak memory of this process.
    /// </summary>
    public double[] Results => [Median(_coldStarts), Median(_firstInvocations), Median(_warmInvocations), _warm!.Figures.PeakMegabytes];

    /// <summary>Starts a process with a waiting event, and another without.</summary>
    public async Task StartAsync(int round)
    {
        var photo = store.Photos[round % store.Photos.Count];
        _coldStarts.Add(await RunningFunction.TimeColdStartAsync(contestant, store.S3, photo));
        await using RunningFunction function = await RunningFunction.StartAsync(contestant, store.S3.Endpoint);
        double before = function.Figures.CpuMillisecondsOfThreads;
        await function.InvokeAsync(photo);
        _firstInvocations.Add(function.Figures.CpuMillisecondsOfThreads - before);
    }

    /// <summary>Makes all thumbnails; all rounds use the same process.</summary>
    public async Task MakeAllAsync()
    {
        bool isWarm = _warm is not null;
        _warm ??= await RunningFunction.StartAsync(contestant, store.S3.Endpoint);
        double before = _warm.Figures.CpuMilliseconds;
        foreach (var photo in store.Photos)
        {
            await _warm.InvokeAsync(photo);
        }

        if (isWarm)
        {
            _warmInvocations.Add((_warm.Figures.CpuMilliseconds - before) / store.Photos.Count);
        }
    }

    public async Task EndAsync() => await _warm!.DisposeAsync();

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
