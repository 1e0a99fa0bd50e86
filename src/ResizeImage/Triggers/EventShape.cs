using System.Text.Json;

namespace ResizeImage.Triggers;

/// <summary>The kinds of events that the function accepts.</summary>
internal enum EventShape
{
    /// <summary>None of them.</summary>
    Unknown,

    /// <summary>S3 event notification: Records with "s3".</summary>
    S3Notification,

    /// <summary>The test event that S3 sends when notifications are configured.</summary>
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

    /// <summary>EventBridge Pipes from a queue: an array of SQS messages.</summary>
    SqsPipe,

    /// <summary>EventBridge Pipes with an input transformer: an array of events or records of the other kinds.</summary>
    Pipe,

    /// <summary>A record of S3 or SNS outside of its list, as an input transformer can pick it.</summary>
    Record,

    /// <summary>A request over HTTP: Lambda function URL, API Gateway (HTTP or REST API) or Application Load Balancer.</summary>
    Http,
}

/// <summary>Tells events apart by the properties that they have.</summary>
internal static class EventShapes
{
    /// <summary>The events that <see cref="Recognize"/> knows.</summary>
    public const string Accepted =
        "S3 event notifications (directly, or through SQS, SNS, or both), EventBridge events of S3 (directly, or through these), "
        + "arrays of these from EventBridge Pipes, S3 Batch Operations (schema 1.0 and 2.0), EventBridge schedules, and HTTP requests of Lambda function URLs, "
        + "API Gateway and Application Load Balancers";

    /// <summary>
    /// What the detail-type of S3's own events begins with. CloudTrail's "AWS API Call via CloudTrail" has the source aws.s3, too, but another
    /// detail: it must fail, because skipping it would silently lose every photo.
    /// </summary>
    private const string ObjectEvent = "Object ";

    /// <summary>The shape of an event.</summary>
    public static EventShape Recognize(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            return OfArray(json);
        }

        if (json.TryGet("Records", out JsonElement records) && records.ValueKind == JsonValueKind.Array)
        {
            return OfRecords(records);
        }

        return json switch
        {
            _ when json.Text("Event") == "s3:TestEvent" => EventShape.S3TestEvent,
            _ when json.Text("Type") == "Notification" && json.Text("Message") is not null => EventShape.SnsNotification,
            _ when json.Text("detail-type") == "Scheduled Event" => EventShape.Schedule,
            _ when json.Text("source") == "aws.s3" && json.Text("detail-type")?.StartsWith(ObjectEvent, StringComparison.Ordinal) == true => EventShape.EventBridge,
            _ when json.Text("invocationSchemaVersion") is not null => EventShape.BatchOperations,
            _ when IsRecord(json) => EventShape.Record,
            _ when IsHttp(json) => EventShape.Http,
            _ => EventShape.Unknown,
        };
    }

    /// <summary>Whether it is a record of S3 or SNS.</summary>
    private static bool IsRecord(JsonElement json) => json.TryGet("s3", out _) || json.TryGet("Sns", out _);

    /// <summary>Payload format 2.0 has requestContext.http, 1.0 has httpMethod.</summary>
    private static bool IsHttp(JsonElement json) =>
        json.TryGet("requestContext", out JsonElement context) && (context.TryGet("http", out _) || json.Text("httpMethod") is not null);

    private static bool IsSqsMessage(JsonElement json) => json.TryGet("body", out _) && json.TryGet("messageId", out _);

    /// <summary>All records of an event come from one service.</summary>
    private static EventShape OfRecords(JsonElement records)
    {
        if (records.GetArrayLength() == 0)
        {
            return EventShape.S3Notification;
        }

        JsonElement first = records[0];
        return first.TryGet("s3", out _) ? EventShape.S3Notification
            : first.TryGet("Sns", out _) ? EventShape.Sns
            : IsSqsMessage(first) ? EventShape.Sqs
            : EventShape.Unknown;
    }

    /// <summary>All elements of an array come from one pipe. An element that is unknown makes the whole array unknown.</summary>
    private static EventShape OfArray(JsonElement array)
    {
        if (array.GetArrayLength() == 0)
        {
            return EventShape.Unknown;
        }

        return IsSqsMessage(array[0]) ? EventShape.SqsPipe
            : array[0].ValueKind == JsonValueKind.Object && Recognize(array[0]) != EventShape.Unknown ? EventShape.Pipe
            : EventShape.Unknown;
    }
}
