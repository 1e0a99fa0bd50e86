using System.Text;
using System.Xml;
using ResizeImage.Local.Events;

namespace ResizeImage.Local.S3.Operations;

/// <summary>The parts that the answers of several list operations share.</summary>
internal static class ListAnswer
{
    /// <summary>How the answer writes keys, by the query parameter encoding-type.</summary>
    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static Func<string, string> KeyEncoding(S3Call call) => call.Query("encoding-type") switch
    {
        "" => key => key,
        "url" => S3UrlEncoding.Encode,
        var other => throw S3Error.InvalidArgument("encoding-type", other, "url"),
    };

    public static void WriteCommonPrefixes(XmlWriter xml, IReadOnlyList<string> prefixes, Func<string, string> encode)
    {
        foreach (string prefix in prefixes)
        {
            xml.WriteStartElement("CommonPrefixes");
            xml.WriteElementString("Prefix", encode(prefix));
            xml.WriteEndElement();
        }
    }

    /// <summary>A continuation token, opaque to clients: the last name of the page.</summary>
    public static string ToToken(string last) => Convert.ToBase64String(Encoding.UTF8.GetBytes(last));

    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static string FromToken(string token)
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
