using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ResizeImage.Local.S3.Storage;

/// <summary>
/// The path of an object on disk. Every key has its own path, no path leads out of the bucket's folder, and the usual
/// key looks like itself: output/x.jpg is the file x.jpg in the folder output.
/// </summary>
/// <remarks>
/// A folder's name has no dot and a file's name has one, or else ends with a lone '%'. So the keys "a" (file a%) and
/// "a/b" (file b% in folder a) can exist at once. Characters that file systems or shells do not handle become %XX of their UTF-8 form.
/// An empty folder name is "%%"; a name too long for file systems ends with "%~" and the SHA-256 of the segment.
/// </remarks>
internal static class KeyPath
{
    // File systems allow 255 bytes; the metadata file adds ".json".
    private const int MaxNameBytes = 200;
    private const int LongNameHeadBytes = 64;

    /// <param name="exactNames">False where the file system ignores case or the Unicode normal form.</param>
    /// <returns>A relative path with the platform's separators.</returns>
    public static string ToRelativePath(string key, bool exactNames)
    {
        string[] segments = key.Split('/');
        for (int i = 0; i < segments.Length - 1; i++)
        {
            segments[i] = FolderName(segments[i], exactNames);
        }

        segments[^1] = FileName(segments[^1], exactNames);
        return Path.Join(segments);
    }

    private static string FolderName(string segment, bool exactNames)
    {
        (string? name, string? head) = Escape(segment, isFolder: true, exactNames);
        return name.Length == 0 ? "%%" : Encoding.UTF8.GetByteCount(name) <= MaxNameBytes ? name : LongName(head, segment);
    }

    private static string FileName(string segment, bool exactNames)
    {
        (string? name, string? head) = Escape(segment, isFolder: false, exactNames);
        if (Encoding.UTF8.GetByteCount(name) > MaxNameBytes)
        {
            return LongName(head, segment) + "%";
        }

        return name.Contains('.') ? name : name + "%";
    }

    private static string LongName(string head, string segment) =>
        head + "%~" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(segment)));

    private static (string Name, string Head) Escape(string segment, bool isFolder, bool exactNames)
    {
        StringBuilder name = new(segment.Length);
        int bytes = 0;
        int headLength = 0;
        int index = 0;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (Rune rune in segment.EnumerateRunes())
        {
            bool atEdge = index == 0 || index + rune.Utf16SequenceLength == segment.Length;
            index += rune.Utf16SequenceLength;
            int before = name.Length;
            if (IsPlain(rune, exactNames) && !(rune.Value == '.' && (isFolder || atEdge)) && !(rune.Value == ' ' && atEdge))
            {
                name.Append(rune.ToString());
                bytes += rune.Utf8SequenceLength;
            }
            else
            {
                foreach (byte b in utf8[..rune.EncodeToUtf8(utf8)])
                {
                    name.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
                }

                bytes += name.Length - before;
            }

            headLength = bytes <= LongNameHeadBytes ? name.Length : headLength;
        }

        return (name.ToString(), name.ToString(0, headLength));
    }

    private static bool IsPlain(Rune rune, bool exactNames)
    {
        if (rune.IsAscii)
        {
            return !Rune.IsControl(rune)
                && !"\"%*:<>?\\|".Contains((char)rune.Value)
                && (exactNames || !char.IsAsciiLetterUpper((char)rune.Value));
        }

        return exactNames && Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.SpaceSeparator);
    }
}
