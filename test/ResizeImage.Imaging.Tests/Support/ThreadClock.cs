using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Tests.Support;

/// <summary>The processor time of the current thread, which other programs do not change; on systems other than Linux, the time that passes.</summary>
internal static class ThreadClock
{
    // CLOCK_THREAD_CPUTIME_ID of time.h.
    private const int ThreadTime = 3;

    public static TimeSpan Now => OperatingSystem.IsLinux() && ReadClock(ThreadTime, out Timespec time) == 0
        ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick)
        : TimeSpan.FromSeconds(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int ReadClock(int clock, out Timespec time);

    private readonly record struct Timespec(nint Seconds, nint Nanoseconds);
}
