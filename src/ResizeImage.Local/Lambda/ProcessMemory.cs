using System.Globalization;

namespace ResizeImage.Local.Lambda;

/// <summary>The memory of a running process, from Linux's /proc.</summary>
internal static class ProcessMemory
{
    private const string PeakLine = "VmHWM:";

    /// <summary>The most that was resident at once since the process began, in bytes; null where /proc does not tell.</summary>
    public static long? Peak(int processId)
    {
        try
        {
            // "VmHWM:      51234 kB"
            string? line = File.ReadLines($"/proc/{processId}/status").FirstOrDefault(line => line.StartsWith(PeakLine, StringComparison.Ordinal));
            return line is null ? null : long.Parse(line.AsSpan(PeakLine.Length).TrimEnd("kB "), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture) << 10;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
