namespace ResizeImage.Local.Commands;

/// <summary>The folder that thumbnails are written to. A file appears in it when it is complete.</summary>
internal sealed class ThumbnailFolder
{
    private readonly string _folder;
    private readonly UniqueNames _names = new();
    private readonly HashSet<string> _sources;

    /// <param name="folder">Made if it does not exist.</param>
    /// <param name="sources">Paths of files that no thumbnail may replace.</param>
    /// <exception cref="LocalCloudException">It is a file, or cannot be written to.</exception>
    public ThumbnailFolder(string folder, IEnumerable<string> sources)
    {
        _folder = folder;
        _sources = new HashSet<string>(sources.Select(Path.GetFullPath), StringComparer.OrdinalIgnoreCase);
        if (File.Exists(folder))
        {
            throw new LocalCloudException($"--out is {folder}, a file; expected a folder.");
        }

        try
        {
            Directory.CreateDirectory(folder);
            string probe = TemporaryName();
            File.Create(probe).Dispose();
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalCloudException($"The folder {folder} cannot be written to: {FileErrors.Reason(e)}. Choose another folder: --out DIR.", e);
        }
    }

    /// <summary>Writes a thumbnail, in place of one of an earlier run.</summary>
    /// <param name="name">Relative, with slashes. A name that was used in this run gets a number.</param>
    /// <returns>The name of the written file.</returns>
    /// <exception cref="LocalCloudException">It cannot be written.</exception>
    public async Task<string> WriteAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        string path;
        do
        {
            name = _names.Take(name);
            path = Path.Join(_folder, name);
        }
        while (_sources.Contains(Path.GetFullPath(path)));

        string temporary = TemporaryName();
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using (FileStream file = new(temporary, FileMode.CreateNew))
            {
                await content.CopyToAsync(file, cancellationToken);
            }

            File.Move(temporary, path, overwrite: true);
            return name;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalCloudException($"The thumbnail {path} cannot be written: {FileErrors.Reason(e)}.", e);
        }
        finally
        {
            FileErrors.TryDelete(temporary);
        }
    }

    private string TemporaryName() => Path.Join(_folder, $".{Guid.NewGuid():N}.part");
}
