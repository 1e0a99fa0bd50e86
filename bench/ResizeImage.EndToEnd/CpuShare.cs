using System.Globalization;

namespace ResizeImage.EndToEnd;

/// <summary>
/// A control group of Linux that gives processes the processor time that Lambda gives a function: MemorySize / 1769 of one processor, in
/// periods of 20 ms ("Configure Lambda function memory" in the Lambda Developer Guide). cgroups(7): version 1 or 2, whichever the machine has.
/// </summary>
internal sealed class CpuShare : IDisposable
{
    private const int PeriodMicroseconds = 20_000;
    private const string Version1 = "/sys/fs/cgroup/cpu";
    private const string Version2 = "/sys/fs/cgroup";

    private readonly string _folder;
    private readonly string _parent;

    private CpuShare(string parent, string folder) => (_parent, _folder) = (parent, folder);

    /// <summary>Makes a group.</summary>
    /// <param name="megabytes">The function's memory.</param>
    /// <exception cref="IOException">The machine does not allow it.</exception>
    /// <exception cref="UnauthorizedAccessException">The machine does not allow it.</exception>
    public static CpuShare Of(int megabytes)
    {
        int quota = PeriodMicroseconds * megabytes / 1769;
        string name = string.Create(CultureInfo.InvariantCulture, $"resizeimage-bench-{Environment.ProcessId}-{Guid.NewGuid():N}");
        bool isVersion1 = File.Exists($"{Version1}/cpu.cfs_quota_us");
        string parent = isVersion1 ? Version1 : Version2;
        if (!isVersion1)
        {
            File.WriteAllText($"{Version2}/cgroup.subtree_control", "+cpu");
        }

        string folder = Directory.CreateDirectory($"{parent}/{name}").FullName;
        CpuShare share = new(parent, folder);
        if (isVersion1)
        {
            share.Write("cpu.cfs_period_us", PeriodMicroseconds);
            share.Write("cpu.cfs_quota_us", quota);
        }
        else
        {
            File.WriteAllText($"{folder}/cpu.max", string.Create(CultureInfo.InvariantCulture, $"{quota} {PeriodMicroseconds}"));
        }

        return share;
    }

    /// <summary>Moves a process with all its threads into the group.</summary>
    public void Add(int processId) => Write("cgroup.procs", processId);

    /// <summary>Moves what runs there back.</summary>
    public void Dispose()
    {
        foreach (string process in File.ReadAllLines($"{_folder}/cgroup.procs"))
        {
            File.WriteAllText($"{_parent}/cgroup.procs", process);
        }

        Directory.Delete(_folder);
    }

    private void Write(string file, int value) => File.WriteAllText($"{_folder}/{file}", value.ToString(CultureInfo.InvariantCulture));
}
