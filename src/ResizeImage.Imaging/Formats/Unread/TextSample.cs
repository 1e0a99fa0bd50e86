using System.Globalization;
using System.Text;

namespace ResizeImage.Imaging.Formats.Unread;

/// <summary>The beginning of a text file for a one-line message, without characters that control line, cursor or direction.</summary>
internal static class TextSample
{
    private const int MaxLength = 40;

    /// <summary>At most 40 characters, runs of white space as one space, and an ellipsis if text was left out.</summary>
    public static string Of(string text)
    {
        StringBuilder sample = new();
        bool space = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                space = sample.Length > 0;
                continue;
            }

            // Control characters, and the invisible ones that Unicode classifies as format: byte order mark, direction, joiners.
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
            {
                continue;
            }

            if (sample.Length >= MaxLength)
            {
                return sample.Append('…').ToString();
            }

            sample.Append(space ? " " : "").Append(rune.ToString());
            space = false;
        }

        return sample.ToString();
    }
}
