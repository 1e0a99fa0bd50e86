using System.Text.Json.Nodes;

namespace ResizeImage.Tests.Support;

/// <summary>Replaces values inside JSON, one at a time.</summary>
internal static class Mutations
{
    /// <summary>How many values there are, at any depth.</summary>
    public static int Count(JsonNode json) => Places(json).Count();

    /// <summary>Puts another value in a place.</summary>
    /// <param name="json">Changed.</param>
    /// <param name="index">Below <see cref="Count"/>.</param>
    /// <param name="value">The other value.</param>
    public static void Replace(JsonNode json, int index, JsonNode? value) => Places(json).ElementAt(index)(value);

    private static IEnumerable<Action<JsonNode?>> Places(JsonNode? json)
    {
        if (json is JsonObject properties)
        {
            foreach ((string name, JsonNode? value) in properties.ToList())
            {
                yield return other => properties[name] = other;
                foreach (Action<JsonNode?> place in Places(value))
                {
                    yield return place;
                }
            }
        }
        else if (json is JsonArray array)
        {
            for (int i = 0; i < array.Count; i++)
            {
                int index = i;
                yield return other => array[index] = other;
                foreach (Action<JsonNode?> place in Places(array[index]))
                {
                    yield return place;
                }
            }
        }
    }
}
