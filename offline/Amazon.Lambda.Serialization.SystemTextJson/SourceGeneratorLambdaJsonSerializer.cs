using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>
/// Serializes with source-generated code. Names are read in any case and written as the properties are called;
/// properties that are null are left out unless they say otherwise.
/// </summary>
/// <typeparam name="TSGContext">The context that knows the types of the handler.</typeparam>
public class SourceGeneratorLambdaJsonSerializer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSGContext>
    : ILambdaSerializer
    where TSGContext : JsonSerializerContext
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TSGContext _context;

    /// <summary>Creates the context with the options of Lambda's serializers.</summary>
    public SourceGeneratorLambdaJsonSerializer()
    {
        JsonSerializerOptions options = new()
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            PropertyNameCaseInsensitive = true,
        };
        object? context = typeof(TSGContext).GetConstructor([typeof(JsonSerializerOptions)])?.Invoke([options]);
        _context = context as TSGContext ?? throw new InvalidOperationException(
            $"{typeof(TSGContext)} has no public constructor that takes JsonSerializerOptions.");
    }

    /// <inheritdoc/>
    public T Deserialize<T>(Stream requestStream)
    {
        try
        {
            return JsonSerializer.Deserialize(requestStream, TypeInfo<T>())!;
        }
        catch (JsonException exception)
        {
            throw new JsonSerializerException($"The event cannot be read as {typeof(T)}: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Serialize<T>(T response, Stream responseStream)
    {
        using Utf8JsonWriter writer = new(responseStream, WriterOptions);
        JsonSerializer.Serialize(writer, response, TypeInfo<T>());
    }

    private JsonTypeInfo<T> TypeInfo<T>() => _context.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
        ?? throw new JsonSerializerException($"{typeof(TSGContext)} does not know {typeof(T)}: add [JsonSerializable(typeof({typeof(T).Name}))] to it.");
}
