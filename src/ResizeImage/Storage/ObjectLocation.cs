namespace ResizeImage.Storage;

/// <summary>Where an object is.</summary>
/// <param name="Bucket">Name of the bucket.</param>
/// <param name="Key">The key, decoded.</param>
internal readonly record struct ObjectLocation(string Bucket, string Key)
{
    /// <summary>Limit of S3, in bytes of UTF-8.</summary>
    public const int MaxKeyBytes = 1024;

    /// <summary>A location, or null where a part of it is missing.</summary>
    public static ObjectLocation? From(string? bucket, string? key) =>
        string.IsNullOrEmpty(bucket) || string.IsNullOrEmpty(key) ? null : new ObjectLocation(bucket, key);

    /// <summary>s3://bucket/key</summary>
    public override string ToString() => $"s3://{Bucket}/{Key}";
}
