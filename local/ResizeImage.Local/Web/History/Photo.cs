namespace ResizeImage.Local.Web.History;

/// <summary>A photo as the page shows it.</summary>
internal sealed record Photo
{
    public required string Key { get; init; }

    /// <summary>The key below the input prefix.</summary>
    public required string Name { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Without quotes.</summary>
    public required string ETag { get; init; }

    /// <summary>When it was put, UTC.</summary>
    public required DateTime Time { get; init; }

    /// <summary>stored, queued, running, retrying, or what the function's report says: made, skipped, rejected, failed.</summary>
    public string Status { get; init; } = PhotoStatus.Stored;

    /// <summary>What the function says about it, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>The last invocation that concerned it.</summary>
    public string? InvocationId { get; init; }

    /// <summary>What the function last reported of it.</summary>
    public ThumbnailReportLine? Result { get; init; }

    /// <summary>Its thumbnails that are in S3, in the order of the function's outputs.</summary>
    public IReadOnlyList<StoredThumbnail> Thumbnails { get; init; } = [];

    /// <summary>Where a browser gets it; set when it is sent to one.</summary>
    public string? Url { get; init; }

    /// <summary>Where a browser gets a small version; null for photos that are small themselves.</summary>
    public string? Preview { get; init; }
}

/// <summary>A thumbnail in S3.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="ETag">Without quotes.</param>
/// <param name="Name">The name of the output; null if the function has only one.</param>
/// <param name="Url">Where a browser gets it; set when it is sent to one.</param>
internal sealed record StoredThumbnail(string Key, long Size, string ETag, string? Name = null, string? Url = null);

/// <summary>Where a thumbnail of a photo is or can be.</summary>
/// <param name="Name">The name of the output; null if the function has only one.</param>
/// <param name="Key">In the bucket of the photo.</param>
internal sealed record ThumbnailPlace(string? Name, string Key)
{
    /// <summary>Whether a request makes it, and not the upload.</summary>
    public bool IsOnRequest { get; init; }
}

/// <summary>What can be said of a photo before the function has reported on it.</summary>
internal static class PhotoStatus
{
    public const string Stored = "stored";
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Retrying = "retrying";
    public const string Failed = "failed";
}
