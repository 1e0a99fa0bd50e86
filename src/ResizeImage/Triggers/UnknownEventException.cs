using System.Text.Json;

namespace ResizeImage.Triggers;

/// <summary>The event is none that the function takes. The message says what came and what is understood.</summary>
public sealed class UnknownEventException : Exception
{
    private const int MaxNames = 20;

    private UnknownEventException(string found, Exception? inner = null)
        : base($"{found} Understood are {EventShapes.Understood}.", inner)
    {
    }

    /// <summary>An event of an unknown shape, or of one that has no place there.</summary>
    /// <param name="what">"The event", or what of it.</param>
    /// <param name="json">It.</param>
    internal static UnknownEventException Of(string what, JsonElement json) => new($"{what} {Describe(json)}.");

    /// <summary>What is no JSON at all.</summary>
    internal static UnknownEventException NotJson(string what, JsonException exception) => new($"{what} is not JSON: {exception.Message}", exception);

    private static string Describe(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return $"is of the JSON type {json.ValueKind}";
        }

        string names = Names(json);
        string ofFirst = json.Elements("Records").FirstOrDefault() is { ValueKind: JsonValueKind.Object } first ? $", and its first record {Names(first)}" : string.Empty;
        string type = json.Text("detail-type") is { } detail ? $"; its detail-type is \"{detail}\", its source \"{json.Text("source")}\"" : string.Empty;
        return $"has the properties {names}{ofFirst}{type}";
    }

    private static string Names(JsonElement json)
    {
        List<string> names = [];
        foreach (JsonProperty property in json.EnumerateObject())
        {
            names.Add(property.Name);
        }

        return names.Count switch
        {
            0 => "(none)",
            > MaxNames => $"{string.Join(", ", names.Take(MaxNames))} and {names.Count - MaxNames} more",
            _ => string.Join(", ", names),
        };
    }
}
