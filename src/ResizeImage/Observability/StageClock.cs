using ResizeImage.Reports;

namespace ResizeImage.Observability;

/// <summary>The stages of a record.</summary>
internal enum Stage
{
    /// <summary>HEAD requests that find out whether the thumbnail is up to date.</summary>
    Probe,

    /// <summary>Reading the photo.</summary>
    Read,

    /// <summary>Making the thumbnail.</summary>
    Make,

    /// <summary>Writing the thumbnail, or deleting it.</summary>
    Write,

    /// <summary>HEAD requests that find out whether the photo is still the one that was read.</summary>
    Check,
}

/// <summary>Measures the stages of one record.</summary>
internal sealed class StageClock(TimeProvider clock)
{
    private readonly double?[] _milliseconds = new double?[Enum.GetValues<Stage>().Length];

    /// <summary>The stages until now.</summary>
    public StageTimes Times => new(Of(Stage.Probe), Of(Stage.Read), Of(Stage.Make), Of(Stage.Write), Of(Stage.Check));

    /// <summary>Adds a time to a stage.</summary>
    public void Add(Stage stage, TimeSpan time) =>
        _milliseconds[(int)stage] = _milliseconds[(int)stage].GetValueOrDefault() + time.TotalMilliseconds;

    /// <summary>Runs and times a stage, also one that fails.</summary>
    public async Task<T> TimeAsync<T>(Stage stage, Func<Task<T>> work)
    {
        long start = clock.GetTimestamp();
        try
        {
            return await work();
        }
        finally
        {
            Add(stage, clock.GetElapsedTime(start));
        }
    }

    /// <summary>Runs and times a stage, also one that fails.</summary>
    public Task TimeAsync(Stage stage, Func<Task> work) => TimeAsync(stage, async () =>
    {
        await work();
        return true;
    });

    private double? Of(Stage stage) => _milliseconds[(int)stage] is { } milliseconds ? Math.Round(milliseconds, 1) : null;
}
