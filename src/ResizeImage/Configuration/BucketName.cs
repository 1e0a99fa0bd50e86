namespace ResizeImage.Configuration;

/// <summary>
/// Names of buckets. Aliases of access points look like names and hide the bucket: the function could neither know whether a thumbnail
/// would trigger it again, nor find its photos.
/// </summary>
internal static class BucketName
{
    private const string Accepts =
        "the name of a bucket: 3 to 63 of a-z, 0-9, '-' and '.'; no ARN and no access point alias, because they hide which bucket is meant";

    /// <summary>By their last characters, which S3 reserves.</summary>
    private static readonly (string Suffix, string Kind)[] Others =
    [
        ("--ol-s3", "the alias of an Object Lambda access point"),
        ("--xa-s3", "the alias of an access point of a directory bucket"),
        ("--op-s3", "the alias of an access point on Outposts"),
        ("-s3alias", "the alias of an access point"),
        (".mrap", "the alias of a Multi-Region Access Point"),
        ("--x-s3", "a directory bucket (S3 Express One Zone), which neither notifies nor lists in the order of keys"),
        ("--table-s3", "a table bucket"),
    ];

    /// <summary>Reads the name of a bucket.</summary>
    public static bool TryParse(string text, out string bucket)
    {
        bucket = text;
        return text.Length is >= 3 and <= 63
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')
            && OtherKind(text) is null;
    }

    /// <summary>The names that <see cref="TryParse"/> accepts, and the reason against this one.</summary>
    public static string AcceptsInsteadOf(string text) => OtherKind(text) is { } kind ? $"{Accepts}. This is {kind}" : Accepts;

    /// <summary>The kind of a name that is not a bucket's: "the alias of an access point"; null for a bucket.</summary>
    public static string? OtherKind(string text)
    {
        if (text.Contains("arn:", StringComparison.Ordinal) || text.Contains('/', StringComparison.Ordinal))
        {
            return "the ARN of an access point, or a part of one";
        }

        foreach ((string suffix, string kind) in Others)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal))
            {
                return $"{kind} ({suffix})";
            }
        }

        return null;
    }
}
