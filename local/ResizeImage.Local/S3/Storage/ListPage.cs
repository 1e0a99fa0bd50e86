namespace ResizeImage.Local.S3.Storage;

/// <param name="Prefix">Only keys that begin with it.</param>
/// <param name="Delimiter">Keys that share the part from the prefix to the next delimiter are one common prefix; empty for none.</param>
/// <param name="StartAfter">Only keys and common prefixes after it; empty for all.</param>
/// <param name="MaxKeys">The limit for keys and common prefixes together.</param>
internal sealed record ListQuery(string Prefix, string Delimiter, string StartAfter, int MaxKeys);

/// <summary>A part of a list of keys, as ListObjects, ListObjectsV2 and ListMultipartUploads show it.</summary>
/// <typeparam name="T">An item with a key: an object or an upload.</typeparam>
/// <param name="Items">In the order of their keys.</param>
/// <param name="CommonPrefixes">In order.</param>
/// <param name="Last">The last key or common prefix on the page: the next page starts after it. Empty if the page is.</param>
/// <param name="LastIsPrefix">Whether <paramref name="Last"/> is a common prefix.</param>
internal sealed record ListPage<T>(
    IReadOnlyList<T> Items, IReadOnlyList<string> CommonPrefixes, string Last, bool LastIsPrefix, bool IsTruncated)
{
    /// <param name="items">In the order of their keys, without those that the page must not show.</param>
    /// <param name="query">Its StartAfter is applied to common prefixes only; the caller applies it to items.</param>
    public static ListPage<T> Read(IEnumerable<T> items, Func<T, string> keyOf, ListQuery query)
    {
        List<T> found = new();
        List<string> prefixes = new();
        string last = "";
        string? currentPrefix = null;
        foreach (T? item in items)
        {
            string key = keyOf(item);
            if (!key.StartsWith(query.Prefix, StringComparison.Ordinal))
            {
                break;
            }

            string? commonPrefix = CommonPrefix(key, query);
            if (commonPrefix is not null && (commonPrefix == currentPrefix || commonPrefix == query.StartAfter))
            {
                continue;
            }

            if (found.Count + prefixes.Count == query.MaxKeys)
            {
                return new ListPage<T>(found, prefixes, last, last == currentPrefix, IsTruncated: query.MaxKeys > 0);
            }

            if (commonPrefix is null)
            {
                found.Add(item);
                last = key;
            }
            else
            {
                prefixes.Add(commonPrefix);
                last = currentPrefix = commonPrefix;
            }
        }

        return new ListPage<T>(found, prefixes, last, last == currentPrefix, IsTruncated: false);
    }

    private static string? CommonPrefix(string key, ListQuery query)
    {
        int at = query.Delimiter.Length == 0 ? -1 : key.IndexOf(query.Delimiter, query.Prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : key[..(at + query.Delimiter.Length)];
    }
}
