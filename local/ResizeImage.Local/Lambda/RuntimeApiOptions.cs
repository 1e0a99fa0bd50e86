namespace ResizeImage.Local.Lambda;

/// <summary>Settings of a <see cref="RuntimeApi"/>. The defaults are those of the deployment, except for the short delays.</summary>
public sealed record RuntimeApiOptions
{
    /// <summary>The port of 127.0.0.1 to listen on; 0 picks a free one.</summary>
    public int Port { get; init; }

    /// <summary>The number of ports after <see cref="Port"/> to try while ports are in use.</summary>
    internal int FurtherPorts { get; init; }

    /// <summary>The function's name.</summary>
    public string FunctionName { get; init; } = "ResizeImage";

    /// <summary>The memory that the function may use, in MB of 1,048,576 bytes.</summary>
    public int MemorySize { get; init; } = 512;

    /// <summary>How long one invocation may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The delay before each retry of a failed event; the count is the number of retries. Lambda waits 1 and 2 minutes.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; init; } = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1)];
}
