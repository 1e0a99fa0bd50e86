using Microsoft.Extensions.Time.Testing;

namespace ResizeImage.Tests.Support;

/// <summary>
/// A clock that stands still until a test moves it; timers that are due then fire at once, on the thread that moved it. A test can wait until the
/// function itself waits for a certain time.
/// </summary>
internal sealed class TestClock : FakeTimeProvider
{
    private readonly List<ObservedTimer> _waiting = [];
    private TaskCompletionSource _timerSet = NewSignal();
    private int _expired;

    /// <summary>The time by which tests moved it.</summary>
    public TimeSpan Elapsed => GetUtcNow() - Start;

    /// <summary>Waits until a timer of exactly this time is set, and lets it expire.</summary>
    public async Task ExpireAsync(TimeSpan dueTime)
    {
        while (true)
        {
            Task timerSet;
            bool isWaiting;
            lock (_waiting)
            {
                timerSet = _timerSet.Task;
                isWaiting = _waiting.Exists(timer => timer.DueTime == dueTime);
            }

            int expired = Volatile.Read(ref _expired);
            if (!isWaiting)
            {
                await timerSet;
                continue;
            }

            // Where the timer was stopped and set again meanwhile, nothing expires.
            Advance(dueTime);
            if (Volatile.Read(ref _expired) > expired)
            {
                return;
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ObservedTimer timer = new(this);
        timer.Inner = base.CreateTimer(
            _ =>
            {
                timer.Observe(Timeout.InfiniteTimeSpan);
                Interlocked.Increment(ref _expired);
                callback(state);
            },
            null,
            dueTime,
            period);
        timer.Observe(dueTime);
        return timer;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A timer that notifies its clock when it is set and stopped.</summary>
    private sealed class ObservedTimer(TestClock clock) : ITimer
    {
        public ITimer Inner { get; set; } = null!;

        public TimeSpan DueTime { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool isChanged = Inner.Change(dueTime, period);
            Observe(dueTime);
            return isChanged;
        }

        public void Observe(TimeSpan dueTime)
        {
            lock (clock._waiting)
            {
                clock._waiting.Remove(this);
                DueTime = dueTime;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    clock._waiting.Add(this);
                    clock._timerSet.SetResult();
                    clock._timerSet = NewSignal();
                }
            }
        }

        public void Dispose()
        {
            Observe(Timeout.InfiniteTimeSpan);
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
