using System.Globalization;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

/// <summary>Tags of objects.</summary>
internal sealed class ObjectTagging(ObjectStore store)
{
    public Task GetObjectTaggingAsync(S3Call call)
    {
        Preconditions.CheckVersion(call);
        StoredObject stored = store.Find(call.Bucket).Open(call.Key, withContent: false, out _);
        return call.WriteXmlAsync(TagSet.Root, xml => TagSet.Write(xml, stored.Tags));
    }

    public async Task PutObjectTaggingAsync(S3Call call)
    {
        Preconditions.CheckVersion(call);
        Bucket bucket = store.Find(call.Bucket);
        IReadOnlyList<ObjectTag>? tags = TagSet.Read(await call.ReadXmlBodyAsync());
        Change(bucket, call.Key, tags);
    }

    public Task DeleteObjectTaggingAsync(S3Call call)
    {
        Preconditions.CheckVersion(call);
        Change(store.Find(call.Bucket), call.Key, null);
        call.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    /// <summary>The header of GetObject and HeadObject.</summary>
    public static void WriteCount(S3Call call, StoredObject stored)
    {
        if (stored.Tags is { } tags)
        {
            call.Response.Headers["x-amz-tagging-count"] = tags.Count.ToString(CultureInfo.InvariantCulture);
        }
    }

    private void Change(Bucket bucket, string key, IReadOnlyList<ObjectTag>? tags)
    {
        using StagedFile metadata = store.Stage();
        bucket.Change(key, stored => stored with { Tags = tags }, metadata);
    }
}
