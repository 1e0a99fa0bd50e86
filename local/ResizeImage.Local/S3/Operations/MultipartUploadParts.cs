using ResizeImage.Local.S3.Content;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

/// <summary>Multipart uploads, until they are completed.</summary>
internal sealed class MultipartUploadParts(ObjectStore store, MultipartUploads uploads)
{
    public Task CreateMultipartUploadAsync(S3Call call)
    {
        store.Find(call.Bucket);
        string? algorithm = RequestBody.ChecksumAlgorithm(call.Request);
        string type = call.Header("x-amz-checksum-type") ?? (algorithm == "crc64nvme" ? StoredChecksum.FullObject : StoredChecksum.Composite);
        if (type is not (StoredChecksum.FullObject or StoredChecksum.Composite))
        {
            throw S3Error.InvalidArgument("x-amz-checksum-type", type, $"{StoredChecksum.FullObject} or {StoredChecksum.Composite}");
        }

        Dictionary<string, string> headers = ObjectHeaders.Read(call.Request.Headers);
        MultipartUpload upload = new()
        {
            Id = MultipartUploads.NewId(),
            Bucket = call.Bucket,
            Key = call.Key,
            Initiated = ObjectChanges.Now(),
            Headers = headers,
            Tags = TagSet.OfHeader(call.Request.Headers),
            Acl = CannedAcl.OfObject(call.Request.Headers),
            ChecksumAlgorithm = algorithm,
            ChecksumType = type,
        };
        uploads.Add(upload);
        if (algorithm is not null)
        {
            call.Response.Headers["x-amz-checksum-algorithm"] = algorithm.ToUpperInvariant();
            call.Response.Headers["x-amz-checksum-type"] = type;
        }

        ObjectAnswer.WriteEncryption(call, headers);
        return call.WriteXmlAsync("InitiateMultipartUploadResult", xml =>
        {
            xml.WriteElementString("Bucket", call.Bucket);
            xml.WriteElementString("Key", call.Key);
            xml.WriteElementString("UploadId", upload.Id);
        });
    }

    public async Task UploadPartAsync(S3Call call)
    {
        (MultipartUpload? upload, int number) = FindUploadAndPart(call);
        Encryption.CheckRead(call.Request.Headers);
        if (upload.ChecksumAlgorithm is { } chosen && RequestBody.ChecksumAlgorithm(call.Request) is { } sent && sent != chosen)
        {
            throw S3Error.InvalidRequest($"Checksum Type mismatch occurred, expected checksum Type: {chosen}, actual checksum Type: {sent}");
        }

        StagedFile staged = store.Stage();
        try
        {
            ReceivedBody body;
            await using (FileStream file = staged.Create())
            {
                body = await RequestBody.ReceiveAsync(call.Request, file, S3Limits.MaxRequestBytes, upload.ChecksumAlgorithm);
            }

            upload.Add(new UploadedPart(number, body.Size, body.Md5, body.Checksum, ObjectChanges.Now(), staged));
            call.Response.Headers.ETag = ObjectAnswer.Quoted(EntityTag.Of(body.Md5));
            ObjectAnswer.WriteEncryption(call, upload.Headers);
            if (body.Checksum is { } checksum)
            {
                call.Response.Headers["x-amz-checksum-" + checksum.Algorithm] = Convert.ToBase64String(checksum.Value);
            }
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    public async Task UploadPartCopyAsync(S3Call call)
    {
        (MultipartUpload? upload, int number) = FindUploadAndPart(call);
        Encryption.CheckRead(call.Request.Headers);
        await using CopySource source = CopySource.Open(call, store);
        (long start, long length) = ByteRange.ParseCopySource(call.Header("x-amz-copy-source-range"), source.Stored.Size);
        source.Content.Position = start;
        StagedFile staged = store.Stage();
        try
        {
            using Digest md5 = Digest.Create("md5");
            using Digest? checksum = upload.ChecksumAlgorithm is null ? null : Digest.Create(upload.ChecksumAlgorithm);
            await using (FileStream file = staged.Create())
            {
                await DigestingCopy.RunAsync(source.Content, file, [.. new[] { md5, checksum }.OfType<Digest>()], length, call.Aborted);
            }

            ReceivedChecksum? received = checksum is null ? null : new ReceivedChecksum(upload.ChecksumAlgorithm!, checksum.Finish());
            UploadedPart uploaded = new(number, length, md5.Finish(), received, ObjectChanges.Now(), staged);
            upload.Add(uploaded);
            ObjectAnswer.WriteEncryption(call, upload.Headers);
            await call.WriteXmlAsync("CopyPartResult", xml =>
            {
                xml.WriteElementString("ETag", ObjectAnswer.Quoted(EntityTag.Of(uploaded.Md5)));
                xml.WriteElement("LastModified", uploaded.LastModified);
                ObjectAnswer.WriteChecksumElement(xml, StoredChecksum.Of(received));
            });
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    public Task AbortMultipartUploadAsync(S3Call call)
    {
        uploads.End(FindUpload(call));
        call.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    public Task ListPartsAsync(S3Call call)
    {
        MultipartUpload upload = FindUpload(call);
        int max = Math.Min(S3Limits.MaxKeys, call.QueryNumber("max-parts", S3Limits.MaxKeys, 0, int.MaxValue));
        int marker = call.QueryNumber("part-number-marker", 0, 0, int.MaxValue);
        UploadedPart[] following = [.. upload.Parts().Where(part => part.Number > marker)];
        UploadedPart[] page = [.. following.Take(max)];
        return call.WriteXmlAsync("ListPartsResult", xml =>
        {
            xml.WriteElementString("Bucket", upload.Bucket);
            xml.WriteElementString("Key", upload.Key);
            xml.WriteElementString("UploadId", upload.Id);
            xml.WriteOwner("Initiator");
            xml.WriteOwner("Owner");
            xml.WriteElementString("StorageClass", "STANDARD");
            xml.WriteElement("PartNumberMarker", marker);
            xml.WriteElement("NextPartNumberMarker", page.Length == 0 ? marker : page[^1].Number);
            xml.WriteElement("MaxParts", max);
            xml.WriteElement("IsTruncated", page.Length < following.Length);
            foreach (UploadedPart part in page)
            {
                xml.WriteStartElement("Part");
                xml.WriteElement("PartNumber", part.Number);
                xml.WriteElement("LastModified", part.LastModified);
                xml.WriteElementString("ETag", ObjectAnswer.Quoted(EntityTag.Of(part.Md5)));
                xml.WriteElement("Size", part.Size);
                ObjectAnswer.WriteChecksumElement(xml, StoredChecksum.Of(part.Checksum));
                xml.WriteEndElement();
            }
        });
    }

    private MultipartUpload FindUpload(S3Call call)
    {
        store.Find(call.Bucket);
        return uploads.Find(call.Query("uploadId"), call.Bucket, call.Key);
    }

    private (MultipartUpload Upload, int Number) FindUploadAndPart(S3Call call)
    {
        MultipartUpload upload = FindUpload(call);
        return (upload, call.QueryNumber("partNumber", 0, 1, S3Limits.MaxParts));
    }
}
