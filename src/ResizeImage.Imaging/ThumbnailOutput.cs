namespace ResizeImage.Imaging;

/// <summary>One of the thumbnails that are made of each photo. The setting "size" lists them.</summary>
/// <param name="Name">Its name in keys: {size}.</param>
/// <param name="Options">Size, fit, format and limits.</param>
public sealed record ThumbnailOutput(string Name, ThumbnailOptions Options)
{
    /// <summary>What <see cref="TryParseList"/> accepts.</summary>
    public static string Accepts =>
        "one or several sizes, separated by commas: WIDTHxHEIGHT in pixels, each 1 to 4096, for example 200x200; 800x or x600, where the other side follows "
        + "the photo; or a part of the photo, for example 50%. Each can have a fit, a format and a quality behind it, after dots, and a name in front of "
        + "it, for example card=400x300.contain.webp.q80; ? at the end makes it on the first request instead of at the upload";

    /// <summary>The most entries: all thumbnails of a photo are in memory at a time.</summary>
    public const int MaxOutputs = 16;

    private const int MaxNameLength = 64;

    /// <summary>Ends the text of an output that is made on request. It is part of neither the name nor the options.</summary>
    private const char OnRequestMark = '?';

    /// <summary>True if it is not made when the photo is uploaded, but when somebody asks for it first.</summary>
    public bool IsOnRequest { get; init; }

    /// <summary>Reads a list of outputs.</summary>
    /// <param name="text">Entries, separated by commas: name=size.word.word…</param>
    /// <param name="defaults">Everything that an entry does not say.</param>
    /// <param name="outputs">The outputs; their names differ.</param>
    public static bool TryParseList(string text, ThumbnailOptions defaults, out ThumbnailOutput[] outputs)
    {
        string[] entries = text.Split(',', StringSplitOptions.TrimEntries);
        outputs = new ThumbnailOutput[entries.Length];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < entries.Length; i++)
        {
            if (!TryParse(entries[i], defaults, out outputs[i]) || !names.Add(outputs[i].Name))
            {
                return false;
            }
        }

        return entries.Length <= MaxOutputs;
    }

    /// <summary>Reads one output.</summary>
    /// <param name="text">name=size.word.word…, with ? at the end if it is made on request.</param>
    /// <param name="defaults">Everything that the text does not say.</param>
    /// <param name="output">The output.</param>
    public static bool TryParse(string text, ThumbnailOptions defaults, out ThumbnailOutput output)
    {
        bool isOnRequest = text.EndsWith(OnRequestMark);
        text = isOnRequest ? text[..^1] : text;
        int equals = text.IndexOf('=');
        string entry = text[(equals + 1)..];

        // A percent sign in a key would have to be escaped in each URL.
        string name = equals < 0 ? entry.Replace('%', 'p') : text[..equals];
        string[] words = entry.Split('.');
        ThumbnailOptions? options = ReadSize(words[0], defaults);
        for (int i = 1; i < words.Length && options is not null; i++)
        {
            options = ReadWord(words[i], options);
        }

        output = new(name, options ?? defaults) { IsOnRequest = isOnRequest };
        bool hasBothSides = ThumbnailOptionText.TryParseSize(words[0], out _, out _);
        return options is not null && IsName(name) && (hasBothSides || !Array.Exists(words, word => ThumbnailOptionText.TryParseFit(word, out _)));
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static ThumbnailOptions? ReadSize(string text, ThumbnailOptions defaults)
    {
        const int Most = ThumbnailOptions.MaxSide;
        if (ThumbnailOptionText.TryParseSize(text, out int width, out int height))
        {
            return defaults with { Width = width, Height = height, Percent = null };
        }

        bool isPercent = text.EndsWith('%') || text.EndsWith('p');
        if (isPercent && ThumbnailOptionText.TryParseWhole(text[..^1], 100, out int percent))
        {
            return defaults with { Width = Most, Height = Most, Percent = percent, Fit = ThumbnailFit.Inside };
        }

        // Never enlarged; the side that follows has the limit of all sides.
        return text.EndsWith('x') && ThumbnailOptionText.TryParseWhole(text[..^1], Most, out width) ? defaults with { Width = width, Height = Most, Percent = null, Fit = ThumbnailFit.Inside }
            : text.StartsWith('x') && ThumbnailOptionText.TryParseWhole(text[1..], Most, out height) ? defaults with { Width = Most, Height = height, Percent = null, Fit = ThumbnailFit.Inside }
            : null;
    }

    private static ThumbnailOptions? ReadWord(string word, ThumbnailOptions options) =>
        ThumbnailOptionText.TryParseFit(word, out ThumbnailFit fit) ? options with { Fit = fit }
        : ThumbnailOptionText.TryParseFormat(word, out OutputFormat? format) ? options with { Format = format }
        : word.StartsWith('q') && ThumbnailOptionText.TryParseQuality(word[1..], out int? quality) ? options with { Quality = quality }
        : null;
}
