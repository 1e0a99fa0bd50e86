using System.Net;

namespace ResizeImage.Local.S3;

/// <summary>How an <see cref="S3Server"/> is set up.</summary>
public sealed record S3ServerOptions
{
    /// <summary>Holds the buckets, one folder each; made if missing.</summary>
    public required string Folder { get; init; }

    /// <summary>The address to listen on. Any but 127.0.0.1 lets whoever reaches it read and write everything.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>The port to listen on; 0 picks a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// Origins whose pages may use this S3 from a browser, such as http://127.0.0.1:8080; one * in it stands for anything.
    /// Like a bucket's CORS configuration, but for all buckets.
    /// </summary>
    public IReadOnlyCollection<string> AllowedOrigins { get; init; } = [];
}
