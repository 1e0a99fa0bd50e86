using System.Threading.Channels;

namespace ResizeImage.Local.Lambda;

/// <summary>
/// The invocations of one execution environment. It works on one at a time: the current one, from when the function
/// fetches it until the function answers, requests the next one, exits, or reaches the time limit.
/// </summary>
internal sealed class InvocationQueue(RuntimeApiOptions options) : IDisposable
{
    private readonly object _lock = new();
    private readonly Channel<Invocation> _waiting = Channel.CreateUnbounded<Invocation>();
    private readonly CancellationTokenSource _ended = new();
    private readonly PauseGate _gate = new();
    private readonly InitClock _init = new();
    private Invocation? _current;
    private Timer? _deadline;
    private CancellationTokenSource? _poll;
    private byte[]? _unavailable;
    private InvocationLog? _log;

    /// <summary>An invocation was queued, handed out, answered, or given up: see its <see cref="Invocation.State"/>.</summary>
    public event Action<Invocation>? Changed;

    /// <summary>The current invocation reached the time limit, at which Lambda kills the function.</summary>
    public event Action<TimeSpan>? TimedOut;

    /// <summary>Begins an attempt and returns its time limit. Called under the lock of the queue.</summary>
    public Func<TimeSpan> BeginAttempt { get; set; } = () => options.Timeout;

    /// <summary>Ends it. Called under the lock of the queue.</summary>
    public Action EndAttempt { get; set; } = () => { };

    /// <summary>Returns the peak memory of the function's process in bytes.</summary>
    public Func<long?> MemoryUsed { get; set; } = () => null;

    /// <summary>
    /// Kills the function if it has exceeded its memory, and returns true then. Asked before an answer counts: an invocation may take more memory
    /// and answer between two looks of the watch.
    /// </summary>
    public Func<bool> KillIfOverMemory { get; set; } = () => false;

    /// <summary>Whether a function waits for an invocation.</summary>
    public bool IsAwaited
    {
        get
        {
            lock (_lock)
            {
                return _poll is not null;
            }
        }
    }

    /// <summary>The function's process is about to start. Its first request for an invocation ends its initialization.</summary>
    public void ProcessStarting()
    {
        lock (_lock)
        {
            _init.Start();
        }
    }

    /// <summary>The function's process has ended.</summary>
    /// <returns>Whether it had requested an invocation.</returns>
    public bool ProcessEnded()
    {
        lock (_lock)
        {
            return !_init.IsRunning;
        }
    }

