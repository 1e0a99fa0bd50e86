namespace ResizeImage.EndToEnd;

/// <summary>A function that takes part.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Path">Its executable.</param>
/// <param name="Environment">Environment variables besides Lambda's own.</param>
internal sealed record Contestant(string Name, string Path, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>NAME=EXECUTABLE. NODE_PATH, where Node.js looks for what a script requires, is that of this process.</summary>
    public static Contestant Parse(string argument)
    {
        string[] parts = argument.Split('=', 2);
        Dictionary<string, string> environment = System.Environment.GetEnvironmentVariable("NODE_PATH") is { } path ? new() { ["NODE_PATH"] = path } : [];
        return new Contestant(parts[0], parts[^1], environment);
    }
}
