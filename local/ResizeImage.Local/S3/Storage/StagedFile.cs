namespace ResizeImage.Local.S3.Storage;

/// <summary>A file in progress, outside the buckets. It is renamed into place when complete, and otherwise deleted.</summary>
internal sealed class StagedFile(string path) : IDisposable
{
    public string Path { get; } = path;

    /// <summary>The name without the folder; unique across restarts.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>For writing from the beginning.</summary>
    public FileStream Create() => new(Path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);

    /// <summary>For reading what was written.</summary>
    public FileStream Open() => new(Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, useAsync: true);

    /// <summary>Renames, replacing what is there: readers see the old file or the new one, never a part.</summary>
    public void MoveTo(string destination)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(destination)!);
        File.Move(Path, destination, overwrite: true);
    }

    public void Dispose() => File.Delete(Path);
}
