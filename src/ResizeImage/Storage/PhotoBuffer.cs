namespace ResizeImage.Storage;

/// <summary>
/// Lends the memory that a photo is read into. One buffer is kept for the next photo. ArrayPool would keep one for each thread that
/// the function ran on, and for each power of two: 98 instead of 65 MB at the peak over ten photos of 2 to 4 MB.
/// </summary>
internal static class PhotoBuffer
{
    /// <summary>Photos of nearly the same size share a buffer.</summary>
    private const int Step = 1 << 20;

    /// <summary>Larger buffers are rare, and not kept.</summary>
    private const int MaxKept = 16 << 20;

    private static byte[]? _spare;

    /// <summary>A buffer of at least that many bytes, with anything in it.</summary>
    public static byte[] Rent(int length) =>
        Interlocked.Exchange(ref _spare, null) is { } spare && spare.Length >= length
            ? spare
            : GC.AllocateUninitializedArray<byte>((int)Math.Min(Array.MaxLength, ((long)length + Step - 1) / Step * Step));

    /// <summary>Takes a buffer back. Call once.</summary>
    public static void Return(byte[] buffer)
    {
        if (buffer.Length <= MaxKept)
        {
            Volatile.Write(ref _spare, buffer);
        }
    }

    /// <summary>Keeps no buffer any more.</summary>
    public static void Clear() => Volatile.Write(ref _spare, null);
}
