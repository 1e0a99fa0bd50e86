using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.Logs;

namespace ResizeImage.Cdk;

/// <summary>The dashboard of template.yaml.</summary>
internal static class ThumbnailDashboard
{
    private const string AsynchronousBacklog = """["AWS/Lambda", "AsyncEventAge", "FunctionName", "${Function}", { "label": "Age of the oldest event, milliseconds", "yAxis": "right" }]""";

    private const string QueueBacklog = """
        ["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", "${PhotoEvents}", { "label": "Age of the oldest event, seconds", "yAxis": "right" }],
        [".", "ApproximateNumberOfMessagesVisible", ".", ".", { "label": "Events waiting" }],
        [".", ".", ".", "${DeadLetters}", { "label": "Dead letters" }]
        """;

    public static void Add(Thumbnails thumbnails, ILogGroup logs)
    {
        Dictionary<string, string> names = new()
        {
            ["Function"] = thumbnails.Function.FunctionName,
            ["LogGroup"] = logs.LogGroupName,
            ["FailedInvocations"] = thumbnails.FailedInvocations.QueueName,
        };
        if (thumbnails.PhotoEvents is { } events && thumbnails.DeadLetters is { } deadLetters)
        {
            names["PhotoEvents"] = events.QueueName;
            names["DeadLetters"] = deadLetters.QueueName;
        }

        _ = new CfnDashboard(thumbnails, "Dashboard", new CfnDashboardProps
        {
            DashboardName = Stack.Of(thumbnails).StackName,
            DashboardBody = Fn.Sub(Body(thumbnails.PhotoEvents is null ? AsynchronousBacklog : QueueBacklog), names),
        });
    }

    private static string Body(string backlog) => $$"""
        { "widgets": [
          { "type": "metric", "x": 0, "y": 0, "width": 12, "height": 6, "properties": {
            "title": "Photos", "region": "${AWS::Region}", "stat": "Sum", "period": 60, "stacked": true, "metrics": [
              ["ResizeImage", "Made", "FunctionName", "${Function}"], [".", "Skipped", ".", "."], [".", "Deleted", ".", "."],
              [".", "Rejected", ".", "."], [".", "Failed", ".", "."] ] } },
          { "type": "metric", "x": 12, "y": 0, "width": 12, "height": 6, "properties": {
            "title": "Where the time goes, milliseconds (mean)", "region": "${AWS::Region}", "stat": "Average", "period": 60, "stacked": true, "metrics": [
              ["ResizeImage", "ReadTime", "FunctionName", "${Function}"], [".", "MakeTime", ".", "."], [".", "WriteTime", ".", "."], [".", "CheckTime", ".", "."] ] } },
          { "type": "metric", "x": 0, "y": 6, "width": 12, "height": 6, "properties": {
            "title": "Duration of a photo, milliseconds", "region": "${AWS::Region}", "period": 60, "metrics": [
              ["ResizeImage", "TotalTime", "FunctionName", "${Function}", { "stat": "p50" }], ["...", { "stat": "p99" }], ["...", { "stat": "Maximum" }] ] } },
          { "type": "metric", "x": 12, "y": 6, "width": 12, "height": 6, "properties": {
            "title": "Sizes of photos, megapixels", "region": "${AWS::Region}", "period": 60, "metrics": [
              ["ResizeImage", "SourceMegapixels", "FunctionName", "${Function}", { "stat": "p50" }], ["...", { "stat": "p99" }], ["...", { "stat": "Maximum" }] ] } },
          { "type": "metric", "x": 0, "y": 12, "width": 12, "height": 6, "properties": {
            "title": "Invocations", "region": "${AWS::Region}", "stat": "Sum", "period": 60, "metrics": [
              ["AWS/Lambda", "Invocations", "FunctionName", "${Function}"], [".", "Errors", ".", "."], [".", "Throttles", ".", "."],
              ["ResizeImage", "ColdStarts", ".", "."], ["AWS/Lambda", "ConcurrentExecutions", ".", ".", { "stat": "Maximum" }] ] } },
          { "type": "metric", "x": 12, "y": 12, "width": 12, "height": 6, "properties": {
            "title": "Backlog and what failed for good", "region": "${AWS::Region}", "stat": "Maximum", "period": 60, "metrics": [
              {{backlog}},
              ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", "${FailedInvocations}", { "label": "Failed invocations" }] ] } },
          { "type": "log", "x": 0, "y": 18, "width": 24, "height": 6, "properties": {
            "title": "Photos without a thumbnail", "region": "${AWS::Region}", "view": "table",
            "query": "SOURCE '${LogGroup}' | fields @timestamp, status, source, reason | filter status in ['rejected', 'failed'] | sort @timestamp desc | limit 50" } }
        ] }
        """;
}
