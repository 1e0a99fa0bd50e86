using System.Net;
using System.Text.Json;
using ResizeImage.Storage;

namespace ResizeImage.Triggers;

/// <summary>Takes events of S3 out of the envelopes of other services.</summary>
internal static class ObjectChangeReader
{
    /// <summary>S3 to SNS to SQS has three; one more does no harm, and no end would.</summary>
    private const int MaxEnvelopes = 4;

    /// <summary>What happened, in the order of the event.</summary>
    /// <param name="json">An S3 notification, an SNS event or notification, or an EventBridge event.</param>
    /// <param name="what">What it is, for people: "The event".</param>
    /// <exception cref="UnknownEventException">It is something else.</exception>
    public static IReadOnlyList<ObjectChange> Read(JsonElement json, string what)
    {
        List<ObjectChange> changes = [];
        Read(json, what, MaxEnvelopes, changes);
        return changes;
    }

    /// <summary>What happened, told by a message that holds an event as text.</summary>
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
        catch (JsonException exception)
        {
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
                foreach (JsonElement record in json.Elements("Records"))
                {
                    changes.Add(OfNotification(record));
                }

                break;
            case EventShape.EventBridge:
                changes.Add(OfEventBridge(json));
                break;
            case EventShape.Sns when envelopes > 0:
                foreach (JsonElement record in json.Elements("Records"))
                {
                    ReadText(record.Text("Sns", "Message") ?? string.Empty, "The message from SNS", envelopes, changes);
                }

                break;
            case EventShape.SnsNotification when envelopes > 0:
                ReadText(json.Text("Message")!, "The message from SNS", envelopes, changes);
                break;
            default:
                throw UnknownEventException.Of(what, json);
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
            "Object Created" => ChangeKind.Created,
            "Object Deleted" => ChangeKind.Removed,
            _ => ChangeKind.Other,
        };
        return new ObjectChange(type, ObjectLocation.From(json.Text("detail", "bucket", "name"), json.Text("detail", "object", "key")), kind);
    }
}
