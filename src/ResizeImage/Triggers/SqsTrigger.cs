using System.Text.Json;
using ResizeImage.Deadlines;
using ResizeImage.Observability;
using ResizeImage.Photos;

namespace ResizeImage.Triggers;

/// <summary>A batch of SQS messages, each with an event in its body. SQS delivers only the failed ones again.</summary>
/// <remarks>
/// The event source mapping must have FunctionResponseTypes: ReportBatchItemFailures, or Lambda deletes the failed ones with the others.
/// EventBridge Pipes accept the same response from the target of a pipe. In a FIFO queue, messages after a failed one are processed, too:
/// every message leads to the current photo, so their order does not matter.
/// </remarks>
internal static class SqsTrigger
{
    /// <summary>Processes the messages one after the other. Neither a failure nor a slow photo affects the other messages.</summary>
    /// <returns>The messages that failed.</returns>
    public static async Task<SqsBatchResponse> HandleAsync(IEnumerable<JsonElement> batch, RecordHandler records, InvocationLog log, InvocationTime time)
    {
        List<JsonElement> messages = [.. batch];
        List<SqsBatchItemFailure> failures = [];
        for (int i = 0; i < messages.Count; i++)
        {
            if (!await IsDoneAsync(messages[i], othersWait: i + 1 < messages.Count, records, log, time))
            {
                failures.Add(new SqsBatchItemFailure(messages[i].Text("messageId") ?? string.Empty));
            }
        }

        return new SqsBatchResponse(failures);
    }

    private static async Task<bool> IsDoneAsync(JsonElement message, bool othersWait, RecordHandler records, InvocationLog log, InvocationTime time)
    {
        IReadOnlyList<ObjectChange> changes;
        bool again;
        try
        {
            changes = ObjectChangeReader.ReadText(message.Text("body") ?? string.Empty, $"The body of the SQS message {message.Text("messageId")}");

            // "1" is the first delivery. An invocation may have processed any other one and died before its answer.
            again = message.Text("attributes", "ApproximateReceiveCount") is { } count && count != "1";
        }
        catch (UnknownEventException exception)
        {
            // It fails until SQS moves it to the dead-letter queue, where it can be seen.
            log.Error(exception.Message);
            return false;
        }

        bool done = true;
        for (int i = 0; i < changes.Count; i++)
        {
            using PhotoTime share = time.ForPhoto(othersWait || i + 1 < changes.Count);
            RecordResult result = await records.HandleAsync(again ? changes[i] with { IsLikelyRepeat = true } : changes[i], log, share);
            done &= result.Status != RecordStatus.Failed;
        }

        return done;
    }
}

/// <summary>The response that Lambda expects from a function behind SQS: "Reporting batch item failures" in the Lambda Developer Guide.</summary>
internal sealed record SqsBatchResponse(IReadOnlyList<SqsBatchItemFailure> BatchItemFailures);

/// <summary>A message to deliver again, by its messageId.</summary>
internal sealed record SqsBatchItemFailure(string ItemIdentifier);
