using System.Collections.Concurrent;
using System.Threading.Channels;

namespace ResizeImage.Local.Events;

/// <summary>Where those who want to know of created and removed objects subscribe.</summary>
public sealed class ObjectEvents
{
    private readonly ConcurrentDictionary<ObjectEventSubscription, bool> _subscriptions = new();

    /// <summary>From now on every event is kept for the subscriber until it is read.</summary>
    public ObjectEventSubscription Subscribe()
    {
        var subscription = new ObjectEventSubscription(ended => _subscriptions.TryRemove(ended, out _));
        _subscriptions[subscription] = true;
        return subscription;
    }

    internal void Publish(ObjectEvent happened)
    {
        foreach (var subscription in _subscriptions.Keys)
        {
            subscription.Add(happened);
        }
    }
}

/// <summary>The events since the subscription began, in their order. Enumerate once; dispose to end it.</summary>
public sealed class ObjectEventSubscription : IAsyncEnumerable<ObjectEvent>, IDisposable
{
    private readonly Channel<ObjectEvent> _events = Channel.CreateUnbounded<ObjectEvent>(new() { SingleReader = true });
    private readonly Action<ObjectEventSubscription> _ended;

    internal ObjectEventSubscription(Action<ObjectEventSubscription> ended) => _ended = ended;

    /// <summary>Waits for the next event.</summary>
    public ValueTask<ObjectEvent> NextAsync(CancellationToken cancellationToken = default) => _events.Reader.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerator<ObjectEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        _events.Reader.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

    /// <summary>Ends the subscription; who enumerates it comes to the end.</summary>
    public void Dispose()
    {
        _ended(this);
        _events.Writer.TryComplete();
    }

    internal void Add(ObjectEvent happened) => _events.Writer.TryWrite(happened);
}
