using System.Globalization;
using ResizeImage.Local.Events;
using ResizeImage.Local.S3.Content;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

/// <summary>Joins the parts of an upload to an object.</summary>
internal sealed class MultipartUploadCompletion(ObjectStore store, MultipartUploads uploads, ObjectChanges changes)
{
    public async Task CompleteMultipartUploadAsync(S3Call call)
    {
        Bucket bucket = store.Find(call.Bucket);
        (Dictionary<string, string> _, List<Dictionary<string, string>>? items) = S3Xml.Read(await call.ReadXmlBodyAsync(checksumIsOfBody: false), root: "CompleteMultipartUpload", item: "Part");
        if (items.Count == 0)
        {
            throw S3Error.MalformedXml("expected at least one element Part");
        }

        if (uploads.TryFind(call.Query("uploadId"), call.Bucket, call.Key) is { } upload)
        {
            await upload.Completing.WaitAsync(call.Aborted);
            try
            {
                // Another request may have completed it while this one waited.
                if (uploads.TryFind(upload.Id, call.Bucket, call.Key) is not null)
                {
                    StoredObject stored = await JoinAsync(call, upload, ChosenParts(items, upload.Parts()));
                    uploads.End(upload);
                    await AnswerCompletedAsync(call, stored);
                    return;
                }
            }
            finally
            {
                upload.Completing.Release();
            }
        }

        await AnswerCompletedAsync(call, CompletedBefore(call, bucket, items));
    }

    private static Task AnswerCompletedAsync(S3Call call, StoredObject stored)
    {
        ObjectAnswer.WriteChecksum(call, stored.Checksum);
        ObjectAnswer.WriteEncryption(call, stored.Headers);
        return call.WriteXmlAsync("CompleteMultipartUploadResult", xml =>
        {
            xml.WriteElementString("Location", $"http://{call.Request.Host}{call.Request.Path}");
            xml.WriteElementString("Bucket", call.Bucket);
            xml.WriteElementString("Key", stored.Key);
            xml.WriteElementString("ETag", ObjectAnswer.Quoted(stored.ETag));
            ObjectAnswer.WriteChecksumElement(xml, stored.Checksum);
            if (stored.Checksum is { } checksum)
            {
                xml.WriteElementString("ChecksumType", checksum.Type);
            }
        });
    }

    /// <summary>The object from an earlier request for the same upload: clients retry when an answer is lost.</summary>
    private static StoredObject CompletedBefore(S3Call call, Bucket bucket, List<Dictionary<string, string>> items)
    {
        string id = call.Query("uploadId");
        if (bucket.Find(call.Key) is not { } stored || stored.UploadId != id)
        {
            throw S3Error.NoSuchUpload(id);
        }

        try
        {
            byte[][] md5s = [.. items.Select(item => Convert.FromHexString(item.GetValueOrDefault("ETag")?.Trim('"') ?? ""))];
            if (EntityTag.OfParts(md5s) == stored.ETag)
            {
                return stored;
            }
        }
        catch (FormatException)
        {
            // No ETag of a part.
        }

        throw S3Error.InvalidPart(1);
    }

    /// <summary>The parts that the client lists; it may omit some.</summary>
    private static List<UploadedPart> ChosenParts(List<Dictionary<string, string>> items, IReadOnlyList<UploadedPart> uploaded)
    {
        List<UploadedPart> chosen = new();
        foreach (Dictionary<string, string> item in items)
        {
            if (!int.TryParse(item.GetValueOrDefault("PartNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                throw S3Error.MalformedXml("a Part has no PartNumber");
            }

            if (chosen.Count > 0 && number <= chosen[^1].Number)
            {
                throw S3Error.InvalidPartOrder();
            }

            UploadedPart? part = uploaded.FirstOrDefault(part => part.Number == number);
            if (part is null || item.GetValueOrDefault("ETag")?.Trim('"') != EntityTag.Of(part.Md5) || !ChecksumMatches(item, part.Checksum))
            {
                throw S3Error.InvalidPart(number);
            }

            if (chosen.Count > 0 && chosen[^1].Size < S3Limits.MinPartBytes)
            {
                throw S3Error.EntityTooSmall(
                    chosen[^1].Size, S3Limits.MinPartBytes, ("PartNumber", chosen[^1].Number.ToString(CultureInfo.InvariantCulture)));
            }

            chosen.Add(part);
        }

        return chosen;
    }

    private static bool ChecksumMatches(Dictionary<string, string> item, ReceivedChecksum? checksum) =>
        checksum is null
        || !item.TryGetValue("Checksum" + checksum.Algorithm.ToUpperInvariant(), out string? sent)
        || sent == Convert.ToBase64String(checksum.Value);

    private async Task<StoredObject> JoinAsync(S3Call call, MultipartUpload upload, List<UploadedPart> parts)
    {
        string? algorithm = upload.ChecksumAlgorithm;
        using Digest? whole = algorithm is null ? null : Digest.Create(algorithm);
        using Digest? ofParts = algorithm is null ? null : Digest.Create(algorithm);
        using StagedFile staged = store.Stage();
        await using (FileStream file = staged.Create())
        {
            foreach (UploadedPart part in parts)
            {
                await using FileStream content = part.File.Open();
                await DigestingCopy.RunAsync(content, file, whole is null ? [] : [whole], part.Size, call.Aborted);
                ofParts?.Append(part.Checksum!.Value);
            }
        }

        string count = parts.Count.ToString(CultureInfo.InvariantCulture);
        StoredChecksum? checksum = algorithm is null ? null
            : upload.ChecksumType == StoredChecksum.FullObject ? StoredChecksum.Of(new ReceivedChecksum(algorithm, whole!.Finish()))
            : new StoredChecksum(algorithm, $"{Convert.ToBase64String(ofParts!.Finish())}-{count}", StoredChecksum.Composite);
        if (checksum is not null && call.Header("x-amz-checksum-" + algorithm) is { } expected && expected.Split('-')[0] != checksum.Value.Split('-')[0])
        {
            throw S3Error.BadDigest("x-amz-checksum-" + algorithm, expected, checksum.Value);
        }

        StoredObject stored = new()
        {
            Key = upload.Key,
            Size = parts.Sum(part => part.Size),
            ETag = EntityTag.OfParts([.. parts.Select(part => part.Md5)]),
            LastModified = ObjectChanges.Now(),
            Headers = upload.Headers,
            Tags = upload.Tags,
            Acl = upload.Acl,
            Checksum = checksum,
            PartSizes = [.. parts.Select(part => part.Size)],
            UploadId = upload.Id,
        };
        changes.Commit(call, stored, staged, ObjectEvent.CompleteMultipartUpload);
        return stored;
    }
}
