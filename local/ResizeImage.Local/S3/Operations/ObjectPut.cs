using ResizeImage.Local.Events;
using ResizeImage.Local.S3.Content;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

/// <summary>Stores the body of a request.</summary>
internal sealed class ObjectPut(ObjectStore store, ObjectChanges changes)
{
    public async Task PutObjectAsync(S3Call call)
    {
        store.Find(call.Bucket);
        Dictionary<string, string> headers = ObjectHeaders.Read(call.Request.Headers);
        IReadOnlyList<ObjectTag>? tags = TagSet.OfHeader(call.Request.Headers);
        string? acl = CannedAcl.OfObject(call.Request.Headers);
        using StagedFile staged = store.Stage();
        ReceivedBody body;
        await using (FileStream file = staged.Create())
        {
            body = await RequestBody.ReceiveAsync(call.Request, file, S3Limits.MaxRequestBytes);
        }

        StoredObject stored = new()
        {
            Key = call.Key,
            Size = body.Size,
            ETag = EntityTag.Of(body.Md5),
            LastModified = ObjectChanges.Now(),
            Headers = headers,
            Tags = tags,
            Acl = acl,
            Checksum = StoredChecksum.Of(body.Checksum),
        };
        changes.Commit(call, stored, staged, ObjectEvent.Put);
        call.Response.Headers.ETag = ObjectAnswer.Quoted(stored.ETag);
        ObjectAnswer.WriteChecksum(call, stored.Checksum);
        ObjectAnswer.WriteEncryption(call, stored.Headers);
    }
}
