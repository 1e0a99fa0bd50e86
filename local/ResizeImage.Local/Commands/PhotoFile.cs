namespace ResizeImage.Local.Commands;

/// <summary>A photo from the command line, given itself or in a folder.</summary>
/// <param name="Shown">The path to print: relative to the current folder, or as it was given.</param>
/// <param name="Name">Relative to the given folder, with slashes; for a given photo, its file name.</param>
internal sealed record PhotoFile(string Path, string Shown, string Name)
{
    // Formats that engines read, and formats that users expect to work: the function rejects these with a reason.
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".webp", ".gif", ".bmp", ".dib", ".tif", ".tiff", ".heic", ".heif", ".hif", ".avif",
        ".qoi", ".pbm", ".pgm", ".ppm", ".pnm", ".pam", ".ico", ".cur", ".tga", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".orf", ".rw2", ".pef", ".srw", ".raf",
    };

    /// <summary>All photos of the command line.</summary>
    /// <param name="without">A folder to skip: it has the thumbnails of an earlier run.</param>
    /// <exception cref="LocalCloudException">A path does not exist, or a folder cannot be read or has no photo.</exception>
    public static List<PhotoFile> Find(IEnumerable<string> arguments, string without)
    {
        List<PhotoFile> photos = new();
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

    /// <param name="root">The given folder, as it was given.</param>
    /// <param name="name">The name of this folder, relative to the given one; empty, or ending with a slash.</param>
    /// <param name="without">The full path of a folder to skip.</param>
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

        foreach (FileSystemInfo? entry in entries.Where(entry => !entry.Name.StartsWith('.')).OrderBy(entry => entry.Name, StringComparer.Ordinal))
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
