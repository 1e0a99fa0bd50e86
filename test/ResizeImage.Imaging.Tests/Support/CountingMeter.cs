namespace ResizeImage.Imaging.Tests.Support;

/// <summary>Counts how often an engine looks whether its work was canceled, and cancels it at one of these looks.</summary>
/// <param name="cancelAt">The number of the check that cancels, from 1 on.</param>
internal sealed class CountingMeter(long cancelAt = long.MaxValue) : WorkMeter
{
    /// <summary>Checks so far.</summary>
    public long Checks { get; private set; }

    /// <inheritdoc/>
    public override void Check()
    {
        Checks++;
        if (Checks >= cancelAt)
        {
            throw new OperationCanceledException();
        }
    }
}
