using System.Xml;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

/// <summary>The parts that the answers of several operations on objects share.</summary>
internal static class ObjectAnswer
{
    /// <summary>An ETag as headers and XML have it.</summary>
    public static string Quoted(string etag) => "\"" + etag + "\"";

    /// <summary>Repeats the encryption that the request named.</summary>
    public static void WriteEncryption(S3Call call, IReadOnlyDictionary<string, string> headers)
    {
        if (headers.TryGetValue(Encryption.Header, out string? encryption))
        {
            call.Response.Headers[Encryption.Header] = encryption;
        }
    }

    public static void WriteChecksum(S3Call call, StoredChecksum? checksum)
    {
        if (checksum is not null)
        {
            call.Response.Headers["x-amz-checksum-" + checksum.Algorithm] = checksum.Value;
            call.Response.Headers["x-amz-checksum-type"] = checksum.Type;
        }
    }

    public static void WriteChecksumElement(XmlWriter xml, StoredChecksum? checksum)
    {
        if (checksum is not null)
        {
            xml.WriteElementString("Checksum" + checksum.Algorithm.ToUpperInvariant(), checksum.Value);
        }
    }
}
