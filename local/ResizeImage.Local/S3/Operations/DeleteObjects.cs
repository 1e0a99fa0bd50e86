using ResizeImage.Local.Events;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

internal sealed partial class S3Operations
{
    /// <remarks>204 also where nothing was there to delete.</remarks>
    public Task DeleteObjectAsync(S3Call call)
    {
        CheckVersion(call);
        RefusedHeaders.CheckDelete(call.Request.Headers);
        Delete(call, call.Key, existing => Preconditions.CheckWrite(call, call.Key, existing));
        call.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    public async Task DeleteObjectsAsync(S3Call call)
    {
        store.Find(call.Bucket);
        RefusedHeaders.CheckDelete(call.Request.Headers);
        var (fields, items) = S3Xml.Read(await call.ReadXmlBodyAsync(), root: "Delete", item: "Object");
        if (items.Count is 0 or > S3Limits.MaxKeys)
        {
            throw S3Error.MalformedXml($"expected 1 to {S3Limits.MaxKeys} elements Object, found {items.Count}");
        }

        if (items.Exists(item => item.ContainsKey("ETag") || item.ContainsKey("LastModifiedTime") || item.ContainsKey("Size")))
        {
            throw S3Error.OperationNotImplemented("conditions in DeleteObjects");
        }

        (string Key, string? Version)[] objects =
        [
            .. items.Select(item => item.GetValueOrDefault("Key") is { Length: > 0 } key
                ? (key, item.GetValueOrDefault("VersionId"))
                : throw S3Error.MalformedXml("an Object has no Key")),
        ];
        var results = Array.ConvertAll(objects, one => (one.Key, one.Version, Error: TryDelete(call, one.Key, one.Version)));
        bool quiet = fields.GetValueOrDefault("Quiet") == "true";
        await call.WriteXmlAsync("DeleteResult", xml =>
        {
            foreach (var (key, version, error) in results.Where(result => !quiet || result.Error is not null))
            {
                xml.WriteStartElement(error is null ? "Deleted" : "Error");
                xml.WriteElementString("Key", key);
                WriteIfGiven(xml, "VersionId", version ?? "");
                if (error is not null)
                {
                    xml.WriteElementString("Code", error.Code);
                    xml.WriteElementString("Message", error.Message);
                }

                xml.WriteEndElement();
            }
        });
    }

    /// <returns>Null if there is no such object now.</returns>
    private S3Exception? TryDelete(S3Call call, string key, string? version)
    {
        if (version is not (null or "" or "null"))
        {
            return S3Error.NoSuchVersion(key, version);
        }

        try
        {
            Delete(call, key, _ => { });
            return null;
        }
        catch (IOException e)
        {
            return new S3Exception(500, "InternalError", e.Message);
        }
    }

    private void Delete(S3Call call, string key, Action<StoredObject?> check) => store.Find(call.Bucket).Delete(
        key, check, () => Events.Publish(Happened(call, ObjectEvent.Delete, key, size: 0, etag: "")));
}
