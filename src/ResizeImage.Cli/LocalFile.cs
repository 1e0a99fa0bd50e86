namespace ResizeImage.Cli;

/// <summary>Reads photos and writes thumbnails. Its <see cref="IOException"/>s have messages for the user.</summary>
internal static class LocalFile
{
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The user has no permission to read it.</exception>
    public static byte[] Read(FileInfo photo) => Directory.Exists(photo.FullName)
        ? throw new IOException($"{photo} is a folder; name a photo in it.")
        : File.ReadAllBytes(photo.FullName);

    /// <summary>
    /// Writes the file atomically, under a temporary name first. It replaces a link instead of following it, because the link may lead to a photo.
    /// It writes to devices in /dev directly: with a rename, root would replace /dev/null by a file and break the machine.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The user has no permission to write it.</exception>
    public static void Write(FileInfo output, byte[] data)
    {
        if (IsDevice(output))
        {
            File.WriteAllBytes(output.FullName, data);
            return;
        }

        string temporary = $"{output.FullName}.{Environment.ProcessId}.part";
        try
        {
            File.WriteAllBytes(temporary, data);
            File.Move(temporary, output.FullName, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>True if a file has these bytes: it may be the photo itself under another path.</summary>
    public static bool Holds(FileInfo file, byte[] data)
    {
        if (IsDevice(file) || !File.Exists(file.FullName))
        {
            return false;
        }

        using FileStream stream = file.OpenRead(); // follows links, which FileInfo.Length does not
        return stream.Length == data.Length && File.ReadAllBytes(file.FullName).AsSpan().SequenceEqual(data);
    }

    private static bool IsDevice(FileInfo file) => !OperatingSystem.IsWindows() && file.FullName.StartsWith("/dev/", StringComparison.Ordinal);
}
