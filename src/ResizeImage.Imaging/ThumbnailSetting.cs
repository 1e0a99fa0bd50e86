using System.Globalization;

namespace ResizeImage.Imaging;

/// <summary>
/// The settings of thumbnails, one row each: the environment variables of the function and its fingerprint, the options of the command line and
/// the form of the local page all come from these rows.
/// </summary>
public sealed class ThumbnailSetting
{
    private static readonly ThumbnailSetting[] Rows =
    [
        new("size", "SIZES", "200x200", ThumbnailOutput.Accepts, "Size of the thumbnail, or a list of several thumbnails")
        {
            Reader = (text, options) => ThumbnailOutput.TryParseList(text, options, out ThumbnailOutput[] outputs) ? outputs[0].Options : null,
            Writer = options => string.Create(
                CultureInfo.InvariantCulture, $"{options.Width}x{options.Height}{(options.Percent is { } percent ? $" {percent}%" : string.Empty)}"),
        },
        new("fit", "FIT", "cover", ThumbnailOptionText.FitAccepts, "How an image of another shape fits into the size")
        {
            Choices =
            [
                new("cover", "cover: fill the size, crop around the focus"),
                new("contain", "contain: the whole image, with bars"),
                new("inside", "inside: keep the shape, never enlarge"),
                new("fill", "fill: stretch"),
            ],
            Reader = (text, options) => ThumbnailOptionText.TryParseFit(text, out ThumbnailFit fit) ? options with { Fit = fit } : null,
            Writer = options => options.Fit.ToString(),
        },
        new("focus", "FOCUS", "auto", ThumbnailOptionText.FocusAccepts, "What cover keeps; auto is the photo's own subject, or the upper part")
        {
            Reader = (text, options) => ThumbnailOptionText.TryParseFocus(text, out ThumbnailFocus focus) ? options with { Focus = focus } : null,
            Writer = options => options.Focus.ToString(),
        },
        new("format", "FORMAT", "auto", ThumbnailOptionText.FormatAccepts, "File format; auto is JPEG, or PNG where the thumbnail is transparent")
        {
            Choices = FormatChoices(),
            Reader = (text, options) => ThumbnailOptionText.TryParseFormat(text, out OutputFormat? format) ? options with { Format = format } : null,
            Writer = options => options.Format?.ToString() ?? "Auto",
        },
        new("quality", "Q", "auto", ThumbnailOptionText.QualityAccepts, "JPEG or WebP quality; auto chooses by the thumbnail's size")
        {
            Reader = (text, options) => ThumbnailOptionText.TryParseQuality(text, out int? quality) ? options with { Quality = quality } : null,
            Writer = options => options.Quality?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
        },
        new("progressive", "BOOL", "false", ThumbnailOptionText.SwitchAccepts, "Progressive JPEG: a coarse image appears first while it loads")
        {
            IsSwitch = true,
            Choices = [new("false", "false"), new("true", "true")],
            Reader = (text, options) => ThumbnailOptionText.TryParseSwitch(text, out bool on) ? options with { Progressive = on } : null,
            Writer = options => options.Progressive.ToString(),
        },
        new("background", "COLOR", "white", ThumbnailOptionText.BackgroundAccepts, "Color of bars, and under transparent images written as JPEG")
        {
            Reader = (text, options) => ThumbnailOptionText.TryParseBackground(text, out Rgba color) ? options with { Background = color } : null,
            Writer = options => string.Create(
                CultureInfo.InvariantCulture, $"{options.Background.R} {options.Background.G} {options.Background.B} {options.Background.A}"),
        },
    ];

    private ThumbnailSetting(string name, string placeholder, string @default, string accepts, string description)
    {
        Name = name;
        Placeholder = placeholder;
        Default = @default;
        Accepts = accepts;
        Description = description;
    }

    /// <summary>All rows. Settings fingerprints contain them in this order.</summary>
    public static IReadOnlyList<ThumbnailSetting> All => Rows;

    /// <summary>The row that can also list several thumbnails (<see cref="ThumbnailOutput.TryParseList"/>).</summary>
    public static ThumbnailSetting Size => Rows[0];

    /// <summary>One lower-case word: size.</summary>
    public string Name { get; }

    /// <summary>The environment variable: THUMBNAIL_SIZE.</summary>
    public string Variable => "THUMBNAIL_" + Name.ToUpperInvariant();

    /// <summary>The option of a command line: --size.</summary>
    public string Option => "--" + Name;

    /// <summary>The placeholder of the value in a help text: WxH.</summary>
    public string Placeholder { get; }

    /// <summary>The text of the default value.</summary>
    public string Default { get; }

    /// <summary>A phrase for what <see cref="Read"/> accepts.</summary>
    public string Accepts { get; }

    /// <summary>The purpose of the setting: a phrase without a period.</summary>
    public string Description { get; }

    /// <summary>True for a setting whose values are true and false.</summary>
    public bool IsSwitch { get; private init; }

    /// <summary>All values, if there are only a few; else empty.</summary>
    public IReadOnlyList<ThumbnailSettingChoice> Choices { get; private init; } = [];

    private Func<string, ThumbnailOptions, ThumbnailOptions?> Reader { get; init; } = null!;

    private Func<ThumbnailOptions, string> Writer { get; init; } = null!;

    /// <summary>Sets the value from text.</summary>
    /// <returns>The options with this setting, of several sizes the first; null if the text is not accepted.</returns>
    public ThumbnailOptions? Read(string text, ThumbnailOptions options) => Reader(text, options);

    /// <summary>The value for the settings fingerprint, one text for each value. Another text would make all thumbnails outdated.</summary>
    public string Write(ThumbnailOptions options) => Writer(options);

    private static ThumbnailSettingChoice[] FormatChoices()
    {
        ThumbnailSettingChoice[] choices = new ThumbnailSettingChoice[OutputFormat.All.Count + 1];
        choices[0] = new ThumbnailSettingChoice("auto", "auto: JPEG, or PNG where it is transparent");
        for (int i = 1; i < choices.Length; i++)
        {
            string name = OutputFormat.All[i - 1].Name;
            choices[i] = new ThumbnailSettingChoice(name, name.ToUpperInvariant());
        }

        return choices;
    }
}

/// <summary>A value of a setting that has only a few.</summary>
/// <param name="Value">The text that <see cref="ThumbnailSetting.Read"/> accepts.</param>
/// <param name="Label">The value with a short explanation.</param>
public sealed record ThumbnailSettingChoice(string Value, string Label);
