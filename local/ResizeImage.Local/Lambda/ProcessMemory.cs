using System.Globalization;

namespace ResizeImage.Local.Lambda;

/// <summary>The peak memory of a process, on Linux.</summary>
/// <remarks>
/// Resident memory, and not a limit on addresses (ulimit -v) or a cgroup: .NET reserves far more addresses than it uses, and
/// a cgroup needs rights that a developer's shell does not have.
/// </remarks>
internal static class ProcessMemory
{
    /// <summary>The peak resident memory of the process in bytes; null where the system does not report it.</summary>
    public static long? Peak(int processId)
    {
        try
        {
            foreach (string line in File.ReadLines($"/proc/{processId}/status"))
            {
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                {
                    string kilobytes = line["VmHWM:".Length..].Replace("kB", "", StringComparison.Ordinal);
                    return long.Parse(kilobytes, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) << 10;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process has ended, or the system has no /proc.
        }

        return null;
    }
}
