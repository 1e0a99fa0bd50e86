using System.Globalization;

namespace ResizeImage.Local.S3.Storage;

/// <summary>
/// Keeps a second server from a folder. The lock is on the file in-use; the operating system releases it also when the
/// process is killed. The file owner, which others can read, names the process.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _inUse;
    private readonly string _owner;

    private FolderLock(FileStream inUse, string owner, bool isFoundInOtherCase)
    {
        _inUse = inUse;
        _owner = owner;
        IsFoundInOtherCase = isFoundInOtherCase;
    }

    /// <summary>Whether the file system ignores case.</summary>
    public bool IsFoundInOtherCase { get; }

    /// <exception cref="LocalCloudException">Another server uses the folder.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static FolderLock Take(string folder)
    {
        string path = Path.Join(folder, "in-use");
        string owner = Path.Join(folder, "owner");
        FileStream inUse;
        try
        {
            inUse = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path) && e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
        {
            string who = File.Exists(owner) ? File.ReadAllText(owner).Trim() : "Another process";
            throw new LocalCloudException($"{who} uses the folder {Path.GetDirectoryName(folder)}. Stop it, or choose another folder: --data DIR.", e);
        }

        File.WriteAllText(owner, string.Create(CultureInfo.InvariantCulture, $"Process {Environment.ProcessId}\n"));
        return new FolderLock(inUse, owner, File.Exists(Path.Join(folder, "IN-USE")));
    }

    public void Dispose()
    {
        File.Delete(_owner);
        _inUse.Dispose();
    }
}
