using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ResizeImage.Imaging.Color.Icc;

/// <summary>The name of an ICC profile for display: its tag "desc" (ICC.1:2022 9.2.41).</summary>
internal static class IccDescription
{
    private const int MostCharacters = 100;
    private const string Unnamed = "ICC profile";

    /// <summary>The description; a phrase if there is none, or the profile is invalid.</summary>
    /// <param name="bytes">The profile, valid or not.</param>
    public static string Of(ReadOnlyMemory<byte> bytes)
    {
        if (IccProfile.Read(bytes, out string? problem) is not { } profile)
        {
            return $"sRGB (assumed; the ICC profile is ignored: {problem})";
        }

        ReadOnlySpan<byte> tag = profile.Tag("desc"u8).Span;
        string text = tag.StartsWith("mluc"u8) ? OfMultiLocalizedUnicode(tag) : tag.StartsWith("desc"u8) ? OfTextDescription(tag) : "";
        return text.Length == 0 ? Unnamed : text;
    }

    /// <summary>
    /// multiLocalizedUnicodeType (ICC.1:2022 10.15): of its records, the first in English, else the first.
    /// <code>
    /// 0      4   8                12            16
    /// | mluc | 0 | number of      | 12: bytes   | records: language (2), country (2), bytes (4), offset (4) | UTF-16BE |
    /// |      |   | records        | of a record |
    /// </code>
    /// </summary>
    private static string OfMultiLocalizedUnicode(ReadOnlySpan<byte> tag)
    {
        const int FirstRecord = 16;
        const int RecordBytes = 12;
        string text = "";
        for (int offset = FirstRecord; offset <= tag.Length - RecordBytes && (uint)((offset - FirstRecord) / RecordBytes) < BinaryPrimitives.ReadUInt32BigEndian(tag[8..]); offset += RecordBytes)
        {
            ReadOnlySpan<byte> record = tag.Slice(offset, RecordBytes);
            bool isEnglish = record.StartsWith("en"u8);
            (uint length, uint start) = (BinaryPrimitives.ReadUInt32BigEndian(record[4..]), BinaryPrimitives.ReadUInt32BigEndian(record[8..]));
            if ((isEnglish || text.Length == 0) && (ulong)start + length <= (ulong)tag.Length)
            {
                text = Printable(Encoding.BigEndianUnicode.GetString(tag.Slice((int)start, (int)Math.Min(length & ~1u, 2 * MostCharacters))));
            }

            if (isEnglish)
            {
                break;
            }
        }

        return text;
    }

    /// <summary>textDescriptionType of version 2 (ICC.1:2001-04 6.5.17): the number of bytes at 8, then ASCII with a NUL at the end.</summary>
    private static string OfTextDescription(ReadOnlySpan<byte> tag)
    {
        const int Text = 12;
        if (tag.Length < Text)
        {
            return "";
        }

        long length = Math.Min(Math.Min(BinaryPrimitives.ReadUInt32BigEndian(tag[8..]), tag.Length - Text), MostCharacters);
        return Printable(Encoding.Latin1.GetString(tag.Slice(Text, (int)length)));
    }

    /// <summary>Up to the first NUL, without characters that control a terminal or the direction of text.</summary>
    private static string Printable(string text)
    {
        int end = text.IndexOf('\0', StringComparison.Ordinal);
        StringBuilder result = new();
        foreach (char c in end < 0 ? text : text[..end])
        {
            bool isPrintable = char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            result.Append(isPrintable ? c : '?');
        }

        return result.ToString().Trim();
    }
}
