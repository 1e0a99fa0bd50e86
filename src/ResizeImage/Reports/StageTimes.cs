using System.Text.Json.Serialization;

namespace ResizeImage.Reports;

/// <summary>Milliseconds of each stage; null where there was none. Repetitions of a stage add up.</summary>
/// <param name="Probe">HEAD requests that find out whether the thumbnail is up to date.</param>
/// <param name="Read">Waiting for the photo; most of it arrives while thumbnails are made.</param>
/// <param name="Make">Making the thumbnails, without that.</param>
/// <param name="Write">Writing the thumbnail, or deleting it.</param>
/// <param name="Check">HEAD requests that find out whether the photo is still the one that was read.</param>
public sealed record StageTimes(
    [property: JsonPropertyName("probe"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Probe,
    [property: JsonPropertyName("read"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Read,
    [property: JsonPropertyName("make"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Make,
    [property: JsonPropertyName("write"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Write,
    [property: JsonPropertyName("check"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Check)
{
    /// <summary>The sum of both, stage by stage.</summary>
    internal StageTimes Plus(StageTimes? other) => other is null ? this : new(
        Sum(Probe, other.Probe), Sum(Read, other.Read), Sum(Make, other.Make), Sum(Write, other.Write), Sum(Check, other.Check));

    private static double? Sum(double? one, double? two) => one is null ? two : one + two.GetValueOrDefault();
}
