using System.Diagnostics;

namespace ResizeImage.Local.Lambda;

/// <summary>Measures the time from the start of a process to its first request for an invocation. Used under the lock of the <see cref="InvocationQueue"/>.</summary>
internal sealed class InitClock
{
    private long? _started;
    private TimeSpan? _duration;

    /// <summary>True until the process requests an invocation.</summary>
    public bool IsRunning => _started is not null;

    public void Start()
    {
        _started = Stopwatch.GetTimestamp();
        _duration = null;
    }

    /// <summary>Does nothing after the first time.</summary>
    public void Stop()
    {
        if (_started is { } started)
        {
            _duration = Stopwatch.GetElapsedTime(started);
            _started = null;
        }
    }

    /// <summary>The duration, for the first invocation of the process; null for the others.</summary>
    public TimeSpan? Take()
    {
        TimeSpan? duration = _duration;
        _duration = null;
        return duration;
    }
}
