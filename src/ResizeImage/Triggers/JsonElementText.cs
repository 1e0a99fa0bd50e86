using System.Text.Json;

namespace ResizeImage.Triggers;

/// <summary>
/// Reads the few properties of an event that matter. No types for whole events: their rest changes from version to version, costs time
/// to read at a cold start, and nothing here depends on it.
/// </summary>
internal static class JsonElementText
{
    /// <summary>A string inside nested objects; null where something on the way, or the string itself, is missing or of another type.</summary>
    public static string? Text(this JsonElement json, params string[] path)
    {
        foreach (string name in path)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json))
            {
                return null;
            }
        }

        return json.ValueKind == JsonValueKind.String ? json.GetString() : null;
    }

    /// <summary>The elements of an array property; none where it is missing or something else.</summary>
    public static IEnumerable<JsonElement> Elements(this JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement array) && array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : [];
}
