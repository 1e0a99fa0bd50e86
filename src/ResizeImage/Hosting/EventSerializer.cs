using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using Amazon.Lambda.S3Events;
using Amazon.Lambda.Serialization.SystemTextJson;
using ResizeImage.Photos;

namespace ResizeImage.Hosting;

/// <summary>
/// Reads events for <see cref="Function.FunctionHandler"/> on the managed runtime, and writes its reports. It keeps of an event whether it is
/// the test that S3 sends when notifications are configured: <see cref="S3Event"/> alone cannot be told apart from the event of another service.
/// </summary>
public sealed class EventSerializer : ILambdaSerializer
{
    private readonly SourceGeneratorLambdaJsonSerializer<FunctionJsonContext> _json = new();

    /// <inheritdoc/>
    public T Deserialize<T>(Stream requestStream) =>
        typeof(T) == typeof(S3Event) ? (T)(object)_json.Deserialize<ReceivedS3Event>(requestStream) : _json.Deserialize<T>(requestStream);

    /// <inheritdoc/>
    public void Serialize<T>(T response, Stream responseStream) => _json.Serialize(response, responseStream);
}

/// <summary>An event of S3 as it arrived.</summary>
public sealed class ReceivedS3Event : S3Event
{
    /// <summary>"s3:TestEvent" in S3's test event, which has no records; null in all others.</summary>
    [JsonPropertyName("Event")]
    public string? Event { get; set; }

    /// <summary>Whether it is S3's test event.</summary>
    internal bool IsTest => Event == "s3:TestEvent";
}

/// <summary>Source-generated code for the types of the handler: no reflection at start, and none under Native AOT.</summary>
[JsonSerializable(typeof(ReceivedS3Event))]
[JsonSerializable(typeof(ThumbnailReport))]
public sealed partial class FunctionJsonContext : JsonSerializerContext;
