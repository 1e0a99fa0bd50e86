using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

/// <summary>The object that x-amz-copy-source names: bucket/key, percent-encoded, with or without a slash before it.</summary>
internal sealed class CopySource : IAsyncDisposable
{
    private CopySource(string bucket, StoredObject stored, FileStream content)
    {
        Bucket = bucket;
        Stored = stored;
        Content = content;
    }

    public string Bucket { get; }

    public StoredObject Stored { get; }

    public FileStream Content { get; }

    /// <exception cref="S3Exception">It does not exist, or its conditions do not hold.</exception>
    public static CopySource Open(S3Call call, ObjectStore store)
    {
        Encryption.CheckCopySource(call.Request.Headers);
        string source = call.Header("x-amz-copy-source") ?? "";
        string[] pathAndVersion = source.Split("?versionId=", 2);

        // Some clients encode slashes too, so decoding comes before splitting.
        string[] bucketAndKey = S3Target.Unescape(pathAndVersion[0]).TrimStart('/').Split('/', 2);
        if (bucketAndKey is not [{ Length: > 0 } bucket, { Length: > 0 } key])
        {
            throw S3Error.InvalidArgument("x-amz-copy-source", source, "BUCKET/KEY, percent-encoded");
        }

        if (pathAndVersion.Length == 2 && pathAndVersion[1] != "null")
        {
            throw S3Error.NoSuchVersion(key, pathAndVersion[1]);
        }

        StoredObject stored = store.Find(bucket).Open(key, withContent: true, out FileStream? content);
        if (!Preconditions.CheckRead(call, stored, "x-amz-copy-source-"))
        {
            content!.Dispose();
            throw S3Error.PreconditionFailed("x-amz-copy-source-If-None-Match, x-amz-copy-source-If-Modified-Since");
        }

        return new CopySource(bucket, stored, content!);
    }

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
