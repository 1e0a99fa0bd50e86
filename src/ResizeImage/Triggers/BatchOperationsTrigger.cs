using System.Net;
using System.Text.Json;
using ResizeImage.Deadlines;
using ResizeImage.Observability;
using ResizeImage.Photos;
using ResizeImage.Storage;

namespace ResizeImage.Triggers;

/// <summary>A task of an S3 Batch Operations job ("Invoke AWS Lambda function", schema 1.0 and 2.0): a photo of a backlog.</summary>
internal static class BatchOperationsTrigger
{
    /// <summary>S3 keeps this much of a result in the completion report.</summary>
    private const int MaxResultLength = 1024;

    private const string BucketArn = "arn:aws";

    /// <summary>Processes the tasks one after the other; S3 sends one at a time.</summary>
    /// <returns>A result for each. S3 retries temporary failures before the job ends.</returns>
    public static async Task<BatchOperationsResponse> HandleAsync(JsonElement json, RecordHandler records, InvocationLog log, InvocationTime time)
    {
        List<BatchOperationsResult> results = [];
        List<JsonElement> tasks = [.. json.Elements("tasks")];
        foreach (JsonElement task in tasks)
        {
            using PhotoTime share = time.ForPhoto(othersWait: results.Count + 1 < tasks.Count);
            RecordResult result = await records.HandleAsync(ChangeOf(task), log, share);
            string text = LogText.Escape(result.Reason ?? $"{result.Destination}");
            results.Add(new BatchOperationsResult(
                task.Text("taskId") ?? string.Empty, CodeOf(result.Status), text.Length > MaxResultLength ? text[..MaxResultLength] : text));
        }

        return new BatchOperationsResponse(
            json.Text("invocationSchemaVersion")!, BatchOperationsResponse.PermanentFailure, json.Text("invocationId") ?? string.Empty, results);
    }

    /// <summary>A job may include photos that have thumbnails. Keys are URL-encoded.</summary>
    private static ObjectChange ChangeOf(JsonElement task) =>
        new("S3 Batch Operations", ObjectLocation.From(BucketOf(task), WebUtility.UrlDecode(task.Text("s3Key"))), ChangeKind.Created) { IsLikelyRepeat = true };

    /// <summary>Schema 2.0 has the name, schema 1.0 the ARN: arn:aws:s3:::name.</summary>
    private static string? BucketOf(JsonElement task) =>
        task.Text("s3Bucket") is { } name ? name
        : task.Text("s3BucketArn") is { } arn && arn.StartsWith(BucketArn, StringComparison.Ordinal) ? arn[(arn.LastIndexOf(':') + 1)..]
        : null;

    private static string CodeOf(RecordStatus status) => status switch
    {
        RecordStatus.Failed => BatchOperationsResponse.TemporaryFailure,
        RecordStatus.Rejected => BatchOperationsResponse.PermanentFailure,
        _ => BatchOperationsResponse.Succeeded,
    };
}

/// <summary>The response that S3 Batch Operations expects from a function.</summary>
internal sealed record BatchOperationsResponse(
    string InvocationSchemaVersion, string TreatMissingKeysAs, string InvocationId, IReadOnlyList<BatchOperationsResult> Results)
{
    public const string Succeeded = "Succeeded";
    public const string TemporaryFailure = "TemporaryFailure";
    public const string PermanentFailure = "PermanentFailure";
}

/// <summary>How a task ended.</summary>
/// <param name="TaskId">That of the request.</param>
/// <param name="ResultCode">Succeeded, TemporaryFailure or PermanentFailure.</param>
/// <param name="ResultString">Reason for the reader of the job's completion report.</param>
internal sealed record BatchOperationsResult(string TaskId, string ResultCode, string ResultString);
