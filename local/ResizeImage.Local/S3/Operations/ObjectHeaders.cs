using System.Text;

namespace ResizeImage.Local.S3.Operations;

/// <summary>The headers of a PUT, or fields of a form, that are stored with the object and returned with it.</summary>
internal static class ObjectHeaders
{
    public const string WebsiteRedirect = "x-amz-website-redirect-location";

    private const string MetadataPrefix = "x-amz-meta-";

    private static readonly string[] System =
        ["Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Type", "Expires", WebsiteRedirect];

    /// <exception cref="S3Exception">NotImplemented, InvalidArgument, MetadataTooLarge.</exception>
    public static Dictionary<string, string> Read(IHeaderDictionary sent)
    {
        RefusedHeaders.CheckPut(sent);
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        if (Encryption.Read(sent) is { } encryption)
        {
            headers[Encryption.Header] = encryption;
        }

        foreach (string name in System)
        {
            string? value = sent[name].ToString() is { Length: > 0 } text ? text : null;
            if (name == "Content-Encoding")
            {
                value = WithoutAwsChunked(value);
            }

            if (value is not null)
            {
                CheckText(name, value);
                headers[name] = value;
            }
        }

        headers.TryAdd("Content-Type", "binary/octet-stream");
        ReadMetadata(sent, headers);
        return headers;
    }

    /// <summary>The headers of a copy that keeps those of its source. Encryption and redirection are of one object each.</summary>
    public static Dictionary<string, string> Copy(IReadOnlyDictionary<string, string> source, Dictionary<string, string> requested)
    {
        Dictionary<string, string> headers = new(source, StringComparer.OrdinalIgnoreCase);
        foreach (string name in new[] { Encryption.Header, WebsiteRedirect })
        {
            headers.Remove(name);
            if (requested.TryGetValue(name, out string? value))
            {
                headers[name] = value;
            }
        }

        return headers;
    }

    /// <summary>
    /// A header's value as it is sent. Metadata that is invalid in a header is encoded as in RFC 2047; "Working with object
    /// metadata" in the Amazon S3 User Guide.
    /// </summary>
    public static string ToWire(string name, string value) =>
        name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase) && value.Any(c => c is < ' ' or > '~')
            ? $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}?="
            : value;

    /// <summary>Refuses control characters, which could end the header.</summary>
    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static void CheckText(string name, string value)
    {
        if (value.Any(char.IsControl))
        {
            throw S3Error.InvalidArgument(name, Uri.EscapeDataString(value), "text without control characters");
        }
    }

    private static void ReadMetadata(IHeaderDictionary sent, Dictionary<string, string> headers)
    {
        int size = 0;
        foreach ((string? name, Microsoft.Extensions.Primitives.StringValues value) in sent)
        {
            if (name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            {
                string text = value.ToString();
                CheckName(name);
                headers[name.ToLowerInvariant()] = text;
                size += name.Length - MetadataPrefix.Length + Encoding.UTF8.GetByteCount(text);
            }
        }

        if (size > S3Limits.MaxMetadataBytes)
        {
            throw S3Error.MetadataTooLarge(size);
        }
    }

    // A form or a presigned URL can contain any name, an answer only valid header names.
    private static void CheckName(string name)
    {
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c)))
        {
            throw S3Error.InvalidArgument("x-amz-meta-", Uri.EscapeDataString(name), "a name that is a token of RFC 9110");
        }
    }

    // aws-chunked is the framing of the transfer, not of the object.
    private static string? WithoutAwsChunked(string? encoding)
    {
        if (encoding is null || !encoding.Contains("aws-chunked", StringComparison.Ordinal))
        {
            return encoding;
        }

        string rest = string.Join(
            ", ", encoding.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(one => one != "aws-chunked"));
        return rest.Length == 0 ? null : rest;
    }
}
