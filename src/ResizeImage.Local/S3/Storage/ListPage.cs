namespace ResizeImage.Local.S3.Storage;

/// <param name="Prefix">Only keys that begin with it.</param>
/// <param name="Delimiter">Keys that share the part from the prefix to the next delimiter are one common prefix; empty for none.</param>
/// <param name="StartAfter">Only keys and common prefixes after it; empty for all.</param>
/// <param name="MaxKeys">At most so many keys and common prefixes together.</param>
internal sealed record ListQuery(string Prefix, string Delimiter, string StartAfter, int MaxKeys);

/// <summary>A part of a list of keys, as ListObjects and ListObjectsV2 show it.</summary>
/// <param name="Objects">In the order of their keys.</param>
/// <param name="CommonPrefixes">In order.</param>
/// <param name="Last">The last key or common prefix on the page: the next page starts after it. Empty if the page is.</param>
/// <param name="IsTruncated">There is more.</param>
internal sealed record ListPage(
    IReadOnlyList<StoredObject> Objects, IReadOnlyList<string> CommonPrefixes, string Last, bool IsTruncated)
{
    /// <param name="keys">In order, from the first that could matter.</param>
    /// <param name="find">The object of a key.</param>
    /// <param name="query">What is asked for.</param>
    public static ListPage Read(IEnumerable<string> keys, Func<string, StoredObject> find, ListQuery query)
    {
        var objects = new List<StoredObject>();
        var prefixes = new List<string>();
        string last = "";
        string? currentPrefix = null;
        foreach (string key in keys)
        {
            if (!key.StartsWith(query.Prefix, StringComparison.Ordinal))
            {
                break;
            }

            string? commonPrefix = CommonPrefix(key, query);
            if (key == query.StartAfter || (commonPrefix is not null && (commonPrefix == currentPrefix || commonPrefix == query.StartAfter)))
            {
                continue;
            }

            if (objects.Count + prefixes.Count == query.MaxKeys)
            {
                return new ListPage(objects, prefixes, last, IsTruncated: query.MaxKeys > 0);
            }

            if (commonPrefix is null)
            {
                objects.Add(find(key));
                last = key;
            }
            else
            {
                prefixes.Add(commonPrefix);
                last = currentPrefix = commonPrefix;
            }
        }

        return new ListPage(objects, prefixes, last, IsTruncated: false);
    }

    private static string? CommonPrefix(string key, ListQuery query)
    {
        int at = query.Delimiter.Length == 0 ? -1 : key.IndexOf(query.Delimiter, query.Prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : key[..(at + query.Delimiter.Length)];
    }
}
