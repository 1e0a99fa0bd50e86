namespace ResizeImage.Local.S3.Storage;

/// <summary>
/// The order of the UTF-8 bytes, in which S3 lists keys. It differs from the order of UTF-16 units only
/// where a surrogate (U+10000 and above) meets U+E000 to U+FFFF.
/// </summary>
internal sealed class Utf8Order : IComparer<string>
{
    public static readonly Utf8Order Instance = new();

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> a = x;
        ReadOnlySpan<char> b = y;
        int same = a.CommonPrefixLength(b);
        if (same == Math.Min(a.Length, b.Length))
        {
            return a.Length - b.Length;
        }

        bool surrogate = char.IsSurrogate(a[same]);
        return surrogate == char.IsSurrogate(b[same]) ? a[same] - b[same] : surrogate ? 1 : -1;
    }
}
