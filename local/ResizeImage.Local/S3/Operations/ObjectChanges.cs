using ResizeImage.Local.Events;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

/// <summary>Stores and deletes objects, and publishes an event for each change.</summary>
internal sealed class ObjectChanges(ObjectStore store)
{
    private readonly Sequencer _sequencer = new();

    public ObjectEvents Events { get; } = new();

    /// <summary>The time of a change. S3 keeps whole seconds.</summary>
    public static DateTime Now()
    {
        DateTime now = DateTime.UtcNow;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }

    /// <summary>Makes a staged file an object.</summary>
    /// <exception cref="S3Exception">The request has a condition that does not hold.</exception>
    public void Commit(S3Call call, StoredObject stored, StagedFile content, string eventName)
    {
        using StagedFile metadata = store.Stage();
        store.Find(call.Bucket).Commit(
            stored,
            content,
            metadata,
            existing => Preconditions.CheckWrite(call, stored.Key, existing),
            () => Publish(call, eventName, stored.Key, stored.Size, stored.ETag));
    }

    /// <summary>Deletes an object, or nothing where there is none, unless <paramref name="check"/> throws.</summary>
    public void Delete(S3Call call, string key, Action<StoredObject?> check) => store.Find(call.Bucket).Delete(
        key, check, () => Publish(call, ObjectEvent.Delete, key, size: 0, etag: ""));

    private void Publish(S3Call call, string name, string key, long size, string etag) =>
        Events.Publish(new ObjectEvent(name, call.Bucket, key, size, etag, _sequencer.Next(), DateTime.UtcNow, call.RequestId, call.HostId));
}
