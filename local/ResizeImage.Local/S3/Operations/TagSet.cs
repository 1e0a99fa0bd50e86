using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

/// <summary>The tags of an object in the forms in which requests and answers have them. "Categorizing your objects using tags" in the Amazon S3 User Guide.</summary>
internal static partial class TagSet
{
    public const string Root = "Tagging";

    private const string Header = "x-amz-tagging";
    private const string FormField = "tagging";

    /// <summary>The tags in the header x-amz-tagging: a query string.</summary>
    /// <returns>Null if there are none.</returns>
    /// <exception cref="S3Exception">InvalidArgument, InvalidTag, BadRequest.</exception>
    public static IReadOnlyList<ObjectTag>? OfHeader(IHeaderDictionary sent)
    {
        string text = sent[Header].ToString();
        List<ObjectTag> tags = [];
        foreach (string pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            ObjectTag tag = new(Decode(equals < 0 ? pair : pair[..equals]), Decode(equals < 0 ? "" : pair[(equals + 1)..]));
            if (tags.Exists(other => other.Key == tag.Key))
            {
                throw NotAQuery(text);
            }

            tags.Add(tag);
        }

        return Checked(tags);

        string Decode(string part)
        {
            // Codes that are not UTF-8 decode to the replacement character.
            string decoded = WebUtility.UrlDecode(part);
            return decoded.Contains(Rune.ReplacementChar.ToString(), StringComparison.Ordinal) ? throw NotAQuery(text) : decoded;
        }
    }

    /// <summary>The tags in the field "tagging" of a form: the XML of PutObjectTagging.</summary>
    /// <returns>Null if there are none.</returns>
    /// <exception cref="S3Exception">NotImplemented, MalformedXML, InvalidTag, BadRequest.</exception>
    public static IReadOnlyList<ObjectTag>? OfForm(IHeaderDictionary fields)
    {
        if (fields[Header].ToString().Length > 0)
        {
            throw S3Error.HeaderNotImplemented(Header);
        }

        string text = fields[FormField].ToString();
        return text.Length == 0 ? null : Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Reads the body of PutObjectTagging.</summary>
    /// <returns>Null if there are no tags.</returns>
    /// <exception cref="S3Exception">MalformedXML, InvalidTag, BadRequest.</exception>
    public static IReadOnlyList<ObjectTag>? Read(Stream body)
    {
        XElement[] sets = [.. S3Xml.Load(body, Root).Elements()];
        if (sets is not [{ Name.LocalName: "TagSet" } set])
        {
            throw S3Error.MalformedXml("expected one element TagSet in Tagging");
        }

        List<ObjectTag> tags = [];
        foreach (XElement element in set.Elements())
        {
            XElement[] fields = [.. element.Elements().OrderBy(field => field.Name.LocalName, StringComparer.Ordinal)];
            if (element.Name.LocalName != "Tag" || fields is not [{ Name.LocalName: "Key" } key, { Name.LocalName: "Value" } value])
            {
                throw S3Error.MalformedXml("expected elements Tag in TagSet, each with one Key and one Value");
            }

            tags.Add(new ObjectTag(key.Value, value.Value));
        }

        return Checked(tags);
    }

    /// <summary>Writes the content of the root element.</summary>
    public static void Write(XmlWriter xml, IReadOnlyList<ObjectTag>? tags)
    {
        xml.WriteStartElement("TagSet");
        foreach (ObjectTag tag in tags ?? [])
        {
            xml.WriteStartElement("Tag");
            xml.WriteElementString("Key", tag.Key);
            xml.WriteElementString("Value", tag.Value);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static List<ObjectTag>? Checked(List<ObjectTag> tags)
    {
        HashSet<string> keys = new(StringComparer.Ordinal);
        foreach ((string key, string value) in tags)
        {
            // S3 counts in UTF-16, as .NET does.
            if (key.Length is 0 or > S3Limits.MaxTagKeyLength || !Allowed().IsMatch(key))
            {
                throw S3Error.InvalidTag("The TagKey you have provided is invalid", key);
            }

            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            {
                throw S3Error.InvalidTag("System tags cannot be added/updated by requester", key);
            }

            if (value.Length > S3Limits.MaxTagValueLength || !Allowed().IsMatch(value))
            {
                throw S3Error.InvalidTag("The TagValue you have provided is invalid", key);
            }

            if (!keys.Add(key))
            {
                throw S3Error.InvalidTag("Cannot provide multiple Tags with the same key", key);
            }
        }

        return tags.Count > S3Limits.MaxTags
            ? throw new S3Exception(400, "BadRequest", "Object tags cannot be greater than 10")
            : tags.Count == 0 ? null : tags;
    }

    private static S3Exception NotAQuery(string text) => S3Error.Argument(
        $"The header '{Header}' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.", Header, text);

    [GeneratedRegex(@"\A[\p{L}\p{Z}\p{N}_.:/=+\-@]*\z")]
    private static partial Regex Allowed();
}
