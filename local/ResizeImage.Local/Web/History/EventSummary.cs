using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResizeImage.Local.Web.History;

/// <summary>The line that the page shows for an event. Users of the page send any JSON, so nothing is required of it.</summary>
/// <param name="Name">Such as ObjectCreated:Put of the first record; the Event or detail-type of other events; else empty.</param>
/// <param name="Keys">The keys of all records, decoded, each once.</param>
internal sealed record EventSummary(string Name, IReadOnlyList<string> Keys)
{
    private static readonly EventSummary Empty = new("", []);

    public static EventSummary Read(ReadOnlyMemory<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload.Span, EventJson.Default.EventContent) switch
            {
                null => Empty,
                { Records: null } other => new EventSummary(other.Event ?? other.DetailType ?? "", []),
                { Records: var records } => new EventSummary(records is [{ EventName: { } name }, ..] ? name : "", KeysOf(records)),
            };
        }
        catch (JsonException)
        {
            return Empty;
        }
    }

    private static string[] KeysOf(IReadOnlyList<EventRecord?> records) =>
        [.. records.Select(record => WebUtility.UrlDecode(record?.S3?.Object?.Key)).OfType<string>().Distinct(StringComparer.Ordinal)];
}

/// <summary>The members of an event that its summary shows.</summary>
internal sealed record EventContent(
    [property: JsonPropertyName("Records")] IReadOnlyList<EventRecord?>? Records,
    [property: JsonPropertyName("Event")] string? Event,
    [property: JsonPropertyName("detail-type")] string? DetailType);

internal sealed record EventRecord(
    [property: JsonPropertyName("eventName")] string? EventName,
    [property: JsonPropertyName("s3")] EventS3? S3);

internal sealed record EventS3([property: JsonPropertyName("object")] EventObject? Object);

internal sealed record EventObject([property: JsonPropertyName("key")] string? Key);

[JsonSerializable(typeof(EventContent))]
internal sealed partial class EventJson : JsonSerializerContext;
