using ResizeImage.Local.Events;
using ResizeImage.Local.S3.Content;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

/// <summary>Copies an object on the server.</summary>
internal sealed class ObjectCopy(ObjectStore store, ObjectChanges changes)
{
    public async Task CopyObjectAsync(S3Call call)
    {
        store.Find(call.Bucket);
        string directive = Directive(call, "x-amz-metadata-directive");
        bool replacesTags = Directive(call, "x-amz-tagging-directive") == "REPLACE";

        // Read for COPY as well: a copy refuses the same headers as a PUT.
        Dictionary<string, string> requested = ObjectHeaders.Read(call.Request.Headers);
        IReadOnlyList<ObjectTag>? requestedTags = TagSet.OfHeader(call.Request.Headers);
        string? acl = CannedAcl.OfObject(call.Request.Headers);
        await using CopySource source = CopySource.Open(call, store);
        if (directive == "COPY" && source.Bucket == call.Bucket && source.Stored.Key == call.Key && !ChangesWithoutReplacing(call, requested))
        {
            throw S3Error.InvalidRequest(
                "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
        }

        string? algorithm = RequestBody.ChecksumAlgorithm(call.Request) ?? source.Stored.Checksum?.Algorithm;
        using StagedFile staged = store.Stage();
        using Digest md5 = Digest.Create("md5");
        using Digest? checksum = algorithm is null ? null : Digest.Create(algorithm);
        await using (FileStream file = staged.Create())
        {
            await DigestingCopy.RunAsync(source.Content, file, [.. new[] { md5, checksum }.OfType<Digest>()], source.Stored.Size, call.Aborted);
        }

        StoredObject stored = new()
        {
            Key = call.Key,
            Size = source.Stored.Size,
            ETag = EntityTag.Of(md5.Finish()),
            LastModified = ObjectChanges.Now(),
            Headers = directive == "REPLACE" ? requested : ObjectHeaders.Copy(source.Stored.Headers, requested),
            Tags = replacesTags ? requestedTags : source.Stored.Tags,
            Acl = acl,
            Checksum = checksum is null ? null : StoredChecksum.Of(new ReceivedChecksum(algorithm!, checksum.Finish())),
        };
        changes.Commit(call, stored, staged, ObjectEvent.Copy);
        ObjectAnswer.WriteEncryption(call, stored.Headers);
        await call.WriteXmlAsync("CopyObjectResult", xml =>
        {
            xml.WriteElementString("ETag", ObjectAnswer.Quoted(stored.ETag));
            xml.WriteElement("LastModified", stored.LastModified);
            ObjectAnswer.WriteChecksumElement(xml, stored.Checksum);
        });
    }

    private static string Directive(S3Call call, string name)
    {
        string directive = call.Header(name) ?? "COPY";
        return directive is "COPY" or "REPLACE" ? directive : throw S3Error.InvalidArgument(name, directive, "COPY or REPLACE");
    }

    /// <summary>A storage class or encryption in the request counts as a change, even if it is the current one.</summary>
    private static bool ChangesWithoutReplacing(S3Call call, Dictionary<string, string> requested) =>
        call.Header("x-amz-storage-class") is not null || requested.ContainsKey(Encryption.Header) || requested.ContainsKey(ObjectHeaders.WebsiteRedirect);
}
