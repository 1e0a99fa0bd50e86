using Amazon.Lambda.Core;

namespace ResizeImage.Deadlines;

/// <summary>
/// The time of an invocation, and its division among the photos. It ends before Lambda's own timeout, which would fail a whole batch
/// without naming the slow photo.
/// </summary>
internal sealed class InvocationTime : IDisposable
{
    /// <summary>Enough to log and to answer.</summary>
    private static readonly TimeSpan ForTheAnswer = TimeSpan.FromMilliseconds(500);

    /// <summary>After a photo was refused for its time: an old thumbnail is deleted and a report written. Short invocations keep a sixteenth.</summary>
    private static readonly TimeSpan ForTheRefusal = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly CancellationTokenSource _end;

    private InvocationTime(TimeSpan? whole, TimeProvider clock)
    {
        _clock = clock;
        _start = clock.GetTimestamp();
        Whole = whole;
        _end = Until(TimeSpan.Zero);
    }

    /// <summary>The time at the start, without that for the answer; null if there is no deadline.</summary>
    public TimeSpan? Whole { get; }

    /// <summary>The rest of <see cref="Whole"/>, possibly negative; null if there is no deadline.</summary>
    public TimeSpan? Remaining => Whole - _clock.GetElapsedTime(_start);

    /// <summary>Canceled when only the answer may follow.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>Whether no photo may begin. The clock decides: a busy thread pool cancels tokens late.</summary>
    public bool IsUp => Remaining <= TimeSpan.Zero;

    /// <summary>Starts the clock. A remaining time of zero, as in tests, means that there is no deadline.</summary>
    public static InvocationTime Start(ILambdaContext context, TimeProvider clock)
    {
        TimeSpan remaining = context.RemainingTime;
        return new InvocationTime(remaining == TimeSpan.Zero ? null : remaining - ForTheAnswer, clock);
    }

    /// <summary>
    /// The time of one photo: half of the rest while others wait behind it, so that an endless one leaves time for the others;
    /// all of it for the last.
    /// </summary>
    /// <param name="othersWait">Whether the invocation has photos behind this one.</param>
    /// <param name="reserve">Time at the end that is not for photos.</param>
    public PhotoTime ForPhoto(bool othersWait, TimeSpan reserve = default)
    {
        if (Remaining is not { } remaining)
        {
            return new PhotoTime(Until(TimeSpan.Zero), null, othersWait, _clock, Token);
        }

        TimeSpan left = remaining - reserve;
        TimeSpan share = othersWait ? left / 2 : left - Shorter(ForTheRefusal, left / 16);
        return new PhotoTime(Until(remaining - share), Whole, othersWait, _clock, Token);
    }

    /// <summary>A source of tokens that are canceled when this much is left. The caller disposes of it.</summary>
    public CancellationTokenSource Until(TimeSpan left)
    {
        if (Remaining - left is not { } wait)
        {
            return new CancellationTokenSource();
        }

        return new CancellationTokenSource(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _clock);
    }

    public void Dispose() => _end.Dispose();

    /// <summary>The shorter of two times.</summary>
    public static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
