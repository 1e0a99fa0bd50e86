using System.Globalization;

namespace ResizeImage.EndToEnd;

/// <summary>Linux's figures of a process (proc(5)).</summary>
/// <param name="processId">A process that is visible in this process's /proc.</param>
internal sealed class ProcessFigures(int processId)
{
    /// <summary>Ticks of utime and stime per second: USER_HZ, which is 100 on every architecture of .NET.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Processor time of all its threads so far, in steps of 10 ms.</summary>
    public double CpuMilliseconds
    {
        get
        {
            // The name of the program, in parentheses, may contain any character; utime and stime are the 14th and 15th field.
            string stat = File.ReadAllText($"/proc/{processId}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (Number(fields[11]) + Number(fields[12])) * 1000 / TicksPerSecond;
        }
    }

    /// <summary>Processor time of its current threads, to the nanosecond.</summary>
    public double CpuMillisecondsOfThreads =>
        Directory.EnumerateDirectories($"/proc/{processId}/task").Sum(thread => Number(File.ReadAllText($"{thread}/schedstat").Split(' ')[0])) / 1e6;

    /// <summary>The peak of resident memory, in MB of 2²⁰ bytes.</summary>
    public double PeakMegabytes => Status("VmHWM:") / 1024;

    private double Status(string name) => Number(
        File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
