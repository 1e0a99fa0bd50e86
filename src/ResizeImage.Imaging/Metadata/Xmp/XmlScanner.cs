namespace ResizeImage.Imaging.Metadata.Xmp;

/// <summary>
/// Splits XML in UTF-8 into tags and texts, in place. It knows no document types, no entities and no CDATA, which the values that are read never
/// need: a document type ends the document, the others are left as they are. Nothing is checked for being well-formed. System.Xml would add its
/// library to programs that need it for nothing else, allocate a string for each name and throw exceptions for corrupt data.
/// </summary>
/// <param name="xml">The document.</param>
internal ref struct XmlScanner(ReadOnlySpan<byte> xml)
{
    private readonly ReadOnlySpan<byte> _xml = xml;
    private int _position;

    /// <summary>The kind of the last token.</summary>
    public XmlToken Token { get; private set; }

    /// <summary>The qualified name of a start tag, or a text with its whitespace.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The attributes of a start tag, not yet split.</summary>
    public ReadOnlySpan<byte> Attributes { get; private set; }

    /// <summary>True for a start tag that is also its end tag.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Reads the next token.</summary>
    /// <returns>False at the end, also where the document ends within a tag.</returns>
    public bool Read()
    {
        while (_position < _xml.Length)
        {
            ReadOnlySpan<byte> rest = _xml[_position..];
            if (rest[0] != '<')
            {
                int length = rest.IndexOf((byte)'<');
                Value = length < 0 ? rest : rest[..length];
                _position += Value.Length;
                Token = XmlToken.Text;
                return true;
            }

            if (rest.StartsWith("<?"u8) || rest.StartsWith("<!--"u8))
            {
                Skip(rest[1] == '?' ? "?>"u8 : "-->"u8);
                continue;
            }

            return rest.Length > 1 && rest[1] != '!' && ReadTag(rest);
        }

        return false;
    }

    /// <summary>Takes the first attribute from a list.</summary>
    /// <param name="attributes">Becomes the rest of the list.</param>
    /// <param name="name">The qualified name.</param>
    /// <param name="value">The text between the quotes.</param>
    /// <returns>False if there is none, or if the list is corrupt.</returns>
    public static bool TakeAttribute(ref ReadOnlySpan<byte> attributes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        int equals = attributes.IndexOf((byte)'=');
        name = equals < 0 ? default : attributes[..equals].Trim(" \t\r\n"u8);
        ReadOnlySpan<byte> quoted = equals < 0 ? default : attributes[(equals + 1)..].TrimStart(" \t\r\n"u8);
        if (quoted.IsEmpty || quoted[0] is not ((byte)'"' or (byte)'\''))
        {
            return false;
        }

        int length = quoted[1..].IndexOf(quoted[0]);
        if (length < 0)
        {
            return false;
        }

        value = quoted.Slice(1, length);
        attributes = quoted[(length + 2)..];
        return true;
    }

    private void Skip(ReadOnlySpan<byte> end)
    {
        int length = _xml[_position..].IndexOf(end);
        _position = length < 0 ? _xml.Length : _position + length + end.Length;
    }

    private bool ReadTag(ReadOnlySpan<byte> rest)
    {
        int length = LengthOfTag(rest);
        if (length < 0)
        {
            _position = _xml.Length;
            return false;
        }

        _position += length;
        ReadOnlySpan<byte> tag = rest[1..(length - 1)];
        Token = tag.StartsWith("/"u8) ? XmlToken.End : XmlToken.Start;
        IsEmpty = Token == XmlToken.Start && tag.EndsWith("/"u8);
        tag = IsEmpty ? tag[..^1] : tag;
        int name = tag.IndexOfAny(" \t\r\n"u8);
        Value = name < 0 ? tag : tag[..name];
        Attributes = name < 0 ? default : tag[name..];
        return true;
    }

    /// <summary>Bytes up to the bracket that ends a tag; values of attributes may have brackets. Less than 0 if there is none.</summary>
    private static int LengthOfTag(ReadOnlySpan<byte> rest)
    {
        int position = 0;
        while (rest[position..].IndexOfAny("\"'>"u8) is int next and >= 0)
        {
            position += next + 1;
            byte found = rest[position - 1];
            if (found == '>')
            {
                return position;
            }

            int quoted = rest[position..].IndexOf(found);
            if (quoted < 0)
            {
                return -1;
            }

            position += quoted + 1;
        }

        return -1;
    }
}

/// <summary>Kinds of tokens.</summary>
internal enum XmlToken
{
    /// <summary>A start tag.</summary>
    Start,

    /// <summary>An end tag.</summary>
    End,

    /// <summary>Text between tags.</summary>
    Text,
}
