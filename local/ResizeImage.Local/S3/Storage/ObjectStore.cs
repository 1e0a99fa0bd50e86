using System.Collections.Concurrent;

namespace ResizeImage.Local.S3.Storage;

/// <summary>
/// Buckets on a folder: FOLDER/BUCKET/… has the objects' bytes, FOLDER/.s3/metadata/BUCKET/… the rest of each object,
/// FOLDER/.s3/buckets/BUCKET.json the settings of a bucket, FOLDER/.s3/staging/ unfinished files.
/// </summary>
internal sealed class ObjectStore : IDisposable
{
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private readonly string _folder;
    private readonly string _metadata;
    private readonly string _configurations;
    private readonly string _staging;
    private readonly FolderLock _lock;

    /// <exception cref="LocalCloudException">The folder cannot be used, or another server uses it.</exception>
    public ObjectStore(string folder)
    {
        _folder = Path.GetFullPath(folder);
        string own = Path.Join(_folder, ".s3");
        _metadata = Path.Join(own, "metadata");
        _configurations = Path.Join(own, "buckets");
        _staging = Path.Join(own, "staging");
        try
        {
            Directory.CreateDirectory(_metadata);
            _lock = FolderLock.Take(own);
            try
            {
                Load();
            }
            catch
            {
                _lock.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalCloudException($"The folder {_folder} cannot hold the buckets: {e.Message.TrimEnd('.')}. Choose another folder: --data DIR.", e);
        }
    }

    public IEnumerable<Bucket> Buckets => _buckets.Values.OrderBy(bucket => bucket.Name, StringComparer.Ordinal);

    /// <exception cref="S3Exception">NoSuchBucket.</exception>
    public Bucket Find(string name) => _buckets.TryGetValue(name, out Bucket? bucket) ? bucket : throw S3Error.NoSuchBucket(name);

    /// <summary>Makes the bucket if it does not exist.</summary>
    /// <param name="location">Its region; null for us-east-1, where a bucket may be made again.</param>
    /// <exception cref="S3Exception">InvalidBucketName, BucketAlreadyOwnedByYou.</exception>
    public void Create(string name, string? location = null)
    {
        if (!BucketNames.IsValid(name))
        {
            throw S3Error.InvalidBucketName(name);
        }

        lock (_buckets)
        {
            if (_buckets.TryGetValue(name, out Bucket? existing))
            {
                if (location is not null || existing.Configuration.Location is not null)
                {
                    throw S3Error.BucketAlreadyOwnedByYou(name);
                }

                return;
            }

            Bucket bucket = Open(name);
            if (location is not null)
            {
                using StagedFile staged = Stage();
                bucket.Configure(configuration => configuration with { Location = location }, staged);
            }

            _buckets[name] = bucket;
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
    public StagedFile Stage() => new(Path.Join(_staging, Guid.NewGuid().ToString("N")));

    /// <summary>Releases the folder and deletes unfinished files.</summary>
    public void Dispose()
    {
        foreach (Bucket bucket in _buckets.Values)
        {
            bucket.Close();
        }

        try
        {
            Directory.Delete(_staging, recursive: true);
        }
        catch (IOException)
        {
            // A canceled request still writes; the next start deletes its file.
        }

        _lock.Dispose();
    }

    private void Load()
    {
        string[] names = [.. Directory.EnumerateDirectories(_metadata).Select(Path.GetFileName).OfType<string>()];
        foreach (string name in names)
        {
            _buckets[name] = Open(name);
        }

        // Files of a killed process. Buckets have already moved the files that they refer to.
        if (Directory.Exists(_staging))
        {
            Directory.Delete(_staging, recursive: true);
        }

        Directory.CreateDirectory(_staging);
        Directory.CreateDirectory(_configurations);
        foreach (string orphan in Directory.GetFiles(_configurations).Where(file => !names.Contains(Path.GetFileNameWithoutExtension(file))))
        {
            File.Delete(orphan);
        }
    }

    private Bucket Open(string name)
    {
        string metadata = Path.Join(_metadata, name);
        BucketFiles files = new(Path.Join(_folder, name), metadata, _staging, exactNames: !_lock.IsFoundInOtherCase);
        return new Bucket(name, files, metadata, Path.Join(_configurations, name + ".json"));
    }
}
