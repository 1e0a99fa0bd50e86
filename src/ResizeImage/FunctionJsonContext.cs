using System.Text.Json.Serialization;
using Amazon.Lambda.S3Events;

namespace ResizeImage;

/// <summary>Source-generated code for what the handler takes and returns: no reflection at start, and none under Native AOT.</summary>
[JsonSerializable(typeof(S3Event))]
[JsonSerializable(typeof(ThumbnailReport))]
public sealed partial class FunctionJsonContext : JsonSerializerContext;
