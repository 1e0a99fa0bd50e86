namespace ResizeImage.Imaging;

/// <summary>
/// The work of one thumbnail: counted, and ended when it is canceled or becomes more than allowed. Whoever has a loop over something that a
/// file can make long calls <see cref="Check"/> or <see cref="Spend"/> in it: once per row, scan, block of compressed data, or segment.
/// </summary>
/// <param name="limit">The most work; a unit is about a nanosecond of a server's core.</param>
/// <param name="cancellation">Ends the work.</param>
internal class WorkMeter(long limit = long.MaxValue, CancellationToken cancellation = default)
{
    /// <summary>Work that was counted so far. The time that was needed can be longer: time in proportion to the file is not counted.</summary>
    public long Spent { get; private set; }

    /// <summary>Ends the work if it was canceled.</summary>
    /// <exception cref="OperationCanceledException">It was.</exception>
    public virtual void Check() => cancellation.ThrowIfCancellationRequested();

    /// <summary>Counts work that a small file can ask for, before it is done.</summary>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    /// <exception cref="ImageLimitException">It becomes more than allowed.</exception>
    public void Spend(long work)
    {
        Check();
        Spent += work;
        if (Spent > limit)
        {
            throw new ImageLimitException(
                $"Decoding the image takes {Spent:N0} units of work or more; the limit ({nameof(ImageLimits.MaxWork)}) is {limit:N0}.",
                nameof(ImageLimits.MaxWork));
        }
    }
}
