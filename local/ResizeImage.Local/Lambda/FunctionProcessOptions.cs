namespace ResizeImage.Local.Lambda;

/// <summary>What a <see cref="FunctionProcess"/> runs.</summary>
public sealed record FunctionProcessOptions
{
    /// <summary>The function's executable: a native file, or a .dll for dotnet.</summary>
    public required string Path { get; init; }

    /// <summary>The S3 endpoint that the function works on; null for none.</summary>
    public Uri? S3 { get; init; }

    /// <summary>Environment variables, without those that Lambda sets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets each line that the function writes.</summary>
    public Action<string> Output { get; init; } = _ => { };

    /// <summary>The number of successive process ends without a request for an invocation after which starting stops.</summary>
    public int MaxCrashes { get; init; } = 3;
}
