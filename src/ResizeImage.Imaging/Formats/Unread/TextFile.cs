using System.Text;
using System.Text.Unicode;

namespace ResizeImage.Imaging.Formats.Unread;

/// <summary>Text files: SVG and other XML, HTML, JSON, and responses of servers that were stored instead of a photo.</summary>
internal static class TextFile
{
    /// <summary>Bytes of the file that are examined.</summary>
    private const int ExaminedBytes = 4096;

    /// <summary>Names a file; null if it is not text.</summary>
    public static UnreadFile? Find(ReadOnlySpan<byte> file)
    {
        if (Decode(file) is not { } text)
        {
            return null;
        }

        text = text.TrimStart();
        if (text.StartsWith('<') && Markup(text) is { } markup)
        {
            return markup;
        }

        string sample = TextSample.Of(text);
        return text.Length == 0 ? UnreadFile.Other("white space only")
            : IsJson(text) ? UnreadFile.Other($"JSON: \"{sample}\"")
            : UnreadFile.Other($"text: \"{sample}\"");
    }

    /// <summary>The beginning of a file as text; null if it is not text.</summary>
    /// <remarks>UTF-8 and UTF-16 with a byte order mark; UTF-8 and older 8-bit code pages without.</remarks>
    public static string? Decode(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> start = file[..Math.Min(file.Length, ExaminedBytes)];
        if (start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            Encoding utf16 = start[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
            string text = utf16.GetString(start[2..(start.Length & ~1)]);
            return text.Contains('\uFFFD', StringComparison.Ordinal) || HasControls(text) ? null : text;
        }

        start = start.StartsWith("\uFEFF"u8) ? start[3..] : start;
        bool utf8 = IsUtf8(start);
        string decoded = utf8 ? Encoding.UTF8.GetString(start) : Encoding.Latin1.GetString(start);
        return HasControls(decoded) || (!utf8 && !IsMostlyAscii(start[..Math.Min(start.Length, 512)])) ? null : decoded;
    }

    /// <summary>True for valid UTF-8; the last character may be truncated.</summary>
    public static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        for (int cut = 0; cut < 4 && cut <= bytes.Length; cut++)
        {
            if (Utf8.IsValid(bytes[..^cut]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Text has white space, and the escape that colors terminals; other control characters mean binary data.</summary>
    private static bool HasControls(string text)
    {
        foreach (char c in text)
        {
            if (char.IsControl(c) && c is not ('\t' or '\r' or '\n' or '\f' or '\u001b') && c < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsMostlyAscii(ReadOnlySpan<byte> bytes)
    {
        int others = 0;
        foreach (byte b in bytes)
        {
            others += b >> 7;
        }

        return others * 5 <= bytes.Length;
    }

    /// <summary>JSON that a program wrote: an object or an array.</summary>
    private static bool IsJson(string text)
    {
        string rest = text[1..].TrimStart();
        return text[0] switch
        {
            '{' => rest.StartsWith('"') || rest.StartsWith('}'),
            '[' => rest.Length > 0 && (rest[0] is '"' or '{' or '[' or ']' or '-' || char.IsAsciiDigit(rest[0])),
            _ => false,
        };
    }

    /// <summary>By the name of the first element after declarations, comments and the document type.</summary>
    private static UnreadFile? Markup(string text)
    {
        bool declared = text.StartsWith("<?xml", StringComparison.Ordinal);
        for (int at = 0; at >= 0 && at + 1 < text.Length; at = at < 0 ? at : text.IndexOf('<', at))
        {
            int end = text[at + 1] switch
            {
                '?' => End(text, at, "?>"),
                '!' when text.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal) => End(text, at, "-->"),
                '!' => EndOfDeclaration(text, at),
                _ => at,
            };
            if (end == at)
            {
                return Element(text, at + 1, declared);
            }

            if (text.AsSpan(at).StartsWith("<!DOCTYPE html", StringComparison.OrdinalIgnoreCase))
            {
                return UnreadFile.Other("an HTML page");
            }

            at = end;
        }

        return declared ? UnreadFile.Other("an XML document") : null;
    }

    private static UnreadFile? Element(string text, int start, bool declared)
    {
        int end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is ':' or '-' or '_' or '.'))
        {
            end++;
        }

        string name = text[start..end];
        string local = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return local switch
        {
            "svg" => UnreadFile.Image("an SVG drawing"),
            "Error" when Code(text, end) is { } code =>
                new UnreadFile($"an error response of S3 ({TextSample.Of(code)})", IsImage: false, "Check the answer of the download before storing it."),
            _ when local.Equals("html", StringComparison.OrdinalIgnoreCase) => UnreadFile.Other("an HTML page"),
            _ when local.Length > 0 && declared => UnreadFile.Other($"an XML document ({TextSample.Of(name)})"),
            _ when local is "head" or "body" or "div" or "p" or "script" => UnreadFile.Other("an HTML page"),
            _ => null,
        };
    }

    /// <summary>The content of the element Code in an error response of S3; null if there is none.</summary>
    private static string? Code(string text, int from)
    {
        const string Open = "<Code>";
        int start = text.IndexOf(Open, from, StringComparison.Ordinal);
        int end = start < 0 ? -1 : text.IndexOf('<', start + Open.Length);
        return end < 0 ? null : text[(start + Open.Length)..end];
    }

    /// <summary>The index after a terminator; -1 if there is none.</summary>
    private static int End(string text, int from, string terminator)
    {
        int found = text.IndexOf(terminator, from, StringComparison.Ordinal);
        return found < 0 ? -1 : found + terminator.Length;
    }

    /// <summary>The index after a declaration, which can have others in brackets.</summary>
    private static int EndOfDeclaration(string text, int from)
    {
        int bracket = text.IndexOf('[', from);
        int end = text.IndexOf('>', from);
        return bracket >= 0 && bracket < end ? End(text, text.IndexOf(']', bracket) is >= 0 and int close ? close : text.Length, ">") : end < 0 ? -1 : end + 1;
    }
}
