using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;

namespace ResizeImage.Cdk;

/// <summary>The alarms of template.yaml. docs/operations.md has a section for each.</summary>
internal static class ThumbnailAlarms
{
    /// <summary>Of the function's own metrics.</summary>
    public const string Namespace = "ResizeImage";

    private const string Lambda = "AWS/Lambda";
    private const string Queues = "AWS/SQS";

    public static void Add(Thumbnails thumbnails, ThumbnailsProps props)
    {
        Dictionary<string, string> function = new() { ["FunctionName"] = thumbnails.Function.FunctionName };
        Dictionary<string, string> alias = new(function) { ["Resource"] = $"{thumbnails.Function.FunctionName}:{thumbnails.Alias.AliasName}" };
        Dictionary<string, string> Named(Amazon.CDK.AWS.SQS.Queue queue) => new() { ["QueueName"] = queue.QueueName };

        void Alarm(string id, string description, IMetric metric, double threshold, int periods, ComparisonOperator comparison = ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
        {
            Alarm alarm = new(thumbnails, id, new AlarmProps
            {
                AlarmDescription = description,
                Metric = metric,
                Threshold = threshold,
                EvaluationPeriods = periods,
                ComparisonOperator = comparison,
                TreatMissingData = TreatMissingData.NOT_BREACHING,
            });
            if (props.AlarmTopic is { } topic)
            {
                alarm.AddAlarmAction(new SnsAction(topic));
            }
        }

        Alarm("ErrorsAlarm", "Invocations have failed for 15 minutes. Single failures are retried and ring no alarm.", Sum(Lambda, "Errors", alias), 1, 3);
        Alarm("FailedPhotosAlarm", "Photos have failed for 15 minutes, also those of batches whose other photos were done, which Errors does not count.", Sum(Namespace, "Failed", function), 1, 3);
        Alarm("ThrottlesAlarm", "Invocations have been refused for 15 minutes because too many are running.", Sum(Lambda, "Throttles", alias), 1, 3);
        Alarm("FailedInvocationsAlarm", "Events have failed for good. They are in the queue FailedInvocations.", Visible(Named(thumbnails.FailedInvocations)), 1, 1);
        Alarm("LostEventsAlarm", "Lambda could not put failed events into the queue FailedInvocations. They are lost; a reconciliation finds what they were about.", Sum(Lambda, "DestinationDeliveryFailures", alias), 1, 1);
        if (thumbnails.PhotoEvents is { } events && thumbnails.DeadLetters is { } deadLetters)
        {
            Alarm("OldestEventAlarm", "Events have waited for more than 15 minutes.", Maximum(Queues, "ApproximateAgeOfOldestMessage", Named(events)), 900, 3);
            Alarm("DeadLettersAlarm", "Events have failed for good. They are in the queue DeadLetters.", Visible(Named(deadLetters)), 1, 1);
        }
        else
        {
            Alarm("OldestEventAlarm", "Events have waited for more than 15 minutes.", Maximum(Lambda, "AsyncEventAge", function), 900_000, 3);
        }

        if (props.Serving != ThumbnailServing.None)
        {
            Alarm("UrlErrorsAlarm", "Requests for thumbnails have been answered with errors of the function or of S3 (5xx) for 15 minutes.", Sum(Lambda, "Url5xxCount", alias), 1, 3);
        }

        Alarm(
            "RejectedPhotosAlarm",
            "Of at least 20 photos within an hour, more than half could not become thumbnails.",
            new MathExpression(new MathExpressionProps
            {
                Label = "Rejected, percent",
                Expression = "IF(FILL(made, 0) + FILL(rejected, 0) >= 20, 100 * FILL(rejected, 0) / (FILL(made, 0) + FILL(rejected, 0)), 0)",
                UsingMetrics = new Dictionary<string, IMetric> { ["made"] = Sum(Namespace, "Made", function), ["rejected"] = Sum(Namespace, "Rejected", function) },
                Period = Duration.Hours(1),
            }),
            50,
            1,
            ComparisonOperator.GREATER_THAN_THRESHOLD);
        Alarm(
            "NothingMadeAlarm",
            "Within a day, the function was invoked at least five times and made or deleted no thumbnail. The prefix of its settings or of the notifications may be wrong, or METRICS_NAMESPACE is not set.",
            new MathExpression(new MathExpressionProps
            {
                Label = "Invocations in vain",
                Expression = "IF(FILL(made, 0) + FILL(deleted, 0) == 0, FILL(invocations, 0) - FILL(reconciliations, 0) - FILL(requests, 0), 0)",
                UsingMetrics = new Dictionary<string, IMetric>
                {
                    ["invocations"] = Sum(Lambda, "Invocations", alias),
                    ["reconciliations"] = Sum(Namespace, "Reconciliations", function),
                    ["requests"] = Sum(Namespace, "Requests", function),
                    ["made"] = Sum(Namespace, "Made", function),
                    ["deleted"] = Sum(Namespace, "Deleted", function),
                },
                Period = Duration.Days(1),
            }),
            5,
            1);
        if (props.ReconcileSchedule is not null)
        {
            Alarm(
                "MissedPhotosAlarm",
                "Reconciliations have made thumbnails for an hour, which events should have made. The notifications of the bucket may be gone. A backfill and changed settings ring it, too.",
                Sum(Namespace, "MissedPhotos", function).With(new MetricOptions { Period = Duration.Hours(1) }),
                1,
                1);
        }
    }

    private static Metric Visible(Dictionary<string, string> queue) => Maximum(Queues, "ApproximateNumberOfMessagesVisible", queue);

    private static Metric Sum(string space, string name, Dictionary<string, string> dimensions) => New(space, name, dimensions, Stats.SUM);

    private static Metric Maximum(string space, string name, Dictionary<string, string> dimensions) => New(space, name, dimensions, Stats.MAXIMUM);

    private static Metric New(string space, string name, Dictionary<string, string> dimensions, string statistic) => new(new MetricProps
    {
        Namespace = space,
        MetricName = name,
        DimensionsMap = dimensions,
        Statistic = statistic,
        Period = Duration.Minutes(5),
    });
}
