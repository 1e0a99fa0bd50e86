using System.Globalization;
using System.Text;

namespace ResizeImage.Local;

/// <summary>
/// The terminal. Keys, file names and the function's lines are untrusted. Escaping keeps them from forging lines and from
/// sending commands to the terminal.
/// </summary>
internal static class Terminal
{
    /// <summary>Writes a line to standard output.</summary>
    public static void WriteLine(string line) => Console.Out.WriteLine(EscapeLine(line));

    /// <summary>Writes a line to standard error.</summary>
    public static void WriteErrorLine(string line) => Console.Error.WriteLine(EscapeLine(line));

    /// <summary>
    /// Text in one line, in the order in which it is stored: control characters (C0, C1, DEL), line and paragraph separators,
    /// bidirectional controls (Unicode Standard Annex #9) and lone surrogates become \uXXXX.
    /// </summary>
    public static string Escape(string text) => Escape(text, keepTabs: false);

    // The function's log separates its columns by tabs.
    private static string EscapeLine(string line) => Escape(line, keepTabs: true);

    private static string Escape(string text, bool keepTabs)
    {
        StringBuilder? escaped = null;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool isPair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (isPair || !(IsUnsafe(c) && !(keepTabs && c == '\t')))
            {
                escaped?.Append(c);
                if (isPair)
                {
                    i++;
                    escaped?.Append(text[i]);
                }
            }
            else
            {
                escaped ??= new StringBuilder(text, 0, i, text.Length + 16);
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
        }

        return escaped?.ToString() ?? text;
    }

    private static bool IsUnsafe(char c) => char.IsControl(c) || char.IsSurrogate(c)
        || c is '\u2028' or '\u2029' or '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
