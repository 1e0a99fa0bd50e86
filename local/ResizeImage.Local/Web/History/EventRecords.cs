using System.Net;
using System.Text.Json;

namespace ResizeImage.Local.Web.History;

/// <summary>What an event tells of, for showing: the first record's name and the keys of all.</summary>
/// <param name="Name">Such as ObjectCreated:Put; of other events what they call themselves; empty if nothing.</param>
/// <param name="Keys">Decoded.</param>
internal sealed record EventRecords(string Name, IReadOnlyList<string> Keys)
{
    /// <summary>Reads an event of S3; of anything else, what there is.</summary>
    public static EventRecords Read(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return new EventRecords("", []);
            }

            if (!root.TryGetProperty("Records", out var records) || records.ValueKind != JsonValueKind.Array)
            {
                return new EventRecords(Text(root, "Event") ?? Text(root, "detail-type") ?? "", []);
            }

            var keys = records.EnumerateArray().Select(KeyOf).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
            string? name = records.EnumerateArray().Select(record => Text(record, "eventName")).FirstOrDefault();
            return new EventRecords(name ?? "", keys);
        }
        catch (JsonException)
        {
            return new EventRecords("", []);
        }
    }

    private static string? KeyOf(JsonElement record) =>
        Member(Member(record, "s3"), "object") is { } thing && Text(thing, "key") is { } key ? WebUtility.UrlDecode(key) : null;

    private static JsonElement? Member(JsonElement? of, string name) =>
        of is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement of, string name) =>
        Member(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
