using System.Net;
using System.Text.Json;

namespace ResizeImage.Local.Web.History;

/// <summary>The line that the page shows for an event. Users of the page send any JSON, so nothing is required of it.</summary>
/// <param name="Name">Such as ObjectCreated:Put of the first record, after the services that it came through; else empty.</param>
/// <param name="Keys">The keys of all records, decoded, each once.</param>
internal sealed record EventSummary(string Name, IReadOnlyList<string> Keys)
{
    // SNS through SQS through a pipe has three.
    private const int MaxNesting = 4;

    public static EventSummary Read(ReadOnlyMemory<byte> payload)
    {
        EventReader reader = new();
        try
        {
            using JsonDocument document = JsonDocument.Parse(payload);
            reader.Read(document.RootElement, MaxNesting);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or text that is not Unicode: what was read until there counts.
        }

        return new EventSummary(string.Join(" · ", reader.Names), [.. reader.Keys.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Collects names and keys from an event and from those that are wrapped in it.</summary>
    private sealed class EventReader
    {
        public List<string> Names { get; } = [];

        public List<string> Keys { get; } = [];

        public void Read(JsonElement json, int nesting)
        {
            if (nesting == 0)
            {
                return;
            }

            if (json.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement one in json.EnumerateArray())
                {
                    Read(one, nesting - 1);
                }
            }
            else if (Find(json, "Records") is { ValueKind: JsonValueKind.Array } records)
            {
                foreach (JsonElement record in records.EnumerateArray())
                {
                    ReadRecord(record, nesting);
                }
            }
            else if (Text(json, "Type") == "Notification" && Text(json, "Message") is { } message)
            {
                AddName("SNS");
                ReadText(message, nesting);
            }
            else if (Text(json, "invocationSchemaVersion") is not null)
            {
                AddName("S3 Batch Operations");
                ReadTasks(json);
            }
            else
            {
                AddName(Text(json, "Event") ?? Text(json, "detail-type"));
                AddKey(Text(Find(Find(json, "detail"), "object"), "key"), isEncoded: false);
            }
        }

        private void ReadRecord(JsonElement record, int nesting)
        {
            if (Text(record, "body") is { } body)
            {
                AddName("SQS");
                ReadText(body, nesting);
            }
            else if (Text(Find(record, "Sns"), "Message") is { } message)
            {
                AddName("SNS");
                ReadText(message, nesting);
            }
            else
            {
                AddName(Text(record, "eventName"));
                AddKey(Text(Find(Find(record, "s3"), "object"), "key"), isEncoded: true);
            }
        }

        private void ReadTasks(JsonElement job)
        {
            if (Find(job, "tasks") is { ValueKind: JsonValueKind.Array } tasks)
            {
                foreach (JsonElement task in tasks.EnumerateArray())
                {
                    AddKey(Text(task, "s3Key"), isEncoded: true);
                }
            }
        }

        private void ReadText(string json, int nesting)
        {
            using JsonDocument document = JsonDocument.Parse(json);
            Read(document.RootElement, nesting - 1);
        }

        /// <summary>Only the first of each level: the records of an event are of one kind.</summary>
        private void AddName(string? name)
        {
            if (name is not null && Keys.Count == 0 && !Names.Contains(name))
            {
                Names.Add(name);
            }
        }

        private void AddKey(string? key, bool isEncoded)
        {
            if (key is not null)
            {
                Keys.Add(isEncoded ? WebUtility.UrlDecode(key) : key);
            }
        }

        private static JsonElement? Find(JsonElement? json, string name) =>
            json is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out JsonElement value) ? value : null;

        private static string? Text(JsonElement? json, string name) =>
            Find(json, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
    }
}
