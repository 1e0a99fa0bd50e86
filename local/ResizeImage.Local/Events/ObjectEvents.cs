using System.Collections.Concurrent;
using System.Threading.Channels;

namespace ResizeImage.Local.Events;

/// <summary>Publishes events to subscribers.</summary>
public sealed class ObjectEvents
{
    private readonly ConcurrentDictionary<ObjectEventSubscription, bool> _subscriptions = new();

    /// <summary>Keeps every event from now on until the subscriber reads it.</summary>
    public ObjectEventSubscription Subscribe()
    {
        ObjectEventSubscription subscription = new(ended => _subscriptions.TryRemove(ended, out _));
        _subscriptions[subscription] = true;
        return subscription;
    }

    internal void Publish(ObjectEvent happened)
    {
        foreach (ObjectEventSubscription subscription in _subscriptions.Keys)
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

    /// <summary>Ends the subscription and its enumeration.</summary>
    public void Dispose()
    {
        _ended(this);
        _events.Writer.TryComplete();
    }

    internal void Add(ObjectEvent happened) => _events.Writer.TryWrite(happened);
}
