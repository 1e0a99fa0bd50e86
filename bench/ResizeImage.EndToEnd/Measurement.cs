namespace ResizeImage.EndToEnd;

/// <summary>What is found out about one function, in rounds that all functions take in turn.</summary>
/// <param name="contestant">The function.</param>
/// <param name="store">Where its photos are.</param>
internal sealed class Measurement(Contestant contestant, PhotoStore store)
{
    private readonly List<double> _coldStarts = [];
    private readonly List<double> _firstInvocations = [];
    private readonly List<double> _warmInvocations = [];
    private RunningFunction? _warm;

    /// <summary>The headings of <see cref="Results"/>.</summary>
    public static readonly string[] Headings = ["start to thumbnail ms", "first CPU ms", "warm CPU ms", "peak MB"];

    /// <summary>Of the function.</summary>
    public string Name => contestant.Name;

    /// <summary>
    /// Medians: from starting the process until its first thumbnail is stored; processor time of the first invocation after init; mean
    /// processor time of an invocation of a process that has made each thumbnail before; and the most memory that this process had.
    /// </summary>
    public double[] Results => [Median(_coldStarts), Median(_firstInvocations), Median(_warmInvocations), _warm!.Figures.PeakMegabytes];

    /// <summary>Starts a process with an event, and another without.</summary>
    public async Task StartAsync(int round)
    {
        var photo = store.Photos[round % store.Photos.Count];
        _coldStarts.Add(await RunningFunction.TimeColdStartAsync(contestant, store.S3, photo));
        await using RunningFunction function = await RunningFunction.StartAsync(contestant, store.S3);
        double before = function.Figures.CpuMillisecondsOfThreads;
        await function.InvokeAsync(photo);
        _firstInvocations.Add(function.Figures.CpuMillisecondsOfThreads - before);
    }

    /// <summary>Makes all thumbnails, always in the same process.</summary>
    public async Task MakeAllAsync()
    {
        bool isWarm = _warm is not null;
        _warm ??= await RunningFunction.StartAsync(contestant, store.S3);
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

    /// <summary>Ends the process.</summary>
    public async Task EndAsync() => await _warm!.DisposeAsync();

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
