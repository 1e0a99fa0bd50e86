using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace ResizeImage.Local.S3;

/// <summary>The XML of S3's requests and answers.</summary>
internal static class S3Xml
{
    public const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    // Keys may have characters that XML 1.0 does not allow; S3 writes them as &#x1; nevertheless.
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
        MemoryStream stream = new();
        using (XmlWriter xml = XmlWriter.Create(stream, Writing))
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

    /// <summary>Writes an element unless its value is empty.</summary>
    public static void WriteIfGiven(this XmlWriter xml, string name, string value)
    {
        if (value.Length > 0)
        {
            xml.WriteElementString(name, value);
        }
    }

    /// <summary>The owner of all buckets and objects.</summary>
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
            using XmlReader xml = XmlReader.Create(body, Reading);
            XElement element = XElement.Load(xml);
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
    /// the fields of each item, and the fields directly in the root.
    /// </summary>
    /// <exception cref="S3Exception">MalformedXML.</exception>
    public static (Dictionary<string, string> Fields, List<Dictionary<string, string>> Items) Read(Stream body, string root, string item)
    {
        try
        {
            using XmlReader xml = XmlReader.Create(body, Reading);
            xml.MoveToContent();
            if (xml.LocalName != root)
            {
                throw S3Error.MalformedXml($"expected the root element {root}, found {xml.LocalName}");
            }

            List<Dictionary<string, string>> items = new();
            Dictionary<string, string> fields = ReadFields(xml, reader =>
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
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
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
