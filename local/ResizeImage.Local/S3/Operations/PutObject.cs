using ResizeImage.Local.Events;
using ResizeImage.Local.S3.Content;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

internal sealed partial class S3Operations
{
    public async Task PutObjectAsync(S3Call call)
    {
        store.Find(call.Bucket);
        var headers = ObjectHeaders.Read(call.Request.Headers);
        using var staged = store.Stage();
        ReceivedBody body;
        await using (var file = staged.Create())
        {
            body = await RequestBody.ReceiveAsync(call.Request, file, S3Limits.MaxRequestBytes);
        }

        var stored = new StoredObject
        {
            Key = call.Key,
            Size = body.Size,
            ETag = EntityTag.Of(body.Md5),
            LastModified = Now(),
            Headers = headers,
            Checksum = Stored(body.Checksum),
        };
        Commit(call, stored, staged, ObjectEvent.Put);
        call.Response.Headers.ETag = Quoted(stored.ETag);
        WriteChecksum(call, stored.Checksum);
        WriteEncryption(call, stored.Headers);
    }
}
