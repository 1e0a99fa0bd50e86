using System.Text;
using System.Xml;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

internal sealed partial class S3Operations
{
    public Task ListObjectsV2Async(S3Call call)
    {
        if (call.Query("list-type") != "2")
        {
            throw S3Error.InvalidArgument("list-type", call.Query("list-type"), "2");
        }

        string token = call.Query("continuation-token");
        string startAfter = call.Query("start-after");
        var query = Query(call, token.Length > 0 ? FromToken(token) : startAfter);
        var page = store.Find(call.Bucket).List(query);
        return call.WriteXmlAsync("ListBucketResult", xml =>
        {
            var encode = WriteQuery(call, xml, query);
            xml.WriteElement("KeyCount", page.Items.Count + page.CommonPrefixes.Count);
            xml.WriteElement("IsTruncated", page.IsTruncated);
            if (call.Request.Query.ContainsKey("continuation-token"))
            {
                xml.WriteElementString("ContinuationToken", token);
            }

            WriteIfGiven(xml, "StartAfter", encode(startAfter));
            WriteIfGiven(xml, "NextContinuationToken", page.IsTruncated ? ToToken(page.Last) : "");
            WritePage(xml, page, encode, withOwner: call.Query("fetch-owner") == "true");
        });
    }

    public Task ListObjectsAsync(S3Call call)
    {
        var query = Query(call, call.Query("marker"));
        var page = store.Find(call.Bucket).List(query);
        return call.WriteXmlAsync("ListBucketResult", xml =>
        {
            var encode = WriteQuery(call, xml, query);
            xml.WriteElement("IsTruncated", page.IsTruncated);
            xml.WriteElementString("Marker", encode(query.StartAfter));

            // Without a delimiter the next marker is the last key, which the client sees itself.
            WriteIfGiven(xml, "NextMarker", page.IsTruncated && query.Delimiter.Length > 0 ? encode(page.Last) : "");
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
        var encode = KeyEncoding(call);
        xml.WriteElementString("Name", call.Bucket);
        xml.WriteElementString("Prefix", encode(query.Prefix));
        WriteIfGiven(xml, "Delimiter", encode(query.Delimiter));
        xml.WriteElement("MaxKeys", query.MaxKeys);
        WriteIfGiven(xml, "EncodingType", call.Query("encoding-type"));
        return encode;
    }

    private static Func<string, string> KeyEncoding(S3Call call) => call.Query("encoding-type") switch
    {
        "" => key => key,
        "url" => S3UrlEncoding.Encode,
        var other => throw S3Error.InvalidArgument("encoding-type", other, "url"),
    };

    private static void WritePage(XmlWriter xml, ListPage<StoredObject> page, Func<string, string> encode, bool withOwner)
    {
        foreach (var stored in page.Items)
        {
            xml.WriteStartElement("Contents");
            xml.WriteElementString("Key", encode(stored.Key));
            xml.WriteElement("LastModified", stored.LastModified);
            xml.WriteElementString("ETag", Quoted(stored.ETag));
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

        WriteCommonPrefixes(xml, page.CommonPrefixes, encode);
    }

    private static void WriteCommonPrefixes(XmlWriter xml, IReadOnlyList<string> prefixes, Func<string, string> encode)
    {
        foreach (string prefix in prefixes)
        {
            xml.WriteStartElement("CommonPrefixes");
            xml.WriteElementString("Prefix", encode(prefix));
            xml.WriteEndElement();
        }
    }

    private static void WriteIfGiven(XmlWriter xml, string element, string value)
    {
        if (value.Length > 0)
        {
            xml.WriteElementString(element, value);
        }
    }

    // Opaque to clients: the last key or common prefix of the page.
    private static string ToToken(string last) => Convert.ToBase64String(Encoding.UTF8.GetBytes(last));

    private static string FromToken(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw S3Error.InvalidArgument("continuation-token", token, "the NextContinuationToken of an earlier answer");
        }
    }
}
