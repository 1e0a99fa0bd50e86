using System.Text.Json;

namespace ResizeImage.Triggers;

/// <summary>
/// Reads the few properties of an event that matter. No types for whole events: their rest changes from version to version, costs time
/// to parse at a cold start, and nothing here depends on it.
/// </summary>
internal static class JsonElementText
{
    /// <summary>A string inside nested objects; null if a part of the path, or the string itself, is missing or of another type.</summary>
    /// <exception cref="UnknownEventException">The string is not Unicode.</exception>
    public static string? Text(this JsonElement json, params string[] path)
    {
        foreach (string name in path)
        {
            if (!json.TryGet(name, out json))
            {
                return null;
            }
        }

        return json.ValueKind == JsonValueKind.String ? AsText(json) : null;
    }

    /// <summary>The value of a property; false if it is missing, or <paramref name="json"/> is not an object.</summary>
    /// <exception cref="UnknownEventException">The name of a property is not Unicode.</exception>
    public static bool TryGet(this JsonElement json, string name, out JsonElement value)
    {
        value = default;
        try
        {
            return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException exception)
        {
            throw UnknownEventException.NotUnicode(exception);
        }
    }

    /// <summary>The elements of an array property; none where it is missing or something else.</summary>
    public static IEnumerable<JsonElement> Elements(this JsonElement json, string name) =>
        json.TryGet(name, out JsonElement array) && array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : [];

    /// <summary>The names of the properties of an object.</summary>
    /// <exception cref="UnknownEventException">One is not Unicode.</exception>
    public static List<string> Names(this JsonElement json)
    {
        List<string> names = [];
        try
        {
            foreach (JsonProperty property in json.EnumerateObject())
            {
                names.Add(property.Name);
            }
        }
        catch (InvalidOperationException exception)
        {
            throw UnknownEventException.NotUnicode(exception);
        }

        return names;
    }

    private static string AsText(JsonElement json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            // JSON may escape half of a surrogate pair, or hold bytes that are not UTF-8; .NET finds out when the text is wanted.
            throw UnknownEventException.NotUnicode(exception);
        }
    }
}
