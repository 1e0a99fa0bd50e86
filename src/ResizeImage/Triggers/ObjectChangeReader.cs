using System.Net;
using System.Text.Json;
using ResizeImage.Photos;
using ResizeImage.Storage;

namespace ResizeImage.Triggers;

/// <summary>Unwraps events of S3 from the envelopes of other services.</summary>
internal static class ObjectChangeReader
{
    private const string FromSns = "The message from SNS";

    /// <summary>S3 to SNS to SQS has three. An event without a limit could recurse forever.</summary>
    private const int MaxEnvelopes = 4;

    /// <summary>The changes that the event reports, in its order.</summary>
    /// <param name="json">An S3 notification, an SNS event or notification, an EventBridge event, or an array of these.</param>
    /// <param name="what">What it is, for messages: "The event".</param>
    /// <exception cref="UnknownEventException">It is something else.</exception>
    public static IReadOnlyList<ObjectChange> Read(JsonElement json, string what)
    {
        List<ObjectChange> changes = [];
        if (EventShapes.Recognize(json) == EventShape.Pipe)
        {
            foreach (JsonElement element in json.EnumerateArray())
            {
                Read(element, "An element of the event", MaxEnvelopes, changes);
            }
        }
        else
        {
            Read(json, what, MaxEnvelopes, changes);
        }

        return changes;
    }

    /// <summary>The changes that a message reports; it holds an event as text.</summary>
    /// <exception cref="UnknownEventException">It holds something else.</exception>
    public static IReadOnlyList<ObjectChange> ReadText(string message, string what)
    {
        List<ObjectChange> changes = [];
        ReadText(message, what, MaxEnvelopes, changes);
        return changes;
    }

    private static void ReadText(string message, string what, int envelopes, List<ObjectChange> changes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(message);
            Read(document.RootElement, what, envelopes - 1, changes);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // ArgumentException: the text itself holds half of a surrogate pair.
            throw UnknownEventException.NotJson(what, exception);
        }
    }

    private static void Read(JsonElement json, string what, int envelopes, List<ObjectChange> changes)
    {
        switch (EventShapes.Recognize(json))
        {
            case EventShape.S3TestEvent:
                break;
            case EventShape.S3Notification:
            case EventShape.Sns when envelopes > 0:
                foreach (JsonElement record in json.Elements("Records"))
                {
                    ReadRecord(record, envelopes, changes);
                }

                break;
            case EventShape.Record when envelopes > 0:
                ReadRecord(json, envelopes, changes);
                break;
            case EventShape.EventBridge:
                changes.Add(OfEventBridge(json));
                break;
            case EventShape.SnsNotification when envelopes > 0:
                ReadText(json.Text("Message")!, FromSns, envelopes, changes);
                break;
            default:
                throw UnknownEventException.Of(what, json);
        }
    }

    private static void ReadRecord(JsonElement record, int envelopes, List<ObjectChange> changes)
    {
        if (record.TryGet("Sns", out JsonElement sns))
        {
            ReadText(sns.Text("Message") ?? string.Empty, FromSns, envelopes, changes);
        }
        else
        {
            changes.Add(OfNotification(record));
        }
    }

    /// <summary>"Event message structure" in the Amazon S3 User Guide. Keys are form-urlencoded.</summary>
    private static ObjectChange OfNotification(JsonElement record) => ObjectChange.OfNotification(
        record.Text("eventName"), record.Text("s3", "bucket", "name"), WebUtility.UrlDecode(record.Text("s3", "object", "key")));

    /// <summary>"EventBridge event message structure" in the Amazon S3 User Guide. Keys are not encoded.</summary>
    private static ObjectChange OfEventBridge(JsonElement json)
    {
        string type = json.Text("detail-type")!;
        ChangeKind kind = type switch
        {
            "Object Created" or "Object Restore Completed" => ChangeKind.Created,
            "Object Deleted" => ChangeKind.Removed,
            _ => ChangeKind.Other,
        };
        return new ObjectChange(type, ObjectLocation.From(json.Text("detail", "bucket", "name"), json.Text("detail", "object", "key")), kind);
    }
}
