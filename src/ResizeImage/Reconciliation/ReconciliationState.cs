using System.Text.Json;
using System.Text.Json.Serialization;
using ResizeImage.Configuration;
using ResizeImage.Storage;

namespace ResizeImage.Reconciliation;

/// <summary>How far a reconciliation has come.</summary>
/// <param name="StartAfter">The key of the last photo done; null at the beginning.</param>
/// <param name="Trying">The key of the photo whose thumbnail is being made; null between photos. If the next invocation finds one, the last died with it.</param>
internal sealed record ReconciliationPlace(string? StartAfter, string? Trying = null);

/// <summary>
/// Keeps the position of a reconciliation in a small object beside the thumbnails, where the function's role may read and write already.
/// </summary>
internal sealed class ReconciliationState(ObjectAccess access, Settings settings, string bucket)
{
    private readonly ObjectLocation _location = new(settings.OutputBucket ?? bucket, settings.StatePrefix + bucket);

    /// <summary>The place.</summary>
    /// <exception cref="StorageException">S3 refused, or the connection broke.</exception>
    public async Task<ReconciliationPlace> ReadAsync(CancellationToken cancellationToken)
    {
        string? text = await access.Text(_location).ReadAsync(cancellationToken);
        try
        {
            return text?.StartsWith('{') == true
                ? JsonSerializer.Deserialize(text, ReconciliationJsonContext.Default.ReconciliationPlace)!
                : new ReconciliationPlace(text);
        }
        catch (JsonException)
        {
            // An earlier version wrote a key that begins like that.
            return new ReconciliationPlace(text);
        }
    }

    /// <summary>Keeps the place; null at the end of a pass. It is the key alone, unless the state has more than a key.</summary>
    /// <exception cref="StorageException">S3 refused, or the connection broke.</exception>
    public Task WriteAsync(ReconciliationPlace? place, CancellationToken cancellationToken) => place switch
    {
        null or { StartAfter: null, Trying: null } => access.Writer.DeleteAsync(_location, cancellationToken),
        { Trying: null, StartAfter: { } key } when !key.StartsWith('{') => access.Writer.WriteTextAsync(_location, key, "text/plain; charset=utf-8", cancellationToken),
        _ => access.Writer.WriteTextAsync(
            _location, JsonSerializer.Serialize(place, ReconciliationJsonContext.Default.ReconciliationPlace), "application/json", cancellationToken),
    };
}

/// <summary>Source-generated code for the place.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReconciliationPlace))]
internal sealed partial class ReconciliationJsonContext : JsonSerializerContext;
