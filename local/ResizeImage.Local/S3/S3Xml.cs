using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace ResizeImage.Local.S3;

/// <summary>The XML of S3's requests and answers.</summary>
internal static class S3Xml
{
    public const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    // Keys may hold characters that XML 1.0 has no place for; S3 writes them as &#x1; all the same.
    private static readonly XmlWriterSettings Writing = new() { Encoding = new UTF8Encoding(false), CheckCharacters = false };

    private static readonly XmlReaderSettings Reading = new()
    {
        CheckCharacters = false,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreWhitespace = false,
    };

    /// <summary>A document in UTF-8.</summary>
    public static byte[] Write(string root, string? xmlNamespace, Action<XmlWriter> content)
    {
        var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, Writing))
        {
            xml.WriteStartElement(root, xmlNamespace);
            content(xml);
            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    public static void WriteElement(this XmlWriter xml, string name, long number) =>
        xml.WriteElementString(name, number.ToString(CultureInfo.InvariantCulture));

    public static void WriteElement(this XmlWriter xml, string name, bool value) => xml.WriteElementString(name, value ? "true" : "false");

    public static void WriteElement(this XmlWriter xml, string name, DateTime utc) =>
        xml.WriteElementString(name, utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    /// <summary>Who owns everything here.</summary>
    public static void WriteOwner(this XmlWriter xml, string element)
    {
        xml.WriteStartElement(element);
        xml.WriteElementString("ID", "local");
        xml.WriteElementString("DisplayName", "local");
        xml.WriteEndElement();
    }

    /// <summary>Reads a document of any form.</summary>
    /// <exception cref="S3Exception">MalformedXML.</exception>
    public static XElement Load(Stream body, string root)
    {
        try
        {
            using var xml = XmlReader.Create(body, Reading);
            var element = XElement.Load(xml);
            return element.Name.LocalName == root
                ? element
                : throw S3Error.MalformedXml($"expected the root element {root}, found {element.Name.LocalName}");
        }
        catch (Exception e) when (e is XmlException or InvalidOperationException)
        {
            throw S3Error.MalformedXml(e.Message.TrimEnd('.'));
        }
    }

    /// <summary>
    /// Reads a document of the form root / item / field, as the bodies of DeleteObjects and CompleteMultipartUpload are:
    /// the fields of each item, and the fields that stand directly in the root.
    /// </summary>
    /// <exception cref="S3Exception">MalformedXML.</exception>
    public static (Dictionary<string, string> Fields, List<Dictionary<string, string>> Items) Read(Stream body, string root, string item)
    {
        try
        {
            using var xml = XmlReader.Create(body, Reading);
            xml.MoveToContent();
            if (xml.LocalName != root)
            {
                throw S3Error.MalformedXml($"expected the root element {root}, found {xml.LocalName}");
            }

            var items = new List<Dictionary<string, string>>();
            var fields = ReadFields(xml, reader =>
            {
                if (reader.LocalName != item)
                {
                    return false;
                }

                items.Add(ReadFields(reader, _ => false));
                return true;
            });
            return (fields, items);
        }
        catch (Exception e) when (e is XmlException or InvalidOperationException)
        {
            throw S3Error.MalformedXml(e.Message.TrimEnd('.'));
        }
    }

    private static Dictionary<string, string> ReadFields(XmlReader xml, Func<XmlReader, bool> readsItem)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (xml.IsEmptyElement)
        {
            xml.Read();
            return fields;
        }

        xml.Read();
        while (xml.NodeType != XmlNodeType.EndElement)
        {
            if (xml.NodeType == XmlNodeType.None)
            {
                throw S3Error.MalformedXml("an element is not closed");
            }

            if (xml.NodeType != XmlNodeType.Element)
            {
                xml.Read();
            }
            else if (!readsItem(xml))
            {
                string name = xml.LocalName;
                fields[name] = xml.ReadElementContentAsString();
            }
        }

        xml.Read();
        return fields;
    }
}
