using System.Net;

namespace ResizeImage.Local;

/// <summary>The values of the command line.</summary>
internal sealed record CommandLine
{
    /// <summary>The number of further ports to try for a port that was not given.</summary>
    public const int FurtherPorts = 100;

    private readonly int? _pagePort;
    private readonly int? _cdnPort;
    private readonly int? _urlPort;

    public IReadOnlyList<string> Photos { get; init; } = [];

    public string? Function { get; init; }

    public string Out { get; init; } = "thumbnails";

    public PortArgument Port { get; init; } = new(4566, IsGiven: false);

    /// <summary>By default the port after the one of S3, or any free one where S3 uses any.</summary>
    public PortArgument PagePort
    {
        get => After(Port, _pagePort);
        init => _pagePort = value.IsGiven ? value.Number : null;
    }

    public PortArgument LambdaPort { get; init; } = new(3001, IsGiven: false);

    /// <summary>Of the function's URL; by default the port after the one of Lambda.</summary>
    public PortArgument UrlPort
    {
        get => After(LambdaPort, _urlPort);
        init => _urlPort = value.IsGiven ? value.Number : null;
    }

    /// <summary>Where pages get thumbnails; by default the port after the one of the page.</summary>
    public PortArgument CdnPort
    {
        get => After(PagePort, _cdnPort);
        init => _cdnPort = value.IsGiven ? value.Number : null;
    }

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

    private static PortArgument After(PortArgument port, int? given) => new(given ?? (port.Number is 0 or ushort.MaxValue ? 0 : port.Number + 1), given is not null);
}

/// <param name="Number">0 for any free port.</param>
/// <param name="IsGiven">A port that was not given may be replaced by another one.</param>
internal readonly record struct PortArgument(int Number, bool IsGiven)
{
    /// <summary>The number of ports after it that may be tried.</summary>
    public int Further => IsGiven ? 0 : CommandLine.FurtherPorts;
}
