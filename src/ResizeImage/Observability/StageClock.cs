using System.Text.Json.Serialization;

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

/// <summary>Milliseconds of each stage; null where there was none. Repetitions of a stage add up.</summary>
/// <param name="Probe">HEAD requests that find out whether the thumbnail is up to date.</param>
/// <param name="Read">Reading the photo.</param>
/// <param name="Make">Making the thumbnail.</param>
/// <param name="Write">Writing the thumbnail, or deleting it.</param>
/// <param name="Check">HEAD requests that find out whether the photo is still the one that was read.</param>
public sealed record StageTimes(
    [property: JsonPropertyName("probe"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Probe,
    [property: JsonPropertyName("read"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Read,
    [property: JsonPropertyName("make"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Make,
    [property: JsonPropertyName("write"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Write,
    [property: JsonPropertyName("check"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Check);

/// <summary>Measures the stages of one record.</summary>
internal sealed class StageClock(TimeProvider clock)
{
    private readonly double?[] _milliseconds = new double?[Enum.GetValues<Stage>().Length];

    /// <summary>The stages until now.</summary>
    public StageTimes Times => new(Of(Stage.Probe), Of(Stage.Read), Of(Stage.Make), Of(Stage.Write), Of(Stage.Check));

    /// <summary>Runs and times a stage, also one that fails.</summary>
    public T Time<T>(Stage stage, Func<T> work)
    {
        long start = clock.GetTimestamp();
        try
        {
            return work();
        }
        finally
        {
            Add(stage, start);
        }
    }

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
            Add(stage, start);
        }
    }

    /// <summary>Runs and times a stage, also one that fails.</summary>
    public Task TimeAsync(Stage stage, Func<Task> work) => TimeAsync(stage, async () =>
    {
        await work();
        return true;
    });

    private void Add(Stage stage, long start) =>
        _milliseconds[(int)stage] = _milliseconds[(int)stage].GetValueOrDefault() + clock.GetElapsedTime(start).TotalMilliseconds;

    private double? Of(Stage stage) => _milliseconds[(int)stage] is { } milliseconds ? Math.Round(milliseconds, 1) : null;
}
