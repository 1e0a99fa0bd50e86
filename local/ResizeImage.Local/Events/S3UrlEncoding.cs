using System.Text;

namespace ResizeImage.Local.Events;

/// <summary>
/// application/x-www-form-urlencoded as S3 writes keys in events and in lists with encoding-type=url:
/// letters, digits and -._*/ stay, space becomes +, every other byte of the UTF-8 form %XX.
/// </summary>
internal static class S3UrlEncoding
{
    public static string Encode(string key)
    {
        StringBuilder encoded = new(key.Length + 16);
        foreach (byte b in Encoding.UTF8.GetBytes(key))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || (char)b is '-' or '.' or '_' or '*' or '/')
            {
                encoded.Append((char)b);
            }
            else if (b == ' ')
            {
                encoded.Append('+');
            }
            else
            {
                encoded.Append('%').Append(b.ToString("X2", null));
            }
        }

        return encoded.ToString();
    }
}
