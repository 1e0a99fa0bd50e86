using Amazon.Lambda.Core;

namespace ResizeImage;

/// <summary>Ends waiting shortly before Lambda would end the invocation, so that the failure can still be reported.</summary>
internal static class Deadline
{
    /// <summary>Enough to log and to answer.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);

    /// <summary>Starts the clock. A remaining time of zero, as in tests, means that there is no deadline.</summary>
    /// <param name="context">The invocation.</param>
    /// <param name="reserve">Time to be left besides that.</param>
    public static CancellationTokenSource Start(ILambdaContext context, TimeSpan reserve = default)
    {
        CancellationTokenSource source = new();
        TimeSpan remaining = context.RemainingTime;
        TimeSpan margin = Margin + reserve;
        if (remaining > margin)
        {
            source.CancelAfter(remaining - margin);
        }
        else if (remaining != TimeSpan.Zero)
        {
            source.Cancel();
        }

        return source;
    }
}
