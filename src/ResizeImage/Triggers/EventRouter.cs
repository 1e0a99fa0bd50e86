using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.Core;
using ResizeImage.Hosting;
using ResizeImage.Observability;
using ResizeImage.Photos;
using ResizeImage.Reconciliation;

namespace ResizeImage.Triggers;

/// <summary>Takes any event, does what it asks for, and answers as its service expects.</summary>
/// <param name="records">Does the photos that events name.</param>
/// <param name="reconciler">Finds those that no event names.</param>
/// <param name="clock">Measures the time of invocations.</param>
internal sealed class EventRouter(RecordHandler records, Reconciler reconciler, TimeProvider clock)
{
    /// <summary>Keys are written as they are, as by Lambda's own serializers.</summary>
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Does an event.</summary>
    /// <returns>The response, in JSON.</returns>
    /// <exception cref="UnknownEventException">It is none that the function takes.</exception>
    /// <exception cref="ThumbnailsFailedException">Something failed for reasons that may pass, and its service retries by itself.</exception>
    public async Task<Stream> HandleAsync(Stream input, ILambdaContext context, InvocationLog log)
    {
        using JsonDocument document = await ParseAsync(input);
        using InvocationTime time = InvocationTime.Start(context, clock);
        JsonElement json = document.RootElement;
        return EventShapes.Recognize(json) switch
        {
            EventShape.Sqs => Response(
                await SqsTrigger.HandleAsync(json.Elements("Records"), records, log, time), TriggerJsonContext.Default.SqsBatchResponse),
            EventShape.SqsPipe => Response(
                await SqsTrigger.HandleAsync(json.EnumerateArray(), records, log, time), TriggerJsonContext.Default.SqsBatchResponse),
            EventShape.BatchOperations => Response(
                await BatchOperationsTrigger.HandleAsync(json, records, log, time), TriggerJsonContext.Default.BatchOperationsResponse),
            EventShape.Schedule => Response(await reconciler.RunAsync(log, time), TriggerJsonContext.Default.ReconciliationReport),
            _ => Response(
                await records.HandleAllAsync(ObjectChangeReader.Read(json, "The event"), log, time),
                TriggerJsonContext.Default.ThumbnailReport),
        };
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

    private static MemoryStream Response<T>(T value, JsonTypeInfo<T> type)
    {
        MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, WriterOptions))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        stream.Position = 0;
        return stream;
    }
}
