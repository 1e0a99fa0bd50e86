namespace ResizeImage.Local.S3.Operations;

/// <summary>
/// Server-side encryption as clients see it. SSE-S3 (AES256) is accepted and returned, although the bytes on
/// disk are not encrypted; keys of the client (SSE-C) or of KMS are not implemented.
/// </summary>
internal static class Encryption
{
    public const string Header = "x-amz-server-side-encryption";
    public const string Aes256 = "AES256";

    private const string CustomerPrefix = Header + "-customer-";
    private const string CopySourcePrefix = "x-amz-copy-source-server-side-encryption-customer-";

    // Only with aws:kms.
    private static readonly string[] KmsHeaders = [Header + "-aws-kms-key-id", Header + "-context"];

    private static readonly string[] CustomerParts = ["algorithm", "key", "key-md5"];

    /// <summary>The encryption of the new object.</summary>
    /// <param name="sent">Headers, or the fields of a form.</param>
    /// <returns>AES256, or null if the request names none.</returns>
    /// <exception cref="S3Exception">NotImplemented, InvalidArgument, InvalidEncryptionAlgorithmError.</exception>
    public static string? Read(IHeaderDictionary sent)
    {
        if (Sent(sent, CustomerPrefix, CustomerParts) is not null)
        {
            throw Has(sent, CustomerPrefix + "algorithm")
                ? S3Error.HeaderNotImplemented(CustomerPrefix + "algorithm")
                : S3Error.Argument(
                    "Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.",
                    CustomerPrefix + "algorithm", null);
        }

        string algorithm = sent[Header].ToString();
        switch (algorithm)
        {
            case "aws:kms" or "aws:kms:dsse":
                throw S3Error.HeaderNotImplemented($"{Header}: {algorithm}");
            case not ("" or Aes256):
                throw new S3Exception(400, "InvalidEncryptionAlgorithmError", "The encryption request that you specified is not valid. The valid value is AES256.", ("ArgumentValue", algorithm));
        }

        string? kms = Array.Find(KmsHeaders, name => Has(sent, name))
            ?? (sent[Header + "-bucket-key-enabled"].ToString().Equals("true", StringComparison.OrdinalIgnoreCase) ? Header + "-bucket-key-enabled" : null);
        return kms is null
            ? algorithm.Length == 0 ? null : algorithm
            : throw S3Error.Argument($"{kms} is only valid together with {Header}: aws:kms.", kms, sent[kms].ToString());
    }

    /// <summary>Refuses customer keys for an object without one, and headers that only apply to writes.</summary>
    /// <exception cref="S3Exception">InvalidRequest, InvalidArgument.</exception>
    public static void CheckRead(IHeaderDictionary sent)
    {
        if (Sent(sent, CustomerPrefix, CustomerParts) is not null)
        {
            throw S3Error.InvalidRequest("The encryption parameters are not applicable to this object.");
        }

        if (Array.Find([Header, .. KmsHeaders], name => Has(sent, name)) is { } found)
        {
            throw S3Error.Argument($"{found} header is not supported for this operation.", found, sent[found].ToString());
        }
    }

    /// <summary>Refuses customer keys for the source of a copy.</summary>
    /// <exception cref="S3Exception">InvalidRequest.</exception>
    public static void CheckCopySource(IHeaderDictionary sent)
    {
        if (Sent(sent, CopySourcePrefix, CustomerParts) is not null)
        {
            throw S3Error.InvalidRequest("The encryption parameters are not applicable to the source object.");
        }
    }

    private static string? Sent(IHeaderDictionary sent, string prefix, string[] parts) => Array.Find(parts, part => Has(sent, prefix + part));

    private static bool Has(IHeaderDictionary sent, string name) => sent[name].ToString().Length > 0;
}
