using ResizeImage.Local.Events;
using ResizeImage.Local.S3.Content;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

/// <summary>The operations of <see cref="S3Route"/>; one file for each group of them.</summary>
internal sealed partial class S3Operations(ObjectStore store, S3ServerOptions options)
{
    private readonly Sequencer _sequencer = new();

    public ObjectEvents Events { get; } = new();

    public static bool IsCopy(S3Call call) => call.Request.Headers.ContainsKey("x-amz-copy-source");

    private static string Quoted(string etag) => "\"" + etag + "\"";

    // S3 keeps whole seconds.
    private static DateTime Now()
    {
        var now = DateTime.UtcNow;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }

    private void Commit(S3Call call, StoredObject stored, StagedFile content, string eventName)
    {
        using var metadata = store.Stage();
        store.Find(call.Bucket).Commit(
            stored,
            content,
            metadata,
            existing => Preconditions.CheckWrite(call, stored.Key, existing),
            () => Events.Publish(Happened(call, eventName, stored.Key, stored.Size, stored.ETag)));
    }

    private ObjectEvent Happened(S3Call call, string name, string key, long size, string etag) =>
        new(name, call.Bucket, key, size, etag, _sequencer.Next(), DateTime.UtcNow, call.RequestId, call.HostId);

    private static StoredChecksum? Stored(ReceivedChecksum? checksum) =>
        checksum is null ? null : new StoredChecksum(checksum.Algorithm, Convert.ToBase64String(checksum.Value), StoredChecksum.FullObject);

    private static void WriteEncryption(S3Call call, IReadOnlyDictionary<string, string> headers)
    {
        if (headers.TryGetValue(Encryption.Header, out string? encryption))
        {
            call.Response.Headers[Encryption.Header] = encryption;
        }
    }

    private static void WriteChecksum(S3Call call, StoredChecksum? checksum)
    {
        if (checksum is not null)
        {
            call.Response.Headers["x-amz-checksum-" + checksum.Algorithm] = checksum.Value;
            call.Response.Headers["x-amz-checksum-type"] = checksum.Type;
        }
    }
}
