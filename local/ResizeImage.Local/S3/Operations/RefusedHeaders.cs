namespace ResizeImage.Local.S3.Operations;

/// <summary>
/// Headers for features that this server does not have. Ignoring them would be worse than an error, so it answers
/// NotImplemented. Values that S3 refuses get S3's error. For encryption see <see cref="Encryption"/>.
/// </summary>
internal static class RefusedHeaders
{
    private static readonly string[] StorageClasses =
        ["STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "OUTPOSTS", "GLACIER_IR", "SNOW", "EXPRESS_ONEZONE", "FSX_OPENZFS", "FSX_ONTAP"];

    // Whatever their value.
    private static readonly string[] OfObjects =
    [
        "x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date", "x-amz-object-lock-legal-hold",
        "x-amz-write-offset-bytes",
    ];

    private static readonly string[] OfDeletes = ["x-amz-mfa", "x-amz-if-match-size", "x-amz-if-match-last-modified-time"];

    private static readonly string[] Grants =
        ["x-amz-grant-full-control", "x-amz-grant-read", "x-amz-grant-read-acp", "x-amz-grant-write", "x-amz-grant-write-acp"];

    /// <summary>For requests that store an object: PUT, copy, form, multipart upload.</summary>
    /// <param name="sent">Headers, or the fields of a form.</param>
    /// <exception cref="S3Exception">NotImplemented, InvalidArgument, InvalidStorageClass.</exception>
    public static void CheckPut(IHeaderDictionary sent)
    {
        RefuseAny(sent, OfObjects);
        RefuseAny(sent, Grants);
        string storageClass = sent["x-amz-storage-class"].ToString();
        if (storageClass.Length > 0 && !StorageClasses.Contains(storageClass))
        {
            throw new S3Exception(400, "InvalidStorageClass", "The storage class you specified is not valid", ("StorageClassRequested", storageClass));
        }

        RefuseUnless(sent, "x-amz-storage-class", "STANDARD");
    }

    /// <summary>For DeleteObject and DeleteObjects.</summary>
    /// <exception cref="S3Exception">NotImplemented.</exception>
    public static void CheckDelete(IHeaderDictionary sent) => RefuseAny(sent, OfDeletes);

    /// <summary>For CreateBucket.</summary>
    /// <exception cref="S3Exception">NotImplemented, InvalidArgument.</exception>
    public static void CheckCreateBucket(IHeaderDictionary sent)
    {
        RefuseAny(sent, Grants);
        CannedAcl.CheckBucket(sent);
        string ownership = sent["x-amz-object-ownership"].ToString();
        if (ownership is not ("" or "BucketOwnerEnforced" or "BucketOwnerPreferred" or "ObjectWriter"))
        {
            throw S3Error.InvalidArgument("x-amz-object-ownership", ownership, "BucketOwnerEnforced, BucketOwnerPreferred or ObjectWriter");
        }

        RefuseUnless(sent, "x-amz-object-ownership", "BucketOwnerEnforced");
        if (sent["x-amz-bucket-object-lock-enabled"].ToString().Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            throw S3Error.HeaderNotImplemented("x-amz-bucket-object-lock-enabled");
        }
    }

    private static void RefuseAny(IHeaderDictionary sent, string[] names)
    {
        if (Array.Find(names, name => sent[name].ToString().Length > 0) is { } found)
        {
            throw S3Error.HeaderNotImplemented(found);
        }
    }

    // The allowed values have no effect beyond the default.
    private static void RefuseUnless(IHeaderDictionary sent, string name, params string[] allowed)
    {
        string value = sent[name].ToString();
        if (value.Length > 0 && !allowed.Contains(value))
        {
            throw S3Error.HeaderNotImplemented($"{name}: {value}");
        }
    }
}
