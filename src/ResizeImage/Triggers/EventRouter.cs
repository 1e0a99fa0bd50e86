using System.Text.Json;
using Amazon.Lambda.Core;
using ResizeImage.Deadlines;
using ResizeImage.Http;
using ResizeImage.Observability;
using ResizeImage.Photos;
using ResizeImage.Reconciliation;

namespace ResizeImage.Triggers;

/// <summary>Accepts events of any shape and answers as the service of each expects.</summary>
internal sealed class EventRouter
{
    private readonly Trigger[] _triggers;
    private readonly Trigger _others;
    private readonly TimeProvider _clock;

    /// <param name="records">Processes the photos that events name.</param>
    /// <param name="reconciler">Finds the photos that no event names.</param>
    /// <param name="requests">Answers requests over HTTP.</param>
    /// <param name="clock">Measures the time of invocations.</param>
    public EventRouter(RecordHandler records, Reconciler reconciler, ThumbnailRequests requests, TimeProvider clock)
    {
        TriggerJsonContext types = TriggerJsonContext.Default;
        _triggers =
        [
            Trigger.Of(EventShape.Sqs, types.SqsBatchResponse, (json, log, time) => SqsTrigger.HandleAsync(json.Elements("Records"), records, log, time)),
            Trigger.Of(EventShape.SqsPipe, types.SqsBatchResponse, (json, log, time) => SqsTrigger.HandleAsync(json.EnumerateArray(), records, log, time)),
            Trigger.Of(
                EventShape.BatchOperations,
                types.BatchOperationsResponse,
                (json, log, time) => BatchOperationsTrigger.HandleAsync(json, records, log, time)),
            Trigger.Of(EventShape.Schedule, types.ReconciliationReport, (_, log, time) => reconciler.RunAsync(log, time)),
            Trigger.Of(EventShape.Http, (json, log, time) => HttpTrigger.HandleAsync(json, requests, log, time)),
        ];

        // Events of S3 in any envelope. The reader rejects everything else.
        _others = Trigger.Of(
            EventShape.Unknown,
            types.ThumbnailReport,
            (json, log, time) => records.HandleAllAsync(ObjectChangeReader.Read(json, "The event"), log, time));
        _clock = clock;
    }

    /// <summary>Processes an event.</summary>
    /// <returns>The response, in JSON.</returns>
    /// <exception cref="UnknownEventException">The function does not accept events like this.</exception>
    /// <exception cref="ThumbnailsFailedException">Something failed for reasons that may pass, and the event's service retries by itself.</exception>
    public async Task<Stream> HandleAsync(Stream input, ILambdaContext context, InvocationLog log)
    {
        using JsonDocument document = await ParseAsync(input);
        using InvocationTime time = InvocationTime.Start(context, _clock);
        EventShape shape = EventShapes.Recognize(document.RootElement);
        Trigger trigger = Array.Find(_triggers, candidate => candidate.Shape == shape) ?? _others;
        return await trigger.HandleAsync(document.RootElement, log, time);
    }

    private static async Task<JsonDocument> ParseAsync(Stream input)
    {
        try
        {
            return await JsonDocument.ParseAsync(input);
        }
        catch (JsonException exception)
        {
            throw UnknownEventException.NotJson("The event", exception);
        }
    }
}
