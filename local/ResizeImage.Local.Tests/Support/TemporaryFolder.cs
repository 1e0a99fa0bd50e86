namespace ResizeImage.Local.Tests.Support;

/// <summary>A folder for one test, deleted afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("resizeimage-test-").FullName;

    public string Path { get; }

    public string this[string name] => System.IO.Path.Join(Path, name);

    /// <summary>All files in it, as relative paths with slashes, in order.</summary>
    public string[] Files() =>
    [
        .. Directory.GetFiles(Path, "*", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
