using System.Globalization;
using System.Text;

namespace ResizeImage.Observability;

/// <summary>
/// Text from outside, such as keys, messages of S3 and values of variables, as it may be written into a log or onto a terminal. A key may
/// hold any character: without escaping, an uploader could write lines of the log, move the cursor or reverse the reading order.
/// </summary>
internal static class LogText
{
    /// <summary>The text in one line; each UTF-16 code unit that is not <see cref="IsPlain(char)"/> is written as \uXXXX.</summary>
    public static string Escape(string text)
    {
        int first = FirstToEscape(text, 0);
        if (first == text.Length)
        {
            return text;
        }

        StringBuilder line = new(text.Length + 16);
        int written = 0;
        for (int i = first; i < text.Length; i = FirstToEscape(text, i + 1))
        {
            line.Append(text, written, i - written).Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            written = i + 1;
        }

        return line.Append(text, written, text.Length - written).ToString();
    }

    /// <summary>Whether nothing in an exception needs <see cref="Escape"/>, in its own message or in those of its causes.</summary>
    public static bool IsPlain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (FirstToEscape(exception.Message, 0) < exception.Message.Length)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A cause as an exception may keep it: the runtime logs causes with their messages as they are.</summary>
    public static Exception? Cause(Exception? exception) => IsPlain(exception) ? exception : null;

    private static int FirstToEscape(string text, int from)
    {
        for (int i = from; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (!IsPlain(text[i]))
            {
                return i;
            }
        }

        return text.Length;
    }

    private static bool IsPlain(char c) => c switch
    {
        _ when char.IsControl(c) || char.IsSurrogate(c) => false, // C0 with ESC, DEL, C1 with CSI; half of a surrogate pair
        '\u2028' or '\u2029' => false, // line and paragraph separator
        '\u061C' or '\u200E' or '\u200F' => false, // marks of direction
        >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' => false, // embeddings, overrides and isolates (Unicode, UAX #9)
        _ => true,
    };
}
