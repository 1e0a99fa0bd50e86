using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ResizeImage.Local.S3.Storage;

/// <summary>
/// The objects of one bucket: each a file in the bucket's folder and a metadata file in the store's own.
/// An index in memory answers what exists; files and index change together under one lock.
/// </summary>
internal sealed class Bucket
{
    private readonly object _lock = new();
    private readonly SortedSet<string> _keys = new(Utf8Order.Instance);
    private readonly Dictionary<string, StoredObject> _objects = new(StringComparer.Ordinal);
    private readonly string _dataFolder;
    private readonly string _metadataFolder;
    private readonly bool _exactNames;
    private bool _deleted;

    /// <summary>Opens the bucket and reads what is in it.</summary>
    public Bucket(string name, string dataFolder, string metadataFolder, bool exactNames)
    {
        Name = name;
        _dataFolder = dataFolder;
        _metadataFolder = metadataFolder;
        _exactNames = exactNames;
        Directory.CreateDirectory(dataFolder);
        Directory.CreateDirectory(metadataFolder);
        CreationDate = Directory.GetCreationTimeUtc(metadataFolder);
        foreach (string file in Directory.GetFiles(metadataFolder, "*.json", SearchOption.AllDirectories))
        {
            Load(file);
        }
    }

    public string Name { get; }

    public DateTime CreationDate { get; }

    /// <summary>The object, and its bytes if they are wanted: both of the same version, whatever happens to the key meanwhile.</summary>
    /// <exception cref="S3Exception">NoSuchKey.</exception>
    public StoredObject Open(string key, bool withContent, out FileStream? content)
    {
        lock (_lock)
        {
            if (!_objects.TryGetValue(key, out var stored) || !TryOpenFile(stored, out content))
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

    /// <summary>Makes the staged file the object, in place of one that exists.</summary>
    /// <param name="stored">What is known of it.</param>
    /// <param name="content">Its bytes, complete.</param>
    /// <param name="metadata">Where its metadata can be staged.</param>
    /// <param name="check">Gets the object that exists, or null, and throws where the request's conditions forbid replacing it.</param>
    /// <param name="committed">Called when it is done, in the order in which objects are replaced.</param>
    public void Commit(StoredObject stored, StagedFile content, StagedFile metadata, Action<StoredObject?> check, Action committed)
    {
        using (var file = metadata.Create())
        {
            JsonSerializer.Serialize(file, stored, StoredObjectJson.Default.StoredObject);
        }

        lock (_lock)
        {
            ThrowIfDeleted();
            check(_objects.GetValueOrDefault(stored.Key));
            content.MoveTo(DataPath(stored.Key));
            metadata.MoveTo(MetadataPath(stored.Key));
            _objects[stored.Key] = stored;
            _keys.Add(stored.Key);
            committed();
        }
    }

    /// <summary>Deletes the object; does nothing where there is none.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="check">As in <see cref="Commit"/>.</param>
    /// <param name="deleted">Called if something was deleted.</param>
    public void Delete(string key, Action<StoredObject?> check, Action deleted)
    {
        lock (_lock)
        {
            check(_objects.GetValueOrDefault(key));
            if (!_objects.Remove(key))
            {
                return;
            }

            _keys.Remove(key);
            DeleteWithEmptyFolders(DataPath(key), _dataFolder);
            DeleteWithEmptyFolders(MetadataPath(key), _metadataFolder);
            deleted();
        }
    }

    /// <summary>One page of the keys in their order.</summary>
    public ListPage List(ListQuery query)
    {
        lock (_lock)
        {
            return ListPage.Read(KeysFrom(query), key => _objects[key], query);
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

            // Not recursive: what a person put into the folder by hand stays, and keeps the folder.
            DeleteIfEmpty(_dataFolder);
            Directory.Delete(_metadataFolder, recursive: true);
            _deleted = true;
        }
    }

    private SortedSet<string> KeysFrom(ListQuery query)
    {
        string first = Utf8Order.Instance.Compare(query.StartAfter, query.Prefix) > 0 ? query.StartAfter : query.Prefix;
        return _keys.Max is { } last && Utf8Order.Instance.Compare(first, last) <= 0 ? _keys.GetViewBetween(first, last) : [];
    }

    private void Load(string metadataFile)
    {
        StoredObject? stored;
        try
        {
            using var file = File.OpenRead(metadataFile);
            stored = JsonSerializer.Deserialize(file, StoredObjectJson.Default.StoredObject);
        }
        catch (JsonException)
        {
            stored = null;
        }

        // A file that was taken away, changed by hand, or left by a crash is no longer the object that was put.
        var content = stored is null ? null : new FileInfo(DataPath(stored.Key));
        if (stored is null || content is not { Exists: true } || content.Length != stored.Size)
        {
            File.Delete(metadataFile);
            return;
        }

        _objects[stored.Key] = stored;
        _keys.Add(stored.Key);
    }

    private bool TryOpenFile(StoredObject stored, [NotNullWhen(true)] out FileStream? content)
    {
        content = null;
        try
        {
            content = new FileStream(
                DataPath(stored.Key), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);
            if (content.Length == stored.Size)
            {
                return true;
            }

            content.Dispose();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Taken away by hand.
        }

        return false;
    }

    private void ThrowIfDeleted()
    {
        if (_deleted)
        {
            throw S3Error.NoSuchBucket(Name);
        }
    }

    private string DataPath(string key) => Path.Join(_dataFolder, KeyPath.ToRelativePath(key, _exactNames));

    private string MetadataPath(string key) => Path.Join(_metadataFolder, KeyPath.ToRelativePath(key, _exactNames) + ".json");

    private static void DeleteWithEmptyFolders(string file, string root)
    {
        string folder = Path.GetDirectoryName(file)!;
        if (Directory.Exists(folder))
        {
            File.Delete(file);
        }

        while (folder.Length > root.Length && DeleteIfEmpty(folder))
        {
            folder = Path.GetDirectoryName(folder)!;
        }
    }

    private static bool DeleteIfEmpty(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return true;
        }

        if (Directory.EnumerateFileSystemEntries(folder).Any())
        {
            return false;
        }

        Directory.Delete(folder);
        return true;
    }
}
