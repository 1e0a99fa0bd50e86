using ResizeImage.Local.Events;
using ResizeImage.Local.S3.Content;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

internal sealed partial class S3Operations
{
    public async Task CopyObjectAsync(S3Call call)
    {
        store.Find(call.Bucket);
        string directive = call.Header("x-amz-metadata-directive") ?? "COPY";
        if (directive is not ("COPY" or "REPLACE"))
        {
            throw S3Error.InvalidArgument("x-amz-metadata-directive", directive, "COPY or REPLACE");
        }

        await using var source = CopySource.Open(call, store);
        if (directive == "COPY" && source.Bucket == call.Bucket && source.Stored.Key == call.Key)
        {
            throw S3Error.InvalidRequest(
                "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
        }

        // Read also for COPY: what is refused in a PUT is refused here.
        var replacement = ObjectHeaders.Read(call.Request.Headers);
        string? algorithm = RequestBody.ChecksumAlgorithm(call.Request) ?? source.Stored.Checksum?.Algorithm;
        using var staged = store.Stage();
        using var md5 = Digest.Create("md5");
        using var checksum = algorithm is null ? null : Digest.Create(algorithm);
        await using (var file = staged.Create())
        {
            await DigestingCopy.RunAsync(source.Content, file, [.. new[] { md5, checksum }.OfType<Digest>()], source.Stored.Size, call.Aborted);
        }

        var stored = new StoredObject
        {
            Key = call.Key,
            Size = source.Stored.Size,
            ETag = Hex(md5.Finish()),
            LastModified = Now(),
            Headers = directive == "REPLACE" ? replacement : source.Stored.Headers,
            Checksum = checksum is null ? null : Stored(new ReceivedChecksum(algorithm!, checksum.Finish())),
        };
        Commit(call, stored, staged, ObjectEvent.Copy);
        await call.WriteXmlAsync("CopyObjectResult", xml =>
        {
            xml.WriteElementString("ETag", Quoted(stored.ETag));
            xml.WriteElement("LastModified", stored.LastModified);
            WriteChecksumElement(xml, stored.Checksum);
        });
    }
}
