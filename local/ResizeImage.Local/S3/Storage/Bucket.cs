using System.Text.Json;

namespace ResizeImage.Local.S3.Storage;

/// <summary>
/// The objects of one bucket. Files and the index in memory change together under one lock.
/// </summary>
internal sealed class Bucket
{
    private readonly object _lock = new();
    private readonly SortedSet<string> _keys = new(Utf8Order.Instance);
    private readonly Dictionary<string, StoredObject> _objects = new(StringComparer.Ordinal);
    private readonly BucketFiles _files;
    private readonly string _configurationFile;
    private BucketConfiguration _configuration;
    private bool _deleted;
    private bool _closed;

    /// <summary>Opens the bucket, or makes it, and reads its objects.</summary>
    /// <param name="metadataFolder">Its creation time is the bucket's.</param>
    /// <param name="configurationFile">Has its <see cref="BucketConfiguration"/>; missing while it has the defaults.</param>
    public Bucket(string name, BucketFiles files, string metadataFolder, string configurationFile)
    {
        Name = name;
        _files = files;
        _configurationFile = configurationFile;
        _configuration = BucketConfiguration.Read(configurationFile);
        files.Create();
        CreationDate = Directory.GetCreationTimeUtc(metadataFolder);
        foreach (StoredObject stored in files.Load())
        {
            _objects[stored.Key] = stored;
            _keys.Add(stored.Key);
        }
    }

    public string Name { get; }

    public DateTime CreationDate { get; }

    /// <summary>Settings of the bucket as a whole.</summary>
    public BucketConfiguration Configuration
    {
        get
        {
            lock (_lock)
            {
                return _configuration;
            }
        }
    }

    /// <summary>Changes <see cref="Configuration"/>, on disk and here.</summary>
    /// <param name="staged">Used for writing the file.</param>
    public void Configure(Func<BucketConfiguration, BucketConfiguration> change, StagedFile staged)
    {
        lock (_lock)
        {
            ThrowIfDeleted();
            BucketConfiguration changed = change(_configuration);
            using (FileStream file = staged.Create())
            {
                JsonSerializer.Serialize(file, changed, BucketConfigurationJson.Default.BucketConfiguration);
            }

            staged.MoveTo(_configurationFile);
            _configuration = changed;
        }
    }

    /// <summary>The object and, on request, its bytes. Both are of the same version, even if the object is replaced meanwhile.</summary>
    /// <exception cref="S3Exception">NoSuchKey.</exception>
    public StoredObject Open(string key, bool withContent, out FileStream? content)
    {
        lock (_lock)
        {
            if (!_objects.TryGetValue(key, out StoredObject? stored) || !_files.TryOpen(stored, out content))
            {
                throw S3Error.NoSuchKey(key);
            }

            if (!withContent)
            {
                content.Dispose();
                content = null;
            }

            return stored;
        }
    }

    /// <summary>The object, or null.</summary>
    public StoredObject? Find(string key)
    {
        lock (_lock)
        {
            return _objects.GetValueOrDefault(key);
        }
    }

    /// <summary>Makes the staged file the object, in place of one that exists.</summary>
    /// <param name="stored">All but its <see cref="StoredObject.Generation"/>.</param>
    /// <param name="metadata">Used for writing the metadata.</param>
    /// <param name="check">Gets the current object, or null, and throws if the request's conditions do not hold.</param>
    /// <param name="committed">Called afterwards under the lock, so in the order of the changes.</param>
    public void Commit(StoredObject stored, StagedFile content, StagedFile metadata, Action<StoredObject?> check, Action committed)
    {
        stored = stored with { Generation = content.Name };
        BucketFiles.Write(stored, metadata);
        lock (_lock)
        {
            ThrowIfDeleted();
            StoredObject? previous = _objects.GetValueOrDefault(stored.Key);
            check(previous);
            _files.Put(stored, content, metadata, previous);
            _objects[stored.Key] = stored;
            _keys.Add(stored.Key);
            committed();
        }
    }

    /// <summary>Changes the metadata of an object; its bytes stay.</summary>
    /// <param name="metadata">Used for writing the metadata.</param>
    /// <exception cref="S3Exception">NoSuchKey.</exception>
    public void Change(string key, Func<StoredObject, StoredObject> change, StagedFile metadata)
    {
        lock (_lock)
        {
            ThrowIfDeleted();
            StoredObject changed = change(Open(key, withContent: false, out _));
            _files.Replace(changed, metadata);
            _objects[key] = changed;
        }
    }

    /// <summary>Deletes the object; does nothing where there is none.</summary>
    /// <param name="check">As in <see cref="Commit"/>.</param>
    /// <param name="deleted">Called if something was deleted.</param>
    public void Delete(string key, Action<StoredObject?> check, Action deleted)
    {
        lock (_lock)
        {
            ThrowIfDeleted();
            check(_objects.GetValueOrDefault(key));
            if (!_objects.ContainsKey(key))
            {
                return;
            }

            _files.Delete(key);
            _objects.Remove(key);
            _keys.Remove(key);
            deleted();
        }
    }

    /// <summary>One page of the keys in their order.</summary>
    public ListPage<StoredObject> List(ListQuery query)
    {
        lock (_lock)
        {
            return ListPage<StoredObject>.Read(KeysFrom(query).Where(key => key != query.StartAfter).Select(key => _objects[key]), stored => stored.Key, query);
        }
    }

    /// <summary>Deletes the bucket's folders.</summary>
    /// <exception cref="S3Exception">BucketNotEmpty.</exception>
    public void DeleteBucket()
    {
        lock (_lock)
        {
            ThrowIfDeleted();
            if (_objects.Count > 0)
            {
                throw S3Error.BucketNotEmpty(Name);
            }

            _files.DeleteAll();
            File.Delete(_configurationFile);
            _deleted = true;
        }
    }

    /// <summary>Refuses further writes: the staged files are about to be deleted.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }
    }

    private SortedSet<string> KeysFrom(ListQuery query)
    {
        string first = Utf8Order.Instance.Compare(query.StartAfter, query.Prefix) > 0 ? query.StartAfter : query.Prefix;
        return _keys.Max is { } last && Utf8Order.Instance.Compare(first, last) <= 0 ? _keys.GetViewBetween(first, last) : [];
    }

    private void ThrowIfDeleted()
    {
        if (_deleted)
        {
            throw S3Error.NoSuchBucket(Name);
        }

        if (_closed)
        {
            throw S3Error.ServiceUnavailable();
        }
    }
}
