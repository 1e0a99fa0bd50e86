using Amazon.Lambda.Core;

namespace ResizeImage.Reconciliation;

/// <summary>Divides the time of an invocation: the last part is for what was begun, and the very last for keeping the place.</summary>
internal sealed class ReconciliationTime : IDisposable
{
    /// <summary>Enough for nearly any photo.</summary>
    private static readonly TimeSpan ForTheLastPhoto = TimeSpan.FromSeconds(10);

    /// <summary>Enough for a PUT that is tried twice.</summary>
    private static readonly TimeSpan ForTheState = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _begin;
    private readonly CancellationTokenSource _work;
    private readonly CancellationTokenSource _linked;

    /// <summary>Starts the clock. Short invocations keep an eighth and a quarter of their time instead.</summary>
    public ReconciliationTime(ILambdaContext context, CancellationToken cancellationToken)
    {
        TimeSpan remaining = context.RemainingTime;
        _work = Deadline.Start(context, Shorter(ForTheState, remaining / 8));
        _begin = Deadline.Start(context, Shorter(ForTheLastPhoto, remaining / 4));
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_work.Token, cancellationToken);
    }

    /// <summary>Whether no other photo is to be begun.</summary>
    public bool IsUp => _begin.IsCancellationRequested;

    /// <summary>Ends the work on a photo.</summary>
    public CancellationToken Token => _linked.Token;

    public void Dispose()
    {
        _linked.Dispose();
        _work.Dispose();
        _begin.Dispose();
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
