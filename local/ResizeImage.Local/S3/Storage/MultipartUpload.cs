using ResizeImage.Local.S3.Content;

namespace ResizeImage.Local.S3.Storage;

/// <summary>A multipart upload in progress. It ends with the server. Its parts are staged files.</summary>
internal sealed class MultipartUpload : IDisposable
{
    private readonly object _lock = new();
    private readonly SortedDictionary<int, UploadedPart> _parts = [];
    private bool _ended;

    public required string Id { get; init; }

    public required string Bucket { get; init; }

    public required string Key { get; init; }

    public required DateTime Initiated { get; init; }

    /// <summary>As in <see cref="StoredObject.Headers"/>.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>As in <see cref="StoredObject.Tags"/>.</summary>
    public required IReadOnlyList<ObjectTag>? Tags { get; init; }

    /// <summary>As in <see cref="StoredObject.Acl"/>.</summary>
    public required string? Acl { get; init; }

    /// <summary>The algorithm that the client chose, or null.</summary>
    public required string? ChecksumAlgorithm { get; init; }

    /// <summary>FULL_OBJECT or COMPOSITE.</summary>
    public required string ChecksumType { get; init; }

    /// <summary>Held while the upload is completed, so that only one request does.</summary>
    public SemaphoreSlim Completing { get; } = new(1, 1);

    /// <summary>Keeps the part, in place of an earlier one of its number.</summary>
    /// <exception cref="S3Exception">NoSuchUpload: it ended meanwhile.</exception>
    public void Add(UploadedPart part)
    {
        lock (_lock)
        {
            if (_ended)
            {
                throw S3Error.NoSuchUpload(Id);
            }

            if (_parts.Remove(part.Number, out UploadedPart? replaced))
            {
                replaced.File.Dispose();
            }

            _parts[part.Number] = part;
        }
    }

    /// <summary>The parts in order.</summary>
    public IReadOnlyList<UploadedPart> Parts()
    {
        lock (_lock)
        {
            return [.. _parts.Values];
        }
    }

    /// <summary>Ends the upload and deletes its parts.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _ended = true;
            foreach (UploadedPart part in _parts.Values)
            {
                part.File.Dispose();
            }

            _parts.Clear();
        }
    }
}

/// <param name="Number">1 to 10,000.</param>
/// <param name="Md5">16 bytes; in hex, the part's ETag.</param>
/// <param name="Checksum">The checksum by the upload's algorithm, or null.</param>
/// <param name="LastModified">UTC.</param>
internal sealed record UploadedPart(
    int Number, long Size, byte[] Md5, ReceivedChecksum? Checksum, DateTime LastModified, StagedFile File);
