using System.Net;
using ResizeImage.Local.S3.Notifications;

namespace ResizeImage.Local.S3;

/// <summary>How an <see cref="S3Server"/> is set up.</summary>
public sealed record S3ServerOptions
{
    /// <summary>Holds the buckets, one folder each; made if missing.</summary>
    public required string Folder { get; init; }

    /// <summary>The address to listen on. On any other than 127.0.0.1, everyone who reaches it can read and write everything.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>The port to listen on; 0 picks a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// Origins whose pages may use this S3 from a browser, such as http://127.0.0.1:8080; one * matches anything.
    /// Like a bucket's CORS configuration, but for all buckets.
    /// </summary>
    public IReadOnlyCollection<string> AllowedOrigins { get; init; } = [];

    /// <summary>Names of this machine that requests may use, in addition to IP addresses and localhost.</summary>
    public IReadOnlyCollection<string> AllowedHosts { get; init; } = [];

    /// <summary>The number of ports after <see cref="Port"/> to try while ports are in use.</summary>
    internal int FurtherPorts { get; init; }

    /// <summary>The function that buckets can notify; null for none.</summary>
    internal string? FunctionArn { get; init; }

    /// <summary>The configuration of a bucket until a client puts another one; null for none.</summary>
    internal (string Bucket, NotificationConfiguration Configuration)? DefaultNotifications { get; init; }

    /// <summary>Called when a client has put another notification configuration for a bucket.</summary>
    internal Action<string, NotificationConfiguration> NotificationsChanged { get; init; } = (_, _) => { };

    /// <summary>Awaited before each request; it throws an <see cref="S3Exception"/> to refuse the request.</summary>
    internal Func<HttpRequest, CancellationToken, Task> Admit { get; init; } = (_, _) => Task.CompletedTask;
}
