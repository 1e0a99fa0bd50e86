namespace ResizeImage.Cli;

/// <summary>Reads photos and writes thumbnails, and turns what can be wrong with a file into an <see cref="IOException"/> for the reader.</summary>
internal static class LocalFile
{
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] Read(FileInfo photo) => Directory.Exists(photo.FullName)
        ? throw new IOException($"{photo} is a folder; name a photo in it.")
        : File.ReadAllBytes(photo.FullName);

    /// <summary>
    /// Writes a whole file or none: under a temporary name beside it first. A link is replaced, not followed, so that a photo which it may lead to
    /// stays. What is in /dev is written to as it is: root would replace /dev/null by a file, and break the machine.
    /// </summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
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

    /// <summary>Whether a file holds these bytes: it may be the photo itself under another path.</summary>
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
