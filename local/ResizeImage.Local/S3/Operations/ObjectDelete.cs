using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

/// <summary>Deletes one object, or many in one request.</summary>
internal sealed class ObjectDelete(ObjectStore store, ObjectChanges changes)
{
    /// <remarks>The answer is 204 also if the object does not exist.</remarks>
    public Task DeleteObjectAsync(S3Call call)
    {
        Preconditions.CheckVersion(call);
        RefusedHeaders.CheckDelete(call.Request.Headers);
        changes.Delete(call, call.Key, existing => Preconditions.CheckWrite(call, call.Key, existing));
        call.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    public async Task DeleteObjectsAsync(S3Call call)
    {
        store.Find(call.Bucket);
        RefusedHeaders.CheckDelete(call.Request.Headers);
        (Dictionary<string, string>? fields, List<Dictionary<string, string>>? items) = S3Xml.Read(await call.ReadXmlBodyAsync(), root: "Delete", item: "Object");
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
        (string Key, string? Version, S3Exception? Error)[] results = Array.ConvertAll(objects, one => (one.Key, one.Version, Error: TryDelete(call, one.Key, one.Version)));
        bool quiet = fields.GetValueOrDefault("Quiet") == "true";
        await call.WriteXmlAsync("DeleteResult", xml =>
        {
            foreach ((string? key, string? version, S3Exception? error) in results.Where(result => !quiet || result.Error is not null))
            {
                xml.WriteStartElement(error is null ? "Deleted" : "Error");
                xml.WriteElementString("Key", key);
                xml.WriteIfGiven("VersionId", version ?? "");
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
            changes.Delete(call, key, _ => { });
            return null;
        }
        catch (IOException e)
        {
            return new S3Exception(500, "InternalError", e.Message);
        }
    }
}
