using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace ResizeImage.Local.S3.Storage;

/// <summary>The multipart uploads that have begun and not ended.</summary>
internal sealed class MultipartUploads
{
    private readonly ConcurrentDictionary<string, MultipartUpload> _uploads = new(StringComparer.Ordinal);

    public static string NewId() => Convert.ToHexString(RandomNumberGenerator.GetBytes(24));

    public void Add(MultipartUpload upload) => _uploads[upload.Id] = upload;

    /// <exception cref="S3Exception">NoSuchUpload.</exception>
    public MultipartUpload Find(string id, string bucket, string key) => TryFind(id, bucket, key) ?? throw S3Error.NoSuchUpload(id);

    /// <summary>Null if there is no such upload, or it ended.</summary>
    public MultipartUpload? TryFind(string id, string bucket, string key) =>
        _uploads.TryGetValue(id, out MultipartUpload? upload) && upload.Bucket == bucket && upload.Key == key ? upload : null;

    /// <summary>Ends the upload, aborted or completed.</summary>
    public void End(MultipartUpload upload)
    {
        _uploads.TryRemove(upload.Id, out _);
        upload.Dispose();
    }

    /// <summary>By key, then by the time of their beginning.</summary>
    public IReadOnlyList<MultipartUpload> Of(string bucket, string prefix) =>
    [
        .. _uploads.Values
            .Where(upload => upload.Bucket == bucket && upload.Key.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(upload => upload.Key, Utf8Order.Instance)
            .ThenBy(upload => upload.Initiated)
            .ThenBy(upload => upload.Id, StringComparer.Ordinal),
    ];
}
