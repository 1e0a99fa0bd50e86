using System.Xml;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

/// <summary>Both versions of the list of objects.</summary>
internal sealed class ObjectLists(ObjectStore store)
{
    public Task ListObjectsV2Async(S3Call call)
    {
        if (call.Query("list-type") != "2")
        {
            throw S3Error.InvalidArgument("list-type", call.Query("list-type"), "2");
        }

        string token = call.Query("continuation-token");
        string startAfter = call.Query("start-after");
        ListQuery query = Query(call, token.Length > 0 ? ListAnswer.FromToken(token) : startAfter);
        ListPage<StoredObject> page = store.Find(call.Bucket).List(query);
        return call.WriteXmlAsync("ListBucketResult", xml =>
        {
            Func<string, string> encode = WriteQuery(call, xml, query);
            xml.WriteElement("KeyCount", page.Items.Count + page.CommonPrefixes.Count);
            xml.WriteElement("IsTruncated", page.IsTruncated);
            if (call.Request.Query.ContainsKey("continuation-token"))
            {
                xml.WriteElementString("ContinuationToken", token);
            }

            xml.WriteIfGiven("StartAfter", encode(startAfter));
            xml.WriteIfGiven("NextContinuationToken", page.IsTruncated ? ListAnswer.ToToken(page.Last) : "");
            WritePage(xml, page, encode, withOwner: call.Query("fetch-owner") == "true");
        });
    }

    public Task ListObjectsAsync(S3Call call)
    {
        ListQuery query = Query(call, call.Query("marker"));
        ListPage<StoredObject> page = store.Find(call.Bucket).List(query);
        return call.WriteXmlAsync("ListBucketResult", xml =>
        {
            Func<string, string> encode = WriteQuery(call, xml, query);
            xml.WriteElement("IsTruncated", page.IsTruncated);
            xml.WriteElementString("Marker", encode(query.StartAfter));

            // Without a delimiter the next marker is the last key, which the client has.
            xml.WriteIfGiven("NextMarker", page.IsTruncated && query.Delimiter.Length > 0 ? encode(page.Last) : "");
            WritePage(xml, page, encode, withOwner: true);
        });
    }

    private static ListQuery Query(S3Call call, string startAfter) => new(
        call.Query("prefix"),
        call.Query("delimiter"),
        startAfter,
        Math.Min(S3Limits.MaxKeys, call.QueryNumber("max-keys", S3Limits.MaxKeys, 0, int.MaxValue)));

    private static Func<string, string> WriteQuery(S3Call call, XmlWriter xml, ListQuery query)
    {
        Func<string, string> encode = ListAnswer.KeyEncoding(call);
        xml.WriteElementString("Name", call.Bucket);
        xml.WriteElementString("Prefix", encode(query.Prefix));
        xml.WriteIfGiven("Delimiter", encode(query.Delimiter));
        xml.WriteElement("MaxKeys", query.MaxKeys);
        xml.WriteIfGiven("EncodingType", call.Query("encoding-type"));
        return encode;
    }

    private static void WritePage(XmlWriter xml, ListPage<StoredObject> page, Func<string, string> encode, bool withOwner)
    {
        foreach (StoredObject stored in page.Items)
        {
            xml.WriteStartElement("Contents");
            xml.WriteElementString("Key", encode(stored.Key));
            xml.WriteElement("LastModified", stored.LastModified);
            xml.WriteElementString("ETag", ObjectAnswer.Quoted(stored.ETag));
            if (stored.Checksum is { } checksum)
            {
                xml.WriteElementString("ChecksumAlgorithm", checksum.Algorithm.ToUpperInvariant());
                xml.WriteElementString("ChecksumType", checksum.Type);
            }

            xml.WriteElement("Size", stored.Size);
            xml.WriteElementString("StorageClass", "STANDARD");
            if (withOwner)
            {
                xml.WriteOwner("Owner");
            }

            xml.WriteEndElement();
        }

        ListAnswer.WriteCommonPrefixes(xml, page.CommonPrefixes, encode);
    }
}
