using System.Text.Json.Serialization;

namespace ResizeImage.Triggers;

/// <summary>Source-generated code for the responses to the triggers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ThumbnailReport))]
[JsonSerializable(typeof(SqsBatchResponse))]
[JsonSerializable(typeof(BatchOperationsResponse))]
internal sealed partial class TriggerJsonContext : JsonSerializerContext;
