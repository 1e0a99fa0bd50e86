namespace ResizeImage.Local.S3;

/// <summary>S3's own limits: "Multipart upload limits" and "Naming objects" in the Amazon S3 User Guide.</summary>
internal static class S3Limits
{
    /// <summary>The limit for a request body: 5 GiB.</summary>
    public const long MaxRequestBytes = 5L << 30;

    /// <summary>Every part but the last: 5 MiB.</summary>
    public const long MinPartBytes = 5L << 20;

    public const int MaxParts = 10_000;

    /// <summary>A key in UTF-8.</summary>
    public const int MaxKeyBytes = 1024;

    /// <summary>Names and values of x-amz-meta-* together.</summary>
    public const int MaxMetadataBytes = 2048;

    public const int MaxTags = 10;

    /// <summary>In UTF-16.</summary>
    public const int MaxTagKeyLength = 128;

    /// <summary>In UTF-16.</summary>
    public const int MaxTagValueLength = 256;

    /// <summary>The fields of a form before its file.</summary>
    public const int MaxFormFieldBytes = 20 << 10;

    /// <summary>Keys in one answer, and in one DeleteObjects.</summary>
    public const int MaxKeys = 1000;

    /// <summary>An XML request: 1,000 keys of 1,024 bytes, escaped, with their tags.</summary>
    public const int MaxXmlBytes = 8 << 20;
}