    /// <summary>The function wrote a line. Lines after an answer belong to that invocation.</summary>
    public void Log(string line)
    {
        lock (_lock)
        {
            _log?.Add(line);
        }
    }

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, InvocationType type, CancellationToken cancellationToken)
    {
        Invocation invocation = Send(payload, type);
        using CancellationTokenRegistration canceled = cancellationToken.Register(() =>
        {
            invocation.Cancel(cancellationToken);
            Changed?.Invoke(invocation);
        });
        return await invocation.Result;
    }

    /// <summary>Queues an invocation without waiting for its result.</summary>
    public Invocation Send(ReadOnlyMemory<byte> payload, InvocationType type)
    {
        Invocation invocation = new(payload, type);
        Enqueue(invocation);
        return invocation;
    }

    /// <summary>Waits for an invocation and makes it the current one. Ends an earlier wait: its process is gone.</summary>
    /// <param name="cancellationToken">The function hung up.</param>
    /// <exception cref="OperationCanceledException">Nothing was handed out.</exception>
    public async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource poll = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended.Token);
        lock (_lock)
        {
            _poll?.Cancel();
            _poll = poll;
            _unavailable = null;
            _init.Stop();
        }

        FailCurrent(FunctionError.Unanswered);
        try
        {
            while (true)
            {
                await _gate.WhileClosedAsync(poll.Token);
                Invocation next = await _waiting.Reader.ReadAsync(poll.Token);
                if (!next.Result.IsCompleted && TryBegin(next, poll))
                {
                    return next;
                }
            }
        }
        finally
        {
            lock (_lock)
            {
                _poll = _poll == poll ? null : _poll;
            }
        }
    }

    /// <summary>Hands out no invocation until <see cref="Resume"/>; new ones wait.</summary>
    /// <returns>Completes when no invocation runs.</returns>
    public Task PauseAsync()
    {
        lock (_lock)
        {
            return _gate.Close(isIdle: _current is null);
        }
    }

    /// <summary>Ends <see cref="PauseAsync"/>.</summary>
    public void Resume()
    {
        lock (_lock)
        {
            _gate.Open();
        }
    }

    /// <summary>The deadline of the current attempt.</summary>
    public DateTimeOffset DeadlineOf(Invocation invocation) => invocation.Started + options.Timeout;

    /// <summary>The invocation did not reach the function: it waits for the next request.</summary>
    public void TakeBack(Invocation invocation)
    {
        if (TryEnd(invocation.RequestId) is not null)
        {
            invocation.TakeBackAttempt();
            Enqueue(invocation);
        }
    }

    /// <summary>The function answered.</summary>
    /// <returns>False if that is not the current invocation, or the function is killed for its memory.</returns>
    public bool TryComplete(string requestId, ReadOnlyMemory<byte> payload)
    {
        if (KillIfOverMemory() || TryEnd(requestId) is not { } invocation)
        {
            return false;
        }

        Complete(invocation, payload, error: null, MemoryUsed());
        return true;
    }

    /// <summary>The function reported an error.</summary>
    /// <returns>False if that is not the current invocation, or the function is killed for its memory.</returns>
    public bool TryFail(string requestId, ReadOnlyMemory<byte> error)
    {
        if (KillIfOverMemory() || TryEnd(requestId) is not { } invocation)
        {
            return false;
        }

        FailAttempt(invocation, error);
        return true;
    }

    /// <summary>The current invocation, if there is one, will not be answered.</summary>
    /// <param name="error">Returns the error for a request id.</param>
    public void FailCurrent(Func<string, byte[]> error)
    {
        Invocation? current;
        lock (_lock)
        {
            current = _current;
        }

        if (current is not null && TryEnd(current.RequestId) is not null)
        {
            FailAttempt(current, error(current.RequestId));
        }
    }

    /// <summary>Until a function requests an invocation again, all fail at once.</summary>
    public void SetUnavailable(byte[] error)
    {
        lock (_lock)
        {
            _unavailable = error;
            while (_waiting.Reader.TryRead(out Invocation? waiting))
            {
                Complete(waiting, error, "Unhandled");
            }
        }
    }

    /// <summary>Ends the waiting of the function and of its callers.</summary>
    public void Dispose()
    {
        byte[] error = FunctionError.Json("Runtime.Stopped", "The local Lambda was stopped.");
        SetUnavailable(error);
        lock (_lock)
        {
            _deadline?.Dispose();
            _current?.Complete(error, "Unhandled");
            _current = null;
            _gate.NoteIdle();
        }

        _ended.Cancel();
        _ended.Dispose();
    }

    private void Enqueue(Invocation invocation)
    {
        lock (_lock)
        {
            if (_unavailable is not null)
            {
                Complete(invocation, _unavailable, "Unhandled");
            }
            else
            {
                Changed?.Invoke(invocation);
                _waiting.Writer.TryWrite(invocation);
            }
        }
    }

    private void Complete(Invocation invocation, ReadOnlyMemory<byte> payload, string? error, long? maxMemoryUsed = null)
    {
        invocation.Complete(payload, error, maxMemoryUsed);
        Changed?.Invoke(invocation);
    }

    private bool TryBegin(Invocation invocation, CancellationTokenSource poll)
    {
        lock (_lock)
        {
            // Just before this process got the invocation, its successor requested one, or a pause began.
            if (_poll != poll || _gate.IsClosed)
            {
                Enqueue(invocation);
                return false;
            }

            TimeSpan limit = BeginAttempt();
            invocation.BeginAttempt(_init.Take());
            _log = invocation.Log;
            _current = invocation;
            Changed?.Invoke(invocation);
            _deadline = new Timer(_ => OnDeadline(invocation, invocation.Attempts, limit), null, limit, Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    private void OnDeadline(Invocation invocation, int attempt, TimeSpan limit)
    {
        if (invocation.Attempts == attempt && TryEnd(invocation.RequestId) is not null)
        {
            // Killed first, so that it cannot fetch the retry.
            TimedOut?.Invoke(limit);
            FailAttempt(invocation, FunctionError.TimedOut(invocation.RequestId, limit));
        }
    }

    private Invocation? TryEnd(string requestId)
    {
        lock (_lock)
        {
            if (_current is not { } current || current.RequestId != requestId)
            {
                return null;
            }

            _deadline?.Dispose();
            _current = null;
            EndAttempt();
            _gate.NoteIdle();
            return current;
        }
    }

    private void FailAttempt(Invocation invocation, ReadOnlyMemory<byte> error)
    {
        if (invocation.Type == InvocationType.Event && invocation.Attempts <= options.RetryDelays.Count)
        {
            invocation.EndAttempt(error);
            Changed?.Invoke(invocation);
            _ = RetryAsync(invocation, options.RetryDelays[invocation.Attempts - 1]);
        }
        else
        {
            Complete(invocation, error, "Unhandled", MemoryUsed());
        }
    }

    private async Task RetryAsync(Invocation invocation, TimeSpan delay)
    {
        await Task.Delay(delay, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Enqueue(invocation);
    }
}
