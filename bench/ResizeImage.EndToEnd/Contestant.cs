namespace ResizeImage.EndToEnd;

/// <summary>A function to measure.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Path">Its executable.</param>
/// <param name="Environment">Environment variables in addition to Lambda's own.</param>
internal sealed record Contestant(string Name, string Path, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The same with further environment variables.</summary>
    public Contestant With(IReadOnlyDictionary<string, string> environment) =>
        this with { Environment = new Dictionary<string, string>(Environment.Concat(environment)) };

    /// <summary>Parses NAME=EXECUTABLE. The function gets this process's NODE_PATH, in which Node.js finds the modules of a script.</summary>
    public static Contestant Parse(string argument)
    {
        string[] parts = argument.Split('=', 2);
        Dictionary<string, string> environment = System.Environment.GetEnvironmentVariable("NODE_PATH") is { } path ? new() { ["NODE_PATH"] = path } : [];
        return new Contestant(parts[0], parts[^1], environment);
    }
}
