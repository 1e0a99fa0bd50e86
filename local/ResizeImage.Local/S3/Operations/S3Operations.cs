using ResizeImage.Local.Events;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

/// <summary>The operations that <see cref="S3Route"/> leads to, in groups, on one store.</summary>
internal sealed class S3Operations
{
    private readonly ObjectChanges _changes;

    public S3Operations(ObjectStore store, S3ServerOptions options)
    {
        _changes = new ObjectChanges(store);
        MultipartUploads uploads = new();
        Buckets = new BucketOperations(store);
        Notifications = new BucketNotifications(store, options);
        Lists = new ObjectLists(store);
        Read = new ObjectRead(store);
        Tagging = new ObjectTagging(store);
        Put = new ObjectPut(store, _changes);
        Copy = new ObjectCopy(store, _changes);
        Form = new FormUpload(store, _changes);
        Delete = new ObjectDelete(store, _changes);
        UploadList = new MultipartUploadList(store, uploads);
        UploadParts = new MultipartUploadParts(store, uploads);
        UploadCompletion = new MultipartUploadCompletion(store, uploads, _changes);
    }

    public ObjectEvents Events => _changes.Events;

    public BucketOperations Buckets { get; }

    public BucketNotifications Notifications { get; }

    public ObjectLists Lists { get; }

    public ObjectRead Read { get; }

    public ObjectTagging Tagging { get; }

    public ObjectPut Put { get; }

    public ObjectCopy Copy { get; }

    public FormUpload Form { get; }

    public ObjectDelete Delete { get; }

    public MultipartUploadList UploadList { get; }

    public MultipartUploadParts UploadParts { get; }

    public MultipartUploadCompletion UploadCompletion { get; }

    public static bool IsCopy(S3Call call) => call.Request.Headers.ContainsKey("x-amz-copy-source");
}
