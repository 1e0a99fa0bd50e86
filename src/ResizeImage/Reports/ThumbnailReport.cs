using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResizeImage.Reports;

/// <summary>The result of an invocation: one result for each record of the event, in their order.</summary>
/// <param name="Results">Empty if the event had no records.</param>
public sealed record ThumbnailReport([property: JsonPropertyName("results")] IReadOnlyList<RecordResult> Results);

/// <summary>How one record was processed. Values that are not known are written as null.</summary>
public sealed record RecordResult
{
    /// <summary>s3://bucket/key of the photo.</summary>
    [JsonPropertyName("source"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Source { get; init; }

    /// <summary>s3://bucket/key of the thumbnail that was made, deleted, or found to be up to date; otherwise null.</summary>
    [JsonPropertyName("destination"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Destination { get; init; }

    /// <summary>How it ended.</summary>
    [JsonPropertyName("status"), JsonConverter(typeof(RecordStatusConverter))]
    public required RecordStatus Status { get; init; }

    /// <summary>Why there is no thumbnail, or a note on it, such as that the photo is truncated; otherwise null.</summary>
    [JsonPropertyName("reason"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Reason { get; init; }

    /// <summary>Width of the upright photo in pixels.</summary>
    [JsonPropertyName("sourceWidth"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? SourceWidth { get; init; }

    /// <summary>Height of the upright photo in pixels.</summary>
    [JsonPropertyName("sourceHeight"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? SourceHeight { get; init; }

    /// <summary>Width of the thumbnail in pixels.</summary>
    [JsonPropertyName("width"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? Width { get; init; }

    /// <summary>Height of the thumbnail in pixels.</summary>
    [JsonPropertyName("height"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? Height { get; init; }

    /// <summary>Size of the photo's file.</summary>
    [JsonPropertyName("bytesIn"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long? BytesIn { get; init; }

    /// <summary>Size of the thumbnail's file.</summary>
    [JsonPropertyName("bytesOut"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long? BytesOut { get; init; }

    /// <summary>ThumbHash of the thumbnail in base64.</summary>
    [JsonPropertyName("thumbHash"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ThumbHash { get; init; }

    /// <summary>The color of most of the thumbnail, #RRGGBB.</summary>
    [JsonPropertyName("color"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Color { get; init; }

    /// <summary>Each thumbnail, if there are several; the values above are those of the first one that was made, or of one that was rejected.</summary>
    [JsonPropertyName("outputs"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OutputResult>? Outputs { get; init; }

    /// <summary>Whether the photo was deleted after its thumbnails were stored (DELETE_ORIGINAL).</summary>
    [JsonPropertyName("originalDeleted"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OriginalDeleted { get; init; }

    /// <summary>Wall time of the record.</summary>
    [JsonPropertyName("milliseconds")]
    public double Milliseconds { get; init; }

    /// <summary>The time of each stage; null where nothing was done.</summary>
    [JsonPropertyName("stages"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public StageTimes? Stages { get; init; }
}

/// <summary>How a record ended.</summary>
public enum RecordStatus
{
    /// <summary>The thumbnail is stored.</summary>
    Made,

    /// <summary>Not a photo, or its thumbnail is up to date.</summary>
    Skipped,

    /// <summary>The photo no longer exists, and the function deleted its thumbnail.</summary>
    Deleted,

    /// <summary>No thumbnail can be made of the photo; a retry cannot help.</summary>
    Rejected,

    /// <summary>A retry may succeed. The invocation fails, so that Lambda retries it.</summary>
    Failed,
}

/// <summary>Writes the names of <see cref="RecordStatus"/> in lower case.</summary>
internal sealed class RecordStatusConverter() : JsonStringEnumConverter<RecordStatus>(JsonNamingPolicy.CamelCase);
