using System.Text.Json;

namespace ResizeImage.Triggers;

/// <summary>The kinds of events that the function takes.</summary>
internal enum EventShape
{
    /// <summary>None of them.</summary>
    Unknown,

    /// <summary>S3 event notification: Records with "s3".</summary>
    S3Notification,

    /// <summary>What S3 sends when notifications are configured.</summary>
    S3TestEvent,

    /// <summary>SNS to Lambda: Records with "Sns".</summary>
    Sns,

    /// <summary>A notification of SNS as it arrives in an SQS queue, unless raw message delivery is on.</summary>
    SnsNotification,

    /// <summary>SQS: Records with "body".</summary>
    Sqs,

    /// <summary>EventBridge, from S3: "Object Created", "Object Deleted" and others.</summary>
    EventBridge,

    /// <summary>EventBridge Scheduler, or a scheduled rule.</summary>
    Schedule,

    /// <summary>A task of an S3 Batch Operations job.</summary>
    BatchOperations,
}

/// <summary>Tells events apart by the properties that they have.</summary>
internal static class EventShapes
{
    /// <summary>What <see cref="Recognize"/> knows.</summary>
    public const string Understood =
        "S3 event notifications (directly, or through SQS, SNS, or both), EventBridge events of S3 (directly, or through these), "
        + "S3 Batch Operations (schema 1.0 and 2.0) and EventBridge schedules";

    /// <summary>The shape of an event.</summary>
    public static EventShape Recognize(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return EventShape.Unknown;
        }

        if (json.TryGetProperty("Records", out JsonElement records) && records.ValueKind == JsonValueKind.Array)
        {
            return OfRecords(records);
        }

        return json switch
        {
            _ when json.Text("Event") == "s3:TestEvent" => EventShape.S3TestEvent,
            _ when json.Text("Type") == "Notification" && json.Text("Message") is not null => EventShape.SnsNotification,
            _ when json.Text("detail-type") == "Scheduled Event" => EventShape.Schedule,
            _ when json.Text("detail-type") is not null && json.Text("source") == "aws.s3" => EventShape.EventBridge,
            _ when json.Text("invocationSchemaVersion") is not null => EventShape.BatchOperations,
            _ => EventShape.Unknown,
        };
    }

    /// <summary>All records of an event come from one service.</summary>
    private static EventShape OfRecords(JsonElement records)
    {
        if (records.GetArrayLength() == 0)
        {
            return EventShape.S3Notification;
        }

        JsonElement first = records[0];
        return first.ValueKind != JsonValueKind.Object ? EventShape.Unknown
            : first.TryGetProperty("s3", out _) ? EventShape.S3Notification
            : first.TryGetProperty("Sns", out _) ? EventShape.Sns
            : first.TryGetProperty("body", out _) && first.TryGetProperty("messageId", out _) ? EventShape.Sqs
            : EventShape.Unknown;
    }
}
