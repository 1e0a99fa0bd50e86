using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

/// <summary>The list of uploads that are neither completed nor aborted.</summary>
internal sealed class MultipartUploadList(ObjectStore store, MultipartUploads uploads)
{
    public Task ListMultipartUploadsAsync(S3Call call)
    {
        store.Find(call.Bucket);
        Func<string, string> encode = ListAnswer.KeyEncoding(call);
        string keyMarker = call.Query("key-marker");
        string idMarker = call.Query("upload-id-marker");
        int max = Math.Min(S3Limits.MaxKeys, call.QueryNumber("max-uploads", S3Limits.MaxKeys, 0, int.MaxValue));
        ListQuery query = new(call.Query("prefix"), call.Query("delimiter"), keyMarker, max);
        ListPage<MultipartUpload> page = ListPage<MultipartUpload>.Read(Following(uploads.Of(call.Bucket, query.Prefix), keyMarker, idMarker), upload => upload.Key, query);
        return call.WriteXmlAsync("ListMultipartUploadsResult", xml =>
        {
            xml.WriteElementString("Bucket", call.Bucket);
            xml.WriteElementString("KeyMarker", encode(keyMarker));
            xml.WriteElementString("UploadIdMarker", idMarker);
            if (page.IsTruncated)
            {
                xml.WriteElementString("NextKeyMarker", encode(page.Last));
                xml.WriteElementString("NextUploadIdMarker", page.LastIsPrefix ? "" : page.Items[^1].Id);
            }

            xml.WriteElementString("Prefix", encode(query.Prefix));
            xml.WriteIfGiven("Delimiter", encode(query.Delimiter));
            xml.WriteIfGiven("EncodingType", call.Query("encoding-type"));
            xml.WriteElement("MaxUploads", max);
            xml.WriteElement("IsTruncated", page.IsTruncated);
            foreach (MultipartUpload upload in page.Items)
            {
                xml.WriteStartElement("Upload");
                xml.WriteElementString("Key", encode(upload.Key));
                xml.WriteElementString("UploadId", upload.Id);
                xml.WriteOwner("Initiator");
                xml.WriteOwner("Owner");
                xml.WriteElementString("StorageClass", "STANDARD");
                xml.WriteElement("Initiated", upload.Initiated);
                xml.WriteEndElement();
            }

            ListAnswer.WriteCommonPrefixes(xml, page.CommonPrefixes, encode);
        });
    }

    /// <summary>The uploads after the markers. With both markers, later uploads of the marked key are included.</summary>
    private static IEnumerable<MultipartUpload> Following(IReadOnlyList<MultipartUpload> uploads, string keyMarker, string idMarker)
    {
        bool after = keyMarker.Length == 0;
        foreach (MultipartUpload upload in uploads)
        {
            int order = Utf8Order.Instance.Compare(upload.Key, keyMarker);
            if (after || order > 0)
            {
                yield return upload;
            }

            after |= order == 0 && upload.Id == idMarker;
        }
    }
}
