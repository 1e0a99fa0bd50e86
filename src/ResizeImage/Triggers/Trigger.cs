using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ResizeImage.Deadlines;
using ResizeImage.Observability;

namespace ResizeImage.Triggers;

/// <summary>Processes an event of one shape.</summary>
internal delegate Task<TResponse> EventHandling<TResponse>(JsonElement json, InvocationLog log, InvocationTime time);

/// <summary>A shape of event, how it is processed, and the response that its service expects.</summary>
internal sealed class Trigger
{
    /// <summary>Keys are written as they are, as by Lambda's own serializers.</summary>
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly EventHandling<Stream> _handle;

    private Trigger(EventShape shape, EventHandling<Stream> handle)
    {
        Shape = shape;
        _handle = handle;
    }

    public EventShape Shape { get; }

    public static Trigger Of<TResponse>(EventShape shape, JsonTypeInfo<TResponse> response, EventHandling<TResponse> handle) =>
        new(shape, async (json, log, time) => Write(await handle(json, log, time), response));

    /// <summary>A trigger that writes its response itself.</summary>
    public static Trigger Of(EventShape shape, EventHandling<Stream> handle) => new(shape, handle);

    /// <returns>The response, in JSON.</returns>
    public Task<Stream> HandleAsync(JsonElement json, InvocationLog log, InvocationTime time) => _handle(json, log, time);

    private static MemoryStream Write<TResponse>(TResponse value, JsonTypeInfo<TResponse> type)
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
