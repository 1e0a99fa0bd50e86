using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ResizeImage.Local.S3.Storage;

/// <summary>
/// The files of one bucket: an object's bytes are a file in the bucket's folder, its metadata is a file in the store's own
/// folder. Replacing or deleting an object is one step on disk, a rename of the metadata: a process killed before it leaves
/// the old object, one killed after it the new one. <see cref="Load"/> completes interrupted changes.
/// </summary>
/// <remarks>
/// <code>
/// put     staging/G is written   x.json (names G) is renamed into place   staging/G is renamed to the content's place
/// delete                         x.json is renamed to x.json.deleted      the content is deleted, then x.json.deleted
/// </code>
/// Nothing is flushed to the device: a killed process loses nothing, a power failure may lose data.
/// Callers take the bucket's lock.
/// </remarks>
internal sealed class BucketFiles(string dataFolder, string metadataFolder, string stagingFolder, bool exactNames)
{
    private const string MetadataExtension = ".json";
    private const string DeletedExtension = ".deleted";

    /// <summary>Makes the bucket's folders. It exists once its metadata folder does.</summary>
    public void Create()
    {
        Directory.CreateDirectory(dataFolder);
        Directory.CreateDirectory(metadataFolder);
    }

    /// <summary>Stages the metadata for <see cref="Put"/>.</summary>
    public static void Write(StoredObject stored, StagedFile metadata)
    {
        using FileStream file = metadata.Create();
        JsonSerializer.Serialize(file, stored, StoredObjectJson.Default.StoredObject);
    }

    /// <summary>Makes the staged files the object.</summary>
    /// <param name="stored">Its <see cref="StoredObject.Generation"/> is the name of the staged content.</param>
    /// <param name="metadata">Written by <see cref="Write"/>.</param>
    /// <param name="previous">The object that is replaced, or null.</param>
    public void Put(StoredObject stored, StagedFile content, StagedFile metadata, StoredObject? previous)
    {
        string dataPath = DataPath(stored.Key);
        Directory.CreateDirectory(Path.GetDirectoryName(dataPath)!);
        metadata.MoveTo(MetadataPath(stored.Key));
        try
        {
            content.MoveTo(dataPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A user's file or folder of that name is in the way. The old object is unchanged.
            if (previous is null)
            {
                File.Delete(MetadataPath(stored.Key));
            }
            else
            {
                Write(previous, metadata);
                metadata.MoveTo(MetadataPath(stored.Key));
            }

            throw;
        }
    }

    /// <summary>Replaces the metadata of an object whose content stays.</summary>
    public void Replace(StoredObject stored, StagedFile metadata)
    {
        Write(stored, metadata);
        string path = MetadataPath(stored.Key);

        // Content that a user changed must stay newer than the metadata, see IsUnchanged.
        File.SetLastWriteTimeUtc(metadata.Path, File.GetLastWriteTimeUtc(path));
        metadata.MoveTo(path);
    }

    public void Delete(string key)
    {
        string metadata = MetadataPath(key);
        string deleted = metadata + DeletedExtension;
        if (File.Exists(metadata))
        {
            File.Move(metadata, deleted, overwrite: true);
        }

        FinishDelete(key, deleted);
    }

    /// <summary>Deletes the folders of a bucket without objects.</summary>
    public void DeleteAll()
    {
        // Not recursive: a user's files stay, and the folder with them.
        DeleteIfEmpty(dataFolder);
        Directory.Delete(metadataFolder, recursive: true);
    }

    /// <summary>Opens an object's bytes.</summary>
    /// <returns>False if a user deleted or truncated the file.</returns>
    public bool TryOpen(StoredObject stored, [NotNullWhen(true)] out FileStream? content)
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
            // A user deleted it.
        }

        return false;
    }

    /// <summary>Reads all objects, and completes changes that a kill interrupted.</summary>
    public List<StoredObject> Load()
    {
        foreach (string deleted in Directory.GetFiles(metadataFolder, "*" + MetadataExtension + DeletedExtension, SearchOption.AllDirectories))
        {
            // A later PUT has replaced it if the metadata exists again.
            if (!File.Exists(deleted[..^DeletedExtension.Length]) && Read(deleted) is { } gone)
            {
                FinishDelete(gone.Key, deleted);
            }
            else
            {
                File.Delete(deleted);
            }
        }

        List<StoredObject> objects = new();
        foreach (string file in Directory.GetFiles(metadataFolder, "*" + MetadataExtension, SearchOption.AllDirectories))
        {
            if (Read(file) is { } stored && FinishPut(stored) && IsUnchanged(stored, file))
            {
                objects.Add(stored);
            }
            else
            {
                // A user deleted or changed the file: it is no longer the object that was put.
                File.Delete(file);
            }
        }

        return objects;
    }

    private static StoredObject? Read(string metadataFile)
    {
        try
        {
            using FileStream file = File.OpenRead(metadataFile);
            return JsonSerializer.Deserialize(file, StoredObjectJson.Default.StoredObject);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool FinishPut(StoredObject stored)
    {
        // The layout of earlier versions has no generations: there the content is always in its place.
        if (stored.Generation is { } generation && File.Exists(Path.Join(stagingFolder, generation)))
        {
            new StagedFile(Path.Join(stagingFolder, generation)).MoveTo(DataPath(stored.Key));
        }

        FileInfo content = new(DataPath(stored.Key));
        return content.Exists && content.Length == stored.Size;
    }

    /// <remarks>
    /// Content is always written before its metadata. Newer content was changed by a user, left by a version of this
    /// program that could tear an overwrite, or copied with the whole folder: only reading it tells which.
    /// </remarks>
    private bool IsUnchanged(StoredObject stored, string metadataFile)
    {
        string content = DataPath(stored.Key);
        DateTime changed = File.GetLastWriteTimeUtc(content);
        if (changed <= File.GetLastWriteTimeUtc(metadataFile))
        {
            return true;
        }

        if (EntityTag.OfFile(content, stored.PartSizes) != stored.ETag)
        {
            return false;
        }

        // Not the current time: the clock of a file system lags by up to a tick, and a change within that tick would count as older.
        File.SetLastWriteTimeUtc(metadataFile, changed);
        return true;
    }

    private void FinishDelete(string key, string deleted)
    {
        DeleteWithEmptyFolders(DataPath(key), dataFolder);
        DeleteWithEmptyFolders(deleted, metadataFolder);
    }

    private string DataPath(string key) => Path.Join(dataFolder, KeyPath.ToRelativePath(key, exactNames));

    private string MetadataPath(string key) => Path.Join(metadataFolder, KeyPath.ToRelativePath(key, exactNames) + MetadataExtension);

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
