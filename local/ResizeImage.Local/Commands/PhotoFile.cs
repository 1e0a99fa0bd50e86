namespace ResizeImage.Local.Commands;

/// <summary>A photo that was named on the command line, or is in a folder that was.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Shown">Its path for the reader: relative to the current folder, or to what was named.</param>
/// <param name="Name">Relative to the folder that was named, with slashes; of a photo that was named, its file name.</param>
internal sealed record PhotoFile(string Path, string Shown, string Name)
{
    // Those that engines read, and those that people take for photos: these are rejected with the reason.
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".webp", ".gif", ".bmp", ".dib", ".tif", ".tiff", ".heic", ".heif", ".avif",
    };

    /// <summary>All photos that the arguments name.</summary>
    /// <param name="arguments">Paths of photos and folders.</param>
    /// <param name="without">A folder that is left out: thumbnails of an earlier run are no photos.</param>
    /// <exception cref="LocalCloudException">A path does not exist, or a folder cannot be read or has no photo.</exception>
    public static List<PhotoFile> Find(IEnumerable<string> arguments, string without)
    {
        var photos = new List<PhotoFile>();
        foreach (string argument in arguments)
        {
            if (Directory.Exists(argument))
            {
                int before = photos.Count;
                string folder = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(argument)));
                AddFolder(photos, argument, folder, "", System.IO.Path.GetFullPath(without));
                if (photos.Count == before)
                {
                    throw new LocalCloudException($"There is no photo in {argument}: expected files that end with {string.Join(", ", Extensions)}.");
                }
            }
            else if (File.Exists(argument))
            {
                photos.Add(new PhotoFile(argument, Relative(argument) ?? argument, System.IO.Path.GetFileName(argument)));
            }
            else
            {
                throw new LocalCloudException($"There is no photo {argument}.");
            }
        }

        return photos;
    }

    /// <param name="photos">Gets them.</param>
    /// <param name="folder">Where to look.</param>
    /// <param name="root">The name of the folder that was named.</param>
    /// <param name="name">Of this folder relative to that one; empty, or ending with a slash.</param>
    /// <param name="without">The full path of a folder that is left out.</param>
    private static void AddFolder(List<PhotoFile> photos, string folder, string root, string name, string without)
    {
        FileSystemInfo[] entries;
        try
        {
            entries = new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (UnauthorizedAccessException)
        {
            throw new LocalCloudException($"The folder {folder} cannot be read: permission denied.");
        }

        foreach (var entry in entries.Where(entry => !entry.Name.StartsWith('.')).OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            string path = System.IO.Path.Join(folder, entry.Name);
            if (entry is FileInfo)
            {
                if (Extensions.Contains(entry.Extension))
                {
                    photos.Add(new PhotoFile(path, Relative(path) ?? $"{root}/{name}{entry.Name}", name + entry.Name));
                }
            }
            else if (entry.LinkTarget is null && System.IO.Path.GetFullPath(path) != without)
            {
                // Links are not followed: they can lead in circles.
                AddFolder(photos, path, root, $"{name}{entry.Name}/", without);
            }
        }
    }

    /// <returns>Null if it is not below the current folder.</returns>
    private static string? Relative(string path)
    {
        string relative = System.IO.Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) || System.IO.Path.IsPathRooted(relative) ? null : relative;
    }
}
