using System.Text;

namespace ResizeImage.Local.S3.Operations;

/// <summary>The headers of a PUT, or fields of a form, that belong to the object, and come back with it.</summary>
internal static class ObjectHeaders
{
    private const string MetadataPrefix = "x-amz-meta-";

    private static readonly string[] System =
    [
        "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Type", "Expires",
        "x-amz-website-redirect-location",
    ];

    // Each means that something will be done with the object. Saying yes and not doing it would be worse than an error.
    // What is named after a colon is what happens anyway.
    private static readonly string[] Refused =
    [
        "x-amz-tagging", "tagging", "x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date", "x-amz-object-lock-legal-hold",
        "x-amz-server-side-encryption-customer-algorithm", "x-amz-write-offset-bytes", "x-amz-server-side-encryption:AES256",
        "x-amz-storage-class:STANDARD", "x-amz-acl:private,bucket-owner-full-control", "acl:private,bucket-owner-full-control",
        "x-amz-grant-full-control", "x-amz-grant-read", "x-amz-grant-read-acp", "x-amz-grant-write-acp",
    ];

    /// <exception cref="S3Exception">NotImplemented, MetadataTooLarge.</exception>
    public static Dictionary<string, string> Read(IHeaderDictionary sent)
    {
        foreach (string rule in Refused)
        {
            string[] nameAndValues = rule.Split(':');
            string found = sent[nameAndValues[0]].ToString();
            if (found.Length > 0 && !(nameAndValues.Length == 2 && nameAndValues[1].Split(',').Contains(found)))
            {
                throw S3Error.HeaderNotImplemented(nameAndValues.Length == 2 ? $"{nameAndValues[0]}: {found}" : nameAndValues[0]);
            }
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string name in System)
        {
            string? value = sent[name].ToString() is { Length: > 0 } text ? text : null;
            if (name == "Content-Encoding")
            {
                value = WithoutAwsChunked(value);
            }

            if (value is not null)
            {
                headers[name] = value;
            }
        }

        headers.TryAdd("Content-Type", "binary/octet-stream");
        ReadMetadata(sent, headers);
        return headers;
    }

    private static void ReadMetadata(IHeaderDictionary sent, Dictionary<string, string> headers)
    {
        int size = 0;
        foreach (var (name, value) in sent)
        {
            if (name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            {
                string text = value.ToString();
                headers[name.ToLowerInvariant()] = text;
                size += name.Length - MetadataPrefix.Length + Encoding.UTF8.GetByteCount(text);
            }
        }

        if (size > S3Limits.MaxMetadataBytes)
        {
            throw S3Error.MetadataTooLarge(size);
        }
    }

    // aws-chunked is the framing of the transfer, not of the object.
    private static string? WithoutAwsChunked(string? encoding)
    {
        string rest = string.Join(
            ',', (encoding ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(one => one != "aws-chunked"));
        return rest.Length == 0 ? null : rest;
    }
}
