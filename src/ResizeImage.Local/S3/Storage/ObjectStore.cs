using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace ResizeImage.Local.S3.Storage;

/// <summary>
/// Buckets on a folder: FOLDER/bucket/… the objects' bytes, FOLDER/.s3/metadata/bucket/… what else is known of them,
/// FOLDER/.s3/staging/ what is being written.
/// </summary>
internal sealed partial class ObjectStore : IDisposable
{
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private readonly string _folder;
    private readonly string _metadata;
    private readonly string _staging;
    private readonly bool _exactNames;
    private readonly FolderLock _lock;
    private long _staged;

    /// <exception cref="LocalCloudException">The folder cannot be used, or another server uses it.</exception>
    public ObjectStore(string folder)
    {
        _folder = Path.GetFullPath(folder);
        string own = Path.Join(_folder, ".s3");
        _metadata = Path.Join(own, "metadata");
        _staging = Path.Join(own, "staging");
        try
        {
            Directory.CreateDirectory(_metadata);
            _lock = FolderLock.Take(own);
            _exactNames = !_lock.IsFoundInOtherCase;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalCloudException($"The folder {_folder} cannot hold the buckets: {e.Message} Choose another folder: --data DIR.", e);
        }

        // Left by a run that was killed.
        if (Directory.Exists(_staging))
        {
            Directory.Delete(_staging, recursive: true);
        }

        Directory.CreateDirectory(_staging);
        foreach (string bucket in Directory.EnumerateDirectories(_metadata).Select(Path.GetFileName).OfType<string>())
        {
            _buckets[bucket] = Open(bucket);
        }
    }

    public IEnumerable<Bucket> Buckets => _buckets.Values.OrderBy(bucket => bucket.Name, StringComparer.Ordinal);

    /// <exception cref="S3Exception">NoSuchBucket.</exception>
    public Bucket Find(string name) => _buckets.TryGetValue(name, out var bucket) ? bucket : throw S3Error.NoSuchBucket(name);

    /// <summary>Makes the bucket if it does not exist, as S3 does in us-east-1.</summary>
    /// <exception cref="S3Exception">InvalidBucketName.</exception>
    public void Create(string name)
    {
        if (!BucketName().IsMatch(name) || name.Contains("..", StringComparison.Ordinal))
        {
            throw S3Error.InvalidBucketName(name);
        }

        lock (_buckets)
        {
            if (!_buckets.ContainsKey(name))
            {
                _buckets[name] = Open(name);
            }
        }
    }

    /// <exception cref="S3Exception">NoSuchBucket, BucketNotEmpty.</exception>
    public void Delete(string name)
    {
        lock (_buckets)
        {
            Find(name).DeleteBucket();
            _buckets.TryRemove(name, out _);
        }
    }

    /// <summary>A new file to write to; dispose it when done.</summary>
    public StagedFile Stage() => new(Path.Join(_staging, Interlocked.Increment(ref _staged).ToString("x8", null)));

    /// <summary>Gives the folder free, without what was not completed.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_staging, recursive: true);
        }
        catch (IOException)
        {
            // A request that was cut off still writes; the next start clears up.
        }

        _lock.Dispose();
    }

    private Bucket Open(string name) => new(name, Path.Join(_folder, name), Path.Join(_metadata, name), _exactNames);

    // "General purpose bucket naming rules" in the Amazon S3 User Guide.
    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex BucketName();
}
