using ResizeImage.Local.Lambda;
using ResizeImage.Local.S3;

namespace ResizeImage.Local.Faults;

/// <summary>
/// Makes S3 and Lambda misbehave once, as they do in production from time to time. A fault is armed, and hits the next
/// attempt of an invocation or the next event.
/// </summary>
internal sealed class FaultInjector : IDisposable
{
    /// <summary>The time limit of an attempt that is to run into it.</summary>
    public static readonly TimeSpan ShortTimeLimit = TimeSpan.FromSeconds(1);

    // A held event is delivered even if no other one follows.
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(10);

    private readonly object _lock = new();
    private readonly CancellationTokenSource _ended = new();
    private FaultKind? _armed;
    private FaultKind? _active;
    private TaskCompletionSource? _held;

    /// <summary>Arms a fault. It replaces one that has not hit yet.</summary>
    public void Arm(FaultKind kind)
    {
        lock (_lock)
        {
            _armed = kind;
        }
    }

    /// <summary>An attempt begins.</summary>
    /// <param name="usual">The time limit of an attempt that no fault hits.</param>
    /// <returns>Its time limit.</returns>
    public TimeSpan BeginAttempt(TimeSpan usual)
    {
        lock (_lock)
        {
            _active = _armed is FaultKind.Unavailable or FaultKind.Timeout ? _armed : null;
            _armed = _active is null ? _armed : null;
            return _active is FaultKind.Timeout && ShortTimeLimit < usual ? ShortTimeLimit : usual;
        }
    }

    /// <summary>An attempt has ended: S3 answers again.</summary>
    public void EndAttempt()
    {
        lock (_lock)
        {
            _active = null;
        }
    }

    /// <summary>Lets a request to S3 pass, unless it is one of the function and a fault is active.</summary>
    /// <exception cref="S3Exception">SlowDown.</exception>
    public async Task PassAsync(HttpRequest request, CancellationToken aborted)
    {
        FaultKind? active;
        lock (_lock)
        {
            active = IsOfFunction(request) ? _active : null;
        }

        if (active == FaultKind.Unavailable)
        {
            throw S3Error.SlowDown();
        }

        if (active == FaultKind.Timeout)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, aborted);
        }
    }

    /// <summary>How the event that has just happened is delivered.</summary>
    public EventDelivery NextDelivery()
    {
        lock (_lock)
        {
            if (_held is { } held)
            {
                _held = null;
                return EventDelivery.Plain with { Sent = held.SetResult };
            }

            switch (_armed)
            {
                case FaultKind.Duplicate:
                    _armed = null;
                    return EventDelivery.Plain with { Copies = 2 };
                case FaultKind.Reorder:
                    _armed = null;
                    _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    return EventDelivery.Plain with { Start = WaitAsync(_held) };
                default:
                    return EventDelivery.Plain;
            }
        }
    }

    /// <summary>Delivers what is held.</summary>
    public void Dispose() => _ended.Cancel();

    private async Task WaitAsync(TaskCompletionSource held)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        patience.CancelAfter(LongestHold);
        await held.Task.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            _held = _held == held ? null : _held;
        }
    }

    /// <summary>Only the function has temporary credentials, as a role of IAM gives them.</summary>
    private static bool IsOfFunction(HttpRequest request) => request.Headers["x-amz-security-token"] == LambdaEnvironment.SessionToken;
}
