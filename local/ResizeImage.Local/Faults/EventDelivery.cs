namespace ResizeImage.Local.Faults;

/// <summary>How an event is delivered.</summary>
/// <param name="Copies">The number of times.</param>
/// <param name="Start">Delivery waits for it.</param>
/// <param name="Sent">Called after the event has been queued.</param>
internal sealed record EventDelivery(int Copies, Task Start, Action Sent)
{
    /// <summary>Once, at once.</summary>
    public static readonly EventDelivery Plain = new(1, Task.CompletedTask, () => { });
}
