using System.Text.Json;
using System.Text.Json.Serialization;
using ResizeImage.Local.Lambda;

namespace ResizeImage.Local;

/// <summary>The answer of the function: a line for each record of the event.</summary>
internal sealed record ThumbnailReport(IReadOnlyList<ThumbnailReportLine>? Results)
{
    /// <summary>The report in an invocation's result; a failed invocation becomes a line that says why.</summary>
    public static IReadOnlyList<ThumbnailReportLine> Read(InvocationResult result, string source)
    {
        try
        {
            if (result.FunctionError is not null)
            {
                return [Failed(source, FunctionError.MessageIn(result.Payload))];
            }

            return JsonSerializer.Deserialize(result.Payload.Span, ReportJson.Default.ThumbnailReport)?.Results is { Count: > 0 } results
                ? results
                : [Failed(source, "the function's report is empty")];
        }
        catch (JsonException)
        {
            return [Failed(source, $"the function answered what is not its report: {result.PayloadText}")];
        }
    }

    /// <summary>The lines of the report; none if the function failed or answered something else.</summary>
    public static IReadOnlyList<ThumbnailReportLine> TryRead(InvocationResult result)
    {
        try
        {
            return result.FunctionError is null ? JsonSerializer.Deserialize(result.Payload.Span, ReportJson.Default.ThumbnailReport)?.Results ?? [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static ThumbnailReportLine Failed(string source, string reason) => new() { Source = source, Status = "failed", Reason = reason };
}

/// <summary>One record of the event. Sizes in pixels, amounts in bytes; null where there is none.</summary>
internal sealed record ThumbnailReportLine
{
    public const string Made = "made";

    public string? Source { get; init; }

    public string? Destination { get; init; }

    /// <summary>made, skipped, rejected or failed.</summary>
    public string? Status { get; init; }

    public string? Reason { get; init; }

    public int? SourceWidth { get; init; }

    public int? SourceHeight { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public long? BytesIn { get; init; }

    public long? BytesOut { get; init; }

    /// <summary>Each thumbnail if there are several; null if there is one.</summary>
    public IReadOnlyList<OutputReportLine>? Outputs { get; init; }

    public double? Milliseconds { get; init; }

    /// <summary>A line for each thumbnail. The first has what belongs to the photo: its bytes and the time.</summary>
    public IEnumerable<ThumbnailReportLine> ByOutput() => Outputs is null ? [this] : Outputs.Select((output, i) => this with
    {
        Destination = output.Destination,
        Status = output.Status,
        Reason = output.Reason,
        Width = output.Width,
        Height = output.Height,
        BytesOut = output.BytesOut,
        BytesIn = i == 0 ? BytesIn : null,
        Milliseconds = i == 0 ? Milliseconds : null,
        Outputs = [output],
    });

    /// <summary>The time of each stage, in order; a part of <see cref="Milliseconds"/>.</summary>
    public IReadOnlyDictionary<string, double>? Stages { get; init; }
}

/// <summary>One of several thumbnails of a photo.</summary>
/// <param name="Destination">s3://bucket/key; null if it was rejected.</param>
internal sealed record OutputReportLine(string? Name, string? Destination, string? Status, string? Reason)
{
    public int? Width { get; init; }

    public int? Height { get; init; }

    public long? BytesOut { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ThumbnailReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
