namespace ResizeImage.EndToEnd;

/// <summary>The times of S3, seen from a function in the same region.</summary>
internal sealed record WireOptions
{
    /// <summary>From a GET to the first byte of the body.</summary>
    public TimeSpan FirstByte { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Of a body, on one connection.</summary>
    public double BytesPerSecond { get; init; } = 80e6;

    /// <summary>Of a HEAD.</summary>
    public TimeSpan Head { get; init; } = TimeSpan.FromMilliseconds(12);

    /// <summary>Of a PUT, and of every other request.</summary>
    public TimeSpan Put { get; init; } = TimeSpan.FromMilliseconds(30);

    /// <summary>Whether connections are encrypted, as those to S3 are.</summary>
    public bool IsEncrypted { get; init; } = true;
}
