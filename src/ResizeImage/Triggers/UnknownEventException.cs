using System.Text.Json;
using ResizeImage.Text;

namespace ResizeImage.Triggers;

/// <summary>The function does not accept the event. The message says what arrived and what is accepted.</summary>
public sealed class UnknownEventException : Exception
{
    private const int MaxNames = 20;

    private UnknownEventException(string found, string advice, Exception? inner = null)
        : base(LogText.Escape($"{found} {advice}"), LogText.Cause(inner))
    {
    }

    private static string Advice => $"The function accepts {EventShapes.Accepted}.";

    /// <summary>An event of an unknown shape, or of one that has no place there.</summary>
    internal static UnknownEventException Of(string what, JsonElement json) => new($"{what} {Describe(json)}.", Advice);

    /// <summary>The event is not JSON.</summary>
    internal static UnknownEventException NotJson(string what, Exception exception) => new($"{what} is not JSON: {exception.Message}", Advice, exception);

    /// <summary>JSON with text in it that is not Unicode.</summary>
    internal static UnknownEventException NotUnicode(Exception exception) =>
        new($"Text in the event is not Unicode: {exception.Message}", "No object of S3 has such a name.", exception);

    /// <summary>An event for FunctionHandler that no bucket sent.</summary>
    internal static UnknownEventException WithoutRecords() => new(
        "The event has no records of S3.",
        "The handler FunctionHandler accepts the notifications that S3 itself sends. For all other triggers (EventBridge, SNS, SQS, S3 Batch Operations, "
        + "a schedule, HTTP) set the function's handler to ResizeImage::ResizeImage.Function::HandleEvent.");

    private static string Describe(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return json.ValueKind == JsonValueKind.Array && json.GetArrayLength() > 0 && json[0].ValueKind == JsonValueKind.Object
                ? $"is of the JSON type {json.ValueKind}, and its first element {Describe(json[0])}"
                : $"is of the JSON type {json.ValueKind}";
        }

        string names = Names(json);
        string ofFirst = json.Elements("Records").FirstOrDefault() is { ValueKind: JsonValueKind.Object } first ? $", and its first record {Names(first)}" : string.Empty;
        string type = json.Text("detail-type") is { } detail ? $"; its detail-type is \"{detail}\", its source \"{json.Text("source")}\"" : string.Empty;
        return $"has the properties {names}{ofFirst}{type}";
    }

    private static string Names(JsonElement json)
    {
        List<string> names = json.Names();
        return names.Count switch
        {
            0 => "(none)",
            > MaxNames => $"{string.Join(", ", names.Take(MaxNames))} and {names.Count - MaxNames} more",
            _ => string.Join(", ", names),
        };
    }
}
