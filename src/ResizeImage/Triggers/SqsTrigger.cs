using System.Text.Json;
using ResizeImage.Deadlines;
using ResizeImage.Observability;
using ResizeImage.Photos;

namespace ResizeImage.Triggers;

/// <summary>A batch of SQS messages, each with an event in its body. Those that fail come again; the others do not.</summary>
/// <remarks>
/// The event source mapping must have FunctionResponseTypes: ReportBatchItemFailures, or Lambda deletes the failed ones with the others.
/// EventBridge Pipes take the same response from the target of a pipe. In a FIFO queue the messages after a failed one are done
/// nevertheless: every message leads to the photo as it is now, so that their order does not matter.
/// </remarks>
internal static class SqsTrigger
{
    /// <summary>Does the messages, one after the other. What is wrong with one, and how long it takes, does not concern the others.</summary>
    /// <returns>The ones that failed.</returns>
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

            // "1" is the first delivery. Whatever else came may have been done, but for the answer.
            again = message.Text("attributes", "ApproximateReceiveCount") is { } count && count != "1";
        }
        catch (UnknownEventException exception)
        {
            // Not dropped: it fails until the queue hands it to its dead-letter queue, where somebody can see it.
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

/// <summary>What Lambda takes from a function behind SQS: "Reporting batch item failures" in the Lambda Developer Guide.</summary>
internal sealed record SqsBatchResponse(IReadOnlyList<SqsBatchItemFailure> BatchItemFailures);

/// <summary>A message that shall come again.</summary>
/// <param name="ItemIdentifier">Its messageId.</param>
internal sealed record SqsBatchItemFailure(string ItemIdentifier);
