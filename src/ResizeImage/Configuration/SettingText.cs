using System.Globalization;

namespace ResizeImage.Configuration;

/// <summary>Reads the settings that are not about images. Each reader has a sentence that says what it accepts.</summary>
internal static class SettingText
{
    public const string EngineAccepts = "builtin, or imagesharp in a build with ImageSharp";

    /// <summary>For "auto", which handed files of any sender to ImageSharp.</summary>
    public const string EngineAcceptsInsteadOfAuto = EngineAccepts + ", and no longer auto: remove the variable to use the built-in engine";

    public const string PrefixAccepts = "a folder such as photos/new/, without a slash in front; empty means the whole bucket";

    public const string AccountAccepts = "the id of an AWS account: 12 digits";

    public const string NamespaceAccepts = "1 to 255 of a-z, A-Z, 0-9 and . - _ / # : without a colon in front, for example ResizeImage";

    public const string CacheControlAccepts = "a Cache-Control header of up to 1,024 printable ASCII characters, for example public, max-age=14400; empty for none";

    public const string AclAccepts = "a canned ACL of S3: private, public-read, authenticated-read, aws-exec-read, bucket-owner-read or bucket-owner-full-control";

    public const string CountAccepts = "a whole number from 1 on";

    public const string BytesAccepts = "a number of bytes from 1 on; k, M or G behind it multiplies by 1024, 1024² or 1024³";

    public static bool TryParseEngine(string text, out Engine engine)
    {
        (bool isValid, engine) = text.ToLowerInvariant() switch
        {
            "builtin" => (true, Engine.BuiltIn),
            "imagesharp" => (true, Engine.ImageSharp),
            _ => (false, default),
        };
        return isValid;
    }

    /// <summary>Reads a key prefix as a folder: a missing slash at the end is added.</summary>
    public static bool TryParsePrefix(string text, out string prefix)
    {
        prefix = text.Length == 0 || text.EndsWith('/') ? text : text + "/";
        return !text.StartsWith('/') && !text.Any(char.IsControl);
    }

    public static bool TryParseAccount(string text, out string account)
    {
        account = text;
        return text.Length == 12 && text.All(char.IsAsciiDigit);
    }

    /// <summary>Without public-read-write: whoever may replace a thumbnail may put any file in its place.</summary>
    public static bool TryParseAcl(string text, out string acl)
    {
        acl = text;
        return text is "private" or "public-read" or "authenticated-read" or "aws-exec-read" or "bucket-owner-read" or "bucket-owner-full-control";
    }

    /// <summary>Namespace of MetricDatum in the CloudWatch API Reference.</summary>
    public static bool TryParseNamespace(string text, out string metricNamespace)
    {
        metricNamespace = text;
        return text.Length is >= 1 and <= 255 && text[0] != ':' && text.All(c => char.IsAsciiLetterOrDigit(c) || ".-_/#:".Contains(c, StringComparison.Ordinal));
    }

    /// <summary>RFC 9110, section 5.5, without obs-text: any other character would end the header, or break its signature.</summary>
    public static bool TryParseCacheControl(string text, out string cacheControl)
    {
        cacheControl = text.Trim();
        return cacheControl.Length <= 1024 && cacheControl.All(c => c is >= ' ' and <= '~');
    }

    public static bool TryParseCount(string text, out long count) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count >= 1;

    public static bool TryParseBytes(string text, out long bytes)
    {
        int shift = text[^1] switch
        {
            'k' or 'K' => 10,
            'M' => 20,
            'G' => 30,
            _ => 0,
        };
        return TryParseCount(shift == 0 ? text : text[..^1], out bytes) && bytes <= long.MaxValue >> shift && (bytes <<= shift) > 0;
    }

    /// <summary>A reader that also refuses values over a limit.</summary>
    public static TryParse<long> AtMost(long highest, TryParse<long> parse) => (string text, out long value) => parse(text, out value) && value <= highest;
}
