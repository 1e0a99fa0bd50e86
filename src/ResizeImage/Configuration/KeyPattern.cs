namespace ResizeImage.Configuration;

/// <summary>
/// A key template in which only the parts of a photo's path are open: finds the photo whose thumbnail has a key. Backtracking over where each
/// part ends. The parts exclude most ends (a name has no slash, a directory ends with one), so that no key of S3's 1,024 bytes takes longer
/// than a HEAD request.
/// </summary>
internal sealed class KeyPattern
{
    // Text and placeholders in turn, text first.
    private readonly List<string> _parts = [string.Empty];

    private KeyPattern()
    {
    }

    /// <summary>The pattern of a template.</summary>
    /// <param name="parts">Text and placeholders in turn, text first.</param>
    /// <param name="known">The value of a placeholder; null for one that stays open.</param>
    public static KeyPattern Of(string[] parts, Func<string, string?> known)
    {
        KeyPattern pattern = new();
        for (int i = 0; i < parts.Length; i++)
        {
            if ((i % 2 == 0 ? parts[i] : known(parts[i])) is { } text)
            {
                pattern._parts[^1] += text;
            }
            else
            {
                pattern._parts.Add(parts[i]);
                pattern._parts.Add(string.Empty);
            }
        }

        return pattern;
    }

    /// <summary>The photo's path; null if no photo gives this key.</summary>
    public string? PathOf(string key) => Match(key, 0, 0, default);

    private string? Match(string key, int part, int position, PhotoPath photo)
    {
        if (!IsAt(key, position, _parts[part]))
        {
            return null;
        }

        position += _parts[part].Length;
        if (part + 1 == _parts.Count)
        {
            return position == key.Length && photo.Join() is { Length: > 0 } path ? path : null;
        }

        string placeholder = _parts[part + 1];
        if (photo.ValueOf(placeholder) is { } value)
        {
            return IsAt(key, position, value) ? Match(key, part + 2, position + value.Length, photo) : null;
        }

        for (int end = position; end <= key.Length; end++)
        {
            ReadOnlySpan<char> candidate = key.AsSpan(position, end - position);
            if (IsTooLong(placeholder, candidate))
            {
                return null;
            }

            if (IsPossible(placeholder, candidate)
                && IsAt(key, end, _parts[part + 2])
                && photo.With(placeholder, candidate.ToString()) is { } known
                && Match(key, part + 2, end, known) is { } path)
            {
                return path;
            }
        }

        return null;
    }

    private static bool IsAt(string key, int position, string text) => key.AsSpan(position).StartsWith(text, StringComparison.Ordinal);

    /// <summary>Whether text can be that part of a path.</summary>
    private static bool IsPossible(string placeholder, ReadOnlySpan<char> text) => placeholder switch
    {
        "path" => text.Length > 0,
        "directory" => text.Length == 0 || text[^1] == '/',
        "name" => text.Length > 0,
        _ => text.Length == 0 || text[0] == '.',
    };

    /// <summary>Whether text cannot be the beginning of that part either.</summary>
    private static bool IsTooLong(string placeholder, ReadOnlySpan<char> text) => text.Length > 0 && placeholder switch
    {
        "name" => text[^1] == '/',
        "extension" => text[0] != '.' || text[^1] == '/' || (text.Length > 1 && text[^1] == '.'),
        _ => false,
    };
}
