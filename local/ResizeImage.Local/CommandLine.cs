using System.Net;

namespace ResizeImage.Local;

/// <summary>The values of the command line.</summary>
internal sealed record CommandLine
{
    /// <summary>The number of further ports to try for a port that was not given.</summary>
    public const int FurtherPorts = 100;

    private readonly int? _pagePort;

    public IReadOnlyList<string> Photos { get; init; } = [];

    public string? Function { get; init; }

    public string Out { get; init; } = "thumbnails";

    public PortArgument Port { get; init; } = new(4566, IsGiven: false);

    /// <summary>By default the port after the one of S3, or any free one where S3 uses any.</summary>
    public PortArgument PagePort
    {
        get => new(_pagePort ?? (Port.Number is 0 or ushort.MaxValue ? 0 : Port.Number + 1), _pagePort is not null);
        init => _pagePort = value.IsGiven ? value.Number : null;
    }

    public PortArgument LambdaPort { get; init; } = new(3001, IsGiven: false);

    public IPAddress Host { get; init; } = IPAddress.Loopback;

    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    public string Data { get; init; } = ".local";

    public string Bucket { get; init; } = "photos";

    /// <summary>Null where it was not given.</summary>
    public string? Input { get; init; }

    /// <summary>Null where it was not given.</summary>
    public string? Output { get; init; }

    public bool Samples { get; init; }

    /// <summary>In MB.</summary>
    public int MemorySize { get; init; } = 512;

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}

/// <param name="Number">0 for any free port.</param>
/// <param name="IsGiven">A port that was not given may be replaced by another one.</param>
internal readonly record struct PortArgument(int Number, bool IsGiven)
{
    /// <summary>The number of ports after it that may be tried.</summary>
    public int Further => IsGiven ? 0 : CommandLine.FurtherPorts;
}
