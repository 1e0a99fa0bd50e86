using System.Text.Json;
using ResizeImage.Observability;

namespace ResizeImage.Triggers;

/// <summary>A batch of SQS messages, each with an event in its body. Those that fail come again; the others do not.</summary>
/// <remarks>
/// The event source mapping must have FunctionResponseTypes: ReportBatchItemFailures, or Lambda deletes the failed ones with the others.
/// In a FIFO queue the messages after a failed one are done nevertheless: every message leads to the photo as it is now, so that their
/// order does not matter.
/// </remarks>
internal static class SqsTrigger
{
    /// <summary>Does the messages, one after the other.</summary>
    /// <returns>The ones that failed.</returns>
    public static async Task<SqsBatchResponse> HandleAsync(JsonElement json, RecordHandler records, InvocationLog log, CancellationToken cancellationToken)
    {
        List<SqsBatchItemFailure> failures = [];
        foreach (JsonElement message in json.Elements("Records"))
        {
            if (!await IsDoneAsync(message, records, log, cancellationToken))
            {
                failures.Add(new SqsBatchItemFailure(message.Text("messageId") ?? string.Empty));
            }
        }

        return new SqsBatchResponse(failures);
    }

    private static async Task<bool> IsDoneAsync(JsonElement message, RecordHandler records, InvocationLog log, CancellationToken cancellationToken)
    {
        IReadOnlyList<ObjectChange> changes;
        try
        {
            changes = ObjectChangeReader.ReadText(message.Text("body") ?? string.Empty, $"The body of the SQS message {message.Text("messageId")}");
        }
        catch (UnknownEventException exception)
        {
            // Not dropped: it fails until the queue hands it to its dead-letter queue, where somebody can see it.
            log.Error(exception.Message);
            return false;
        }

        // "1" is the first delivery. Whatever else came may have been done, but for the answer.
        bool again = message.Text("attributes", "ApproximateReceiveCount") is { } count && count != "1";
        bool done = true;
        foreach (ObjectChange change in changes)
        {
            RecordResult result = await records.HandleAsync(again ? change with { IsLikelyRepeat = true } : change, log, cancellationToken);
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
