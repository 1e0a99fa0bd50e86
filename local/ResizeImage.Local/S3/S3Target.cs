using System.Text;

namespace ResizeImage.Local.S3;

/// <summary>
/// Bucket and key of a path-style request, read from the raw request target: the decoded path of the server has lost
/// dot segments and doubled slashes, which are valid in keys.
/// </summary>
/// <param name="Bucket">Null at the service's level.</param>
/// <param name="Key">Null at the service's or bucket's level.</param>
/// <param name="RawPath">As it was sent, without the query.</param>
internal readonly record struct S3Target(string? Bucket, string? Key, string RawPath)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <exception cref="S3Exception">Bad escapes, not UTF-8, or a key that is too long.</exception>
    public static S3Target Parse(string rawTarget)
    {
        string path = rawTarget.Split('?', 2)[0];
        if (!path.StartsWith('/'))
        {
            // The absolute form of RFC 9112 section 3.2.2, as clients send it to proxies.
            int host = path.IndexOf("://", StringComparison.Ordinal);
            int slash = host < 0 ? -1 : path.IndexOf('/', host + 3);
            path = slash < 0 ? "/" : path[slash..];
        }

        string[] parts = path[1..].Split('/', 2);
        string bucket = Unescape(parts[0]);
        string key = parts.Length == 2 ? Unescape(parts[1]) : "";
        CheckKey(key);
        if (bucket.Length == 0 && parts.Length == 2)
        {
            throw S3Error.InvalidUri();
        }

        return new S3Target(bucket.Length == 0 ? null : bucket, key.Length == 0 ? null : key, path);
    }

    /// <exception cref="S3Exception">KeyTooLongError.</exception>
    public static void CheckKey(string key)
    {
        int bytes = StrictUtf8.GetByteCount(key);
        if (bytes > S3Limits.MaxKeyBytes)
        {
            throw S3Error.KeyTooLong(bytes);
        }
    }

    /// <summary>Percent-decoding of RFC 3986, which keeps +.</summary>
    internal static string Unescape(string text)
    {
        if (!text.Contains('%') && Ascii.IsValid(text))
        {
            return text;
        }

        try
        {
            byte[] bytes = StrictUtf8.GetBytes(text);
            int length = 0;
            for (int i = 0; i < bytes.Length; i++)
            {
                if (bytes[i] == '%')
                {
                    bytes[length++] = (byte)((HexDigit(bytes, i + 1) << 4) | HexDigit(bytes, i + 2));
                    i += 2;
                }
                else
                {
                    bytes[length++] = bytes[i];
                }
            }

            return StrictUtf8.GetString(bytes, 0, length);
        }
        catch (ArgumentException)
        {
            throw S3Error.InvalidUri();
        }
    }

    private static int HexDigit(byte[] bytes, int index) =>
        index < bytes.Length && char.IsAsciiHexDigit((char)bytes[index])
            ? Convert.ToInt32(((char)bytes[index]).ToString(), 16)
            : throw S3Error.InvalidUri();
}
