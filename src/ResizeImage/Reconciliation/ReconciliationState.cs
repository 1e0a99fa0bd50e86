using ResizeImage.Configuration;
using ResizeImage.Storage;

namespace ResizeImage.Reconciliation;

/// <summary>
/// How far a reconciliation has come: the key of the last photo done, in a small object beside the thumbnails. There, the function's role
/// may read and write already, and nothing else has to be set up.
/// </summary>
/// <param name="access">To S3.</param>
/// <param name="settings">Say where thumbnails go.</param>
/// <param name="bucket">The bucket of the photos.</param>
internal sealed class ReconciliationState(ObjectAccess access, Settings settings, string bucket)
{
    private readonly ObjectLocation _location = new(settings.OutputBucket ?? bucket, settings.StatePrefix + bucket);

    /// <summary>The key of the last photo done; null at the beginning.</summary>
    /// <exception cref="StorageException">S3 refused, or the connection broke.</exception>
    public Task<string?> ReadAsync(CancellationToken cancellationToken) => access.Text(_location).ReadAsync(cancellationToken);

    /// <summary>Keeps the place; null for the beginning.</summary>
    /// <exception cref="StorageException">S3 refused, or the connection broke.</exception>
    public Task WriteAsync(string? lastDone, CancellationToken cancellationToken) => lastDone is null
        ? access.Writer.DeleteAsync(_location, cancellationToken)
        : access.Writer.WriteTextAsync(_location, lastDone, "text/plain; charset=utf-8", cancellationToken);
}
