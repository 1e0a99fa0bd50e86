using System.Text.Json.Serialization;
using ResizeImage.Imaging;

namespace ResizeImage.Reports;

/// <summary>One of several thumbnails of a photo.</summary>
public sealed record OutputResult
{
    /// <summary>The name of the output: {size} in keys.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>s3://bucket/key of the thumbnail that was made or found to be up to date; otherwise null.</summary>
    [JsonPropertyName("destination"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Destination { get; init; }

    /// <summary>Made, skipped because it is up to date, or rejected.</summary>
    [JsonPropertyName("status"), JsonConverter(typeof(RecordStatusConverter))]
    public required RecordStatus Status { get; init; }

    /// <summary>Why there is no thumbnail, or a note on it; otherwise null.</summary>
    [JsonPropertyName("reason"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>Width in pixels; null if it was not made.</summary>
    [JsonPropertyName("width"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Width { get; init; }

    /// <summary>Height in pixels; null if it was not made.</summary>
    [JsonPropertyName("height"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Height { get; init; }

    /// <summary>Size of the file; null if it was not made.</summary>
    [JsonPropertyName("bytesOut"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? BytesOut { get; init; }

    /// <summary>ThumbHash in base64; null if it was not made.</summary>
    [JsonPropertyName("thumbHash"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ThumbHash { get; init; }

    /// <summary>The color of most of the thumbnail, #RRGGBB; null if it was not made.</summary>
    [JsonPropertyName("color"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Color { get; init; }

    /// <summary>A thumbnail that is stored.</summary>
    internal static OutputResult OfMade(string destination, Thumbnail thumbnail) => new()
    {
        Status = RecordStatus.Made,
        Destination = destination,
        Reason = thumbnail.Note,
        Width = thumbnail.Width,
        Height = thumbnail.Height,
        BytesOut = thumbnail.Data.Length,
        ThumbHash = thumbnail.ThumbHash is { } hash ? Convert.ToBase64String(hash) : null,
        Color = thumbnail.DominantColor,
    };

    /// <summary>A thumbnail that must not be stored.</summary>
    internal static OutputResult OfRefused(string reason) => new() { Status = RecordStatus.Rejected, Reason = reason };
}
