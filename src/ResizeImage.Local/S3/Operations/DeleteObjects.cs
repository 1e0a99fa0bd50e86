using ResizeImage.Local.Events;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

internal sealed partial class S3Operations
{
    /// <remarks>204 also where nothing was there to delete.</remarks>
    public Task DeleteObjectAsync(S3Call call)
    {
        CheckVersion(call);
        Delete(call, call.Key, existing => Preconditions.CheckWrite(call, call.Key, existing));
        call.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    public async Task DeleteObjectsAsync(S3Call call)
    {
        store.Find(call.Bucket);
        var (fields, items) = S3Xml.Read(await call.ReadXmlBodyAsync(), root: "Delete", item: "Object");
        if (items.Count is 0 or > S3Limits.MaxKeys)
        {
            throw S3Error.MalformedXml($"expected 1 to {S3Limits.MaxKeys} elements Object, found {items.Count}");
        }

        if (items.Exists(item => item.ContainsKey("ETag") || item.ContainsKey("LastModifiedTime") || item.ContainsKey("Size")))
        {
            throw S3Error.OperationNotImplemented("conditions in DeleteObjects");
        }

        string[] keys = [.. items.Select(item => item.GetValueOrDefault("Key") is { Length: > 0 } key ? key : throw S3Error.MalformedXml("an Object has no Key"))];
        foreach (string key in keys)
        {
            Delete(call, key, _ => { });
        }

        bool quiet = fields.GetValueOrDefault("Quiet") == "true";
        await call.WriteXmlAsync("DeleteResult", xml =>
        {
            foreach (string key in quiet ? [] : keys)
            {
                xml.WriteStartElement("Deleted");
                xml.WriteElementString("Key", key);
                xml.WriteEndElement();
            }
        });
    }

    private void Delete(S3Call call, string key, Action<StoredObject?> check) => store.Find(call.Bucket).Delete(
        key, check, () => Events.Publish(Happened(call, ObjectEvent.Delete, key, size: 0, etag: "")));
}
