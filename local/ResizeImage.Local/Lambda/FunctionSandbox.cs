using System.ComponentModel;
using System.Diagnostics;

namespace ResizeImage.Local.Lambda;

/// <summary>Why a function's process ended.</summary>
internal enum SandboxEnd
{
    /// <summary>It exited, or another process killed it.</summary>
    Exited,

    /// <summary>Killed at the time limit.</summary>
    TimedOut,

    /// <summary>Killed at the memory limit.</summary>
    OutOfMemory,
}

/// <summary>One process of a function, with its memory limit.</summary>
internal sealed class FunctionSandbox : IDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MemoryWatch = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly long _memoryLimit;
    private readonly ManualResetEventSlim _exited = new();
    private Thread? _watch;
    private int _end;

    private FunctionSandbox(Process process, long memoryLimit)
    {
        _process = process;
        _memoryLimit = memoryLimit;
        Id = process.Id;
    }

    public int Id { get; }

    /// <summary>Valid after the process has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Valid after the process has ended.</summary>
    public SandboxEnd End => (SandboxEnd)Volatile.Read(ref _end);

    /// <exception cref="LocalCloudException">It cannot be started.</exception>
    public static FunctionSandbox Start(ProcessStartInfo start, Action<string> output, long memoryLimit)
    {
        Process process = new() { StartInfo = start, EnableRaisingEvents = true };
        void Forward(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is not null)
            {
                output(line.Data);
            }
        }

        process.OutputDataReceived += Forward;
        process.ErrorDataReceived += Forward;
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            process.Dispose();
            throw new LocalCloudException($"The function {start.FileName} cannot be started: {e.Message}", e);
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        FunctionSandbox sandbox = new(process, memoryLimit);

        // On its own thread: while a busy thread pool delays the check, the process could exceed the limit.
        sandbox._watch = new Thread(sandbox.WatchMemory) { IsBackground = true, Name = "memory limit" };
        sandbox._watch.Start();
        return sandbox;
    }

    /// <summary>Kills it and its children.</summary>
    public void Kill(SandboxEnd end)
    {
        Interlocked.CompareExchange(ref _end, (int)end, (int)SandboxEnd.Exited);
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // The process has just ended.
        }
    }

    /// <summary>Kills it if its memory has exceeded the limit at any time; true then.</summary>
    public bool KillIfOverMemory()
    {
        if (ProcessMemory.Peak(Id) > _memoryLimit)
        {
            Kill(SandboxEnd.OutOfMemory);
            return true;
        }

        return false;
    }

    public async Task WaitForExitAsync()
    {
        TaskCompletionSource exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.Exited += (_, _) => exited.TrySetResult();
        if (!_process.HasExited)
        {
            await exited.Task;
        }

        _exited.Set();

        // This overload also waits for the end of the output, which a surviving child would hold open.
        using CancellationTokenSource patience = new(LastWords);
        await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _watch?.Join();
        _process.Dispose();
        _exited.Dispose();
    }

    private void WatchMemory()
    {
        while (!KillIfOverMemory() && !_exited.Wait(MemoryWatch))
        {
            // The system does not report that a limit is exceeded.
        }
    }
}
