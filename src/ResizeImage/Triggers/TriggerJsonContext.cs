using System.Text.Json.Serialization;
using ResizeImage.Reports;

namespace ResizeImage.Triggers;

/// <summary>Source-generated code for the responses to the triggers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ThumbnailReport))]
[JsonSerializable(typeof(SqsBatchResponse))]
[JsonSerializable(typeof(BatchOperationsResponse))]
[JsonSerializable(typeof(ReconciliationReport))]
internal sealed partial class TriggerJsonContext : JsonSerializerContext;
