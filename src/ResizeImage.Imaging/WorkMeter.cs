namespace ResizeImage.Imaging;

/// <summary>
/// Counts the work of one thumbnail, and ends it when it is canceled or exceeds its limit. Every loop that a file can make long calls
/// <see cref="Check"/> or <see cref="Spend"/>: once per row, scan, block of compressed data, or segment.
/// </summary>
/// <param name="limit">The most work; a unit is about a nanosecond of a server's core.</param>
/// <param name="cancellation">Ends the work.</param>
internal class WorkMeter(long limit = long.MaxValue, CancellationToken cancellation = default)
{
    /// <summary>Work counted so far. The elapsed time can be longer: time in proportion to the file is not counted.</summary>
    public long Spent { get; private set; }

    /// <summary>Ends the work if it was canceled.</summary>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public virtual void Check() => cancellation.ThrowIfCancellationRequested();

    /// <summary>Counts work that a small file can ask for, before it is done.</summary>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    /// <exception cref="ImageLimitException">The work exceeds its limit.</exception>
    public void Spend(long work)
    {
        Check();
        if (work > limit - Spent)
        {
            // Refused work is not done, so it is not counted: what remains can be enough for an embedded thumbnail.
            throw new ImageLimitException(
                $"Decoding the image takes {(decimal)Spent + work:N0} units of work or more; the limit is {limit:N0}.",
                nameof(ImageLimits.MaxWork));
        }

        Spent += work;
    }
}
