using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using ResizeImage.Imaging;

namespace ResizeImage.Configuration;

/// <summary>Names thumbnails, below the output prefix. For example {directory}{name}-{width}x{height}.{format}.</summary>
public sealed class KeyTemplate
{
    /// <summary>What <see cref="TryParse"/> accepts.</summary>
    public const string Accepts =
        "text with {path} or {name} in it, and also {size}, {directory}, {extension}, {format}, {width} and {height}; no slash in front";

    /// <summary>The same name as the photo.</summary>
    public static readonly KeyTemplate SamePath = new(["", "path"]);

    /// <summary>A folder for each output, and in it the same name as the photo.</summary>
    public static readonly KeyTemplate SizeAndPath = new(["", "size", "/", "path", ""]);

    private static readonly string[] Placeholders = ["size", "path", "directory", "name", "extension", "format", "width", "height"];

    // Text and placeholders in turn, text first.
    private readonly string[] _parts;

    private KeyTemplate(string[] parts) => _parts = parts;

    /// <summary>The template if none is set.</summary>
    /// <param name="outputs">Thumbnails of each photo.</param>
    public static KeyTemplate DefaultFor(int outputs) => outputs == 1 ? SamePath : SizeAndPath;

    /// <summary>The beginning of every key.</summary>
    public string LiteralHead => _parts[0];

    /// <summary>Whether a key says which photo it is of: the template has all parts of the photo's path.</summary>
    public bool NamesPhoto => Uses("path") || (Uses("directory") && Uses("name") && Uses("extension"));

    /// <summary>Reads a template.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out KeyTemplate? template)
    {
        template = null;
        List<string> parts = [];
        int position = 0;
        while (text.IndexOf('{', position) is >= 0 and int open)
        {
            int close = text.IndexOf('}', open);
            if (close < 0 || !Placeholders.Contains(text[(open + 1)..close]))
            {
                return false;
            }

            parts.Add(text[position..open]);
            parts.Add(text[(open + 1)..close]);
            position = close + 1;
        }

        parts.Add(text[position..]);
        string[] all = [.. parts];

        // Without the photo's name every thumbnail would overwrite the one before.
        bool named = all.Where((_, index) => index % 2 == 1).Any(placeholder => placeholder is "path" or "name");
        bool plain = !all.Where((_, index) => index % 2 == 0).Any(literal => literal.Contains('}') || literal.Any(char.IsControl));
        if (!named || !plain || text.StartsWith('/'))
        {
            return false;
        }

        template = new KeyTemplate(all);
        return true;
    }

    /// <summary>The key of a thumbnail, below the output prefix.</summary>
    /// <param name="path">The photo's key below the input prefix.</param>
    /// <param name="output">The output that the thumbnail is.</param>
    /// <param name="thumbnail">The thumbnail.</param>
    public string Expand(string path, ThumbnailOutput output, Thumbnail thumbnail) =>
        Expand(path, output.Name, thumbnail.Format, thumbnail.Width, thumbnail.Height);

    /// <summary>
    /// The keys that a thumbnail of the photo can have, below the output prefix: one, or one for each format. None if
    /// they depend on the size of the photo.
    /// </summary>
    public string[] PossibleKeys(string path, ThumbnailOutput output)
    {
        ThumbnailOptions options = output.Options;
        return Array.ConvertAll(PossibleFormats(output), possible => Expand(path, output.Name, possible, options.Width, options.Height));
    }

    /// <summary>The reverse of <see cref="PossibleKeys"/>: the path of the photo whose thumbnail has this key; null if no photo's has.</summary>
    /// <param name="key">Below the output prefix.</param>
    /// <param name="output">The output that the thumbnail is.</param>
    public string? PathOf(string key, ThumbnailOutput output)
    {
        ThumbnailOptions options = output.Options;
        OutputFormat[] formats = NamesPhoto ? PossibleFormats(output) : [];
        foreach (OutputFormat format in formats)
        {
            KeyPattern pattern = KeyPattern.Of(_parts, placeholder => KnownValue(placeholder, output.Name, format, options.Width, options.Height));
            if (pattern.PathOf(key) is { } path)
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>True if the two outputs could get the same key, of the same photo or of two.</summary>
    public bool CanMeet(ThumbnailOutput one, ThumbnailOutput other)
    {
        if (!Uses("size"))
        {
            string[] keys = PossibleKeys("a/b.c", one);
            return keys.Length == 0 || keys.Intersect(PossibleKeys("a/b.c", other)).Any();
        }

        // Text of the photo's own before or behind a size must not be able to complete another: with {name}-{size}, a photo "a-x" in size "small"
        // meets a photo "a" in size "x-small".
        for (int i = 1; i < _parts.Length; i += 2)
        {
            bool isOpen = _parts[i] == "size"
                && ((i > 1 && other.Name.EndsWith(_parts[i - 1] + one.Name, StringComparison.OrdinalIgnoreCase))
                    || (i < _parts.Length - 2 && other.Name.StartsWith(one.Name + _parts[i + 1], StringComparison.OrdinalIgnoreCase)));
            if (isOpen)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The formats by which names can differ; none if names depend on the size of the photo.</summary>
    private OutputFormat[] PossibleFormats(ThumbnailOutput output) =>
        output.Options.FollowsPhoto && (Uses("width") || Uses("height")) ? []
        : output.Options.Format is { } format ? [format]
        : Uses("format") ? [OutputFormat.Auto(isTransparent: false), OutputFormat.Auto(isTransparent: true)]
        : [OutputFormat.Auto(isTransparent: false)];

    private bool Uses(string placeholder) => _parts.Where((_, index) => index % 2 == 1).Contains(placeholder);

    private string Expand(string path, string size, OutputFormat format, int width, int height)
    {
        PhotoPath photo = PhotoPath.Split(path);
        StringBuilder key = new();
        for (int i = 0; i < _parts.Length; i++)
        {
            key.Append(i % 2 == 0 ? _parts[i] : KnownValue(_parts[i], size, format, width, height) ?? photo.ValueOf(_parts[i]));
        }

        return key.ToString();
    }

    /// <summary>The value of a placeholder that does not depend on the photo's path; null for one that does.</summary>
    private static string? KnownValue(string placeholder, string size, OutputFormat format, int width, int height) => placeholder switch
    {
        "size" => size,
        "format" => format.Extension,
        "width" => width.ToString(CultureInfo.InvariantCulture),
        "height" => height.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
