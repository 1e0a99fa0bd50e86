using System.Net;
using System.Text;

namespace ResizeImage.Configuration;

/// <summary>A tag of an object in S3.</summary>
/// <param name="Key">1 to 128 characters.</param>
/// <param name="Value">At most 256 characters.</param>
public sealed record ObjectTag(string Key, string Value)
{
    /// <summary>What <see cref="TryParseList"/> accepts.</summary>
    public const string Accepts =
        "up to 10 URL-encoded tags such as project=web&kind=thumbnail: different keys of 1 to 128 characters that do not begin with aws:, "
        + "and values of at most 256, all of letters, digits, spaces and + - = . _ : / @";

    /// <summary>Reads tags in the form of the header x-amz-tagging. "Categorizing your objects using tags" in the Amazon S3 User Guide.</summary>
    public static bool TryParseList(string text, out IReadOnlyList<ObjectTag> tags)
    {
        List<ObjectTag> read = [];
        tags = read;
        foreach (string pair in text.Split('&'))
        {
            // A percent sign that begins no code stays, and S3 accepts none.
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            ObjectTag tag = new(WebUtility.UrlDecode(equals < 0 ? pair : pair[..equals]), WebUtility.UrlDecode(equals < 0 ? string.Empty : pair[(equals + 1)..]));
            if (!tag.IsValid || read.Exists(other => other.Key == tag.Key) || read.Count == 10)
            {
                return false;
            }

            read.Add(tag);
        }

        return true;
    }

    private bool IsValid =>
        Key.Length is >= 1 and <= 128 && Value.Length <= 256 && !Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) && HasOnlyAllowed(Key) && HasOnlyAllowed(Value);

    private static bool HasOnlyAllowed(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isAllowed = Rune.IsLetter(rune) || Rune.IsNumber(rune) || Rune.IsSeparator(rune) || (rune.IsAscii && "+-=._:/@".Contains((char)rune.Value, StringComparison.Ordinal));
            if (!isAllowed)
            {
                return false;
            }
        }

        return true;
    }
}
