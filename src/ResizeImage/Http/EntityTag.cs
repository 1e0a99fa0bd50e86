using ResizeImage.Storage;
using ResizeImage.Text;

namespace ResizeImage.Http;

/// <summary>
/// Names the bytes of a thumbnail (RFC 9110, 8.8.3): a hash of its photo's ETag and its settings' fingerprint, from which they follow. It is known
/// without the thumbnail.
/// </summary>
internal static class EntityTag
{
    private const string Any = "*";

    /// <summary>The tag, in quotes.</summary>
    public static string Of(ThumbnailOrigin origin) => $"\"{ShortHash.Of($"{origin.SourceETag} {origin.Settings}")}\"";

    /// <summary>Whether If-None-Match lists tags, and does not only ask whether there is anything.</summary>
    public static bool ListsTags(string? ifNoneMatch) => ifNoneMatch is not null && ifNoneMatch.Trim() != Any;

    /// <summary>
    /// Whether the client has the thumbnail with this tag, by If-None-Match (RFC 9110, 13.1.2). The comparison is weak: whoever compressed an answer
    /// on its way put W/ before its tag.
    /// </summary>
    public static bool Matches(string? ifNoneMatch, string tag)
    {
        ReadOnlySpan<char> rest = ifNoneMatch.AsSpan().Trim();
        if (rest.SequenceEqual(Any))
        {
            return true;
        }

        // A tag may hold commas: only quotes separate.
        while (rest.IndexOf('"') is >= 0 and int open)
        {
            int length = rest[(open + 1)..].IndexOf('"');
            if (length < 0)
            {
                return false;
            }

            if (rest.Slice(open, length + 2).SequenceEqual(tag))
            {
                return true;
            }

            rest = rest[(open + length + 2)..];
        }

        return false;
    }
}
