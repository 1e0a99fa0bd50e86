namespace ResizeImage.Storage;

/// <summary>The object is larger than the caller accepts. The caller knows which of its limits that is.</summary>
/// <param name="bytes">Size of the file, or what was read of it.</param>
/// <param name="hasMore">Whether the file has more than <paramref name="bytes"/>: how much more is not known.</param>
internal sealed class ObjectTooLargeException(long bytes, bool hasMore) : Exception($"The object has {(hasMore ? "more than " : "")}{bytes} bytes, more than the caller accepts.")
{
    public long Bytes { get; } = bytes;

    public bool HasMore { get; } = hasMore;
}
