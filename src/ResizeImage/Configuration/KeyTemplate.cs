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
        if (options.FollowsPhoto && (Uses("width") || Uses("height")))
        {
            return [];
        }

        OutputFormat[] formats = options.Format is { } format ? [format]
            : Uses("format") ? [OutputFormat.Auto(isTransparent: false), OutputFormat.Auto(isTransparent: true)]
            : [OutputFormat.Auto(isTransparent: false)];
        return Array.ConvertAll(formats, possible => Expand(path, output.Name, possible, options.Width, options.Height));
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

    private bool Uses(string placeholder) => _parts.Where((_, index) => index % 2 == 1).Contains(placeholder);

    private string Expand(string path, string size, OutputFormat format, int width, int height)
    {
        int nameStart = path.LastIndexOf('/') + 1;
        int dot = path.LastIndexOf('.');
        int nameEnd = dot > nameStart ? dot : path.Length; // the dot of ".hidden" begins a name, not an extension
        StringBuilder key = new();
        for (int i = 0; i < _parts.Length; i++)
        {
            key.Append(i % 2 == 0 ? _parts[i] : _parts[i] switch
            {
                "size" => size,
                "path" => path,
                "directory" => path[..nameStart],
                "name" => path[nameStart..nameEnd],
                "extension" => path[nameEnd..],
                "format" => format.Extension,
                "width" => width.ToString(CultureInfo.InvariantCulture),
                _ => height.ToString(CultureInfo.InvariantCulture),
            });
        }

        return key.ToString();
    }
}
