using System.CommandLine;
using System.CommandLine.Parsing;
using ResizeImage.Imaging;

namespace ResizeImage.Cli;

/// <summary>The command-line options that say what a thumbnail shall be; the same for every command.</summary>
internal sealed class ThumbnailArguments
{
    private static readonly ThumbnailOptions Defaults = new();

    private readonly Option<(int Width, int Height)?> _size = new("--size")
    {
        Description = "Size of the thumbnail: " + ThumbnailOptionText.SizeAccepts + $" [default: {Defaults.Width}x{Defaults.Height}]",
        HelpName = "WxH",
        CustomParser = argument => ThumbnailOptionText.TryParseSize(Text(argument), out int width, out int height)
            ? (width, height)
            : Refuse<(int, int)?>(argument, ThumbnailOptionText.SizeAccepts),
    };

    private readonly Option<ThumbnailFit?> _fit = new("--fit")
    {
        Description = "How another shape is fitted: " + ThumbnailOptionText.FitAccepts + $" [default: {Name(Defaults.Fit)}]",
        HelpName = "FIT",
        CustomParser = argument => ThumbnailOptionText.TryParseFit(Text(argument), out ThumbnailFit fit)
            ? fit
            : Refuse<ThumbnailFit?>(argument, ThumbnailOptionText.FitAccepts),
    };

    private readonly Option<OrAuto<OutputFormat?>> _format = new("--format")
    {
        Description = "Output format: " + ThumbnailOptionText.FormatAccepts + $"; auto writes PNG where the thumbnail is transparent [default: {Defaults.Format?.Name ?? "auto"}]",
        HelpName = "FORMAT",
        CustomParser = argument => ThumbnailOptionText.TryParseFormat(Text(argument), out OutputFormat? format)
            ? new(format)
            : Refuse<OrAuto<OutputFormat?>>(argument, ThumbnailOptionText.FormatAccepts),
    };

    private readonly Option<OrAuto<int?>> _quality = new("--quality")
    {
        Description = "JPEG quality: " + ThumbnailOptionText.QualityAccepts + ", which chooses by the thumbnail's size [default: auto]",
        HelpName = "Q",
        CustomParser = argument => ThumbnailOptionText.TryParseQuality(Text(argument), out int? quality)
            ? new(quality)
            : Refuse<OrAuto<int?>>(argument, ThumbnailOptionText.QualityAccepts),
    };

    private readonly Option<bool> _progressive = new("--progressive") { Description = "Write progressive JPEG." };

    private readonly Option<Rgba?> _background = new("--background")
    {
        Description = "Color of bars and under transparency: " + ThumbnailOptionText.BackgroundAccepts + " [default: white]",
        HelpName = "COLOR",
        CustomParser = argument => ThumbnailOptionText.TryParseBackground(Text(argument), out Rgba color)
            ? color
            : Refuse<Rgba?>(argument, ThumbnailOptionText.BackgroundAccepts),
    };

    public ThumbnailArguments(Command command)
    {
        command.Options.Add(_size);
        command.Options.Add(_fit);
        command.Options.Add(_format);
        command.Options.Add(_quality);
        command.Options.Add(_progressive);
        command.Options.Add(_background);
    }

    public ThumbnailOptions Read(ParseResult result)
    {
        (int width, int height) = result.GetValue(_size) ?? (Defaults.Width, Defaults.Height);
        return new ThumbnailOptions
        {
            Width = width,
            Height = height,
            Fit = result.GetValue(_fit) ?? Defaults.Fit,
            Format = result.GetValue(_format).Value,
            Quality = result.GetValue(_quality).Value,
            Progressive = result.GetValue(_progressive),
            Background = result.GetValue(_background) ?? Defaults.Background,
        };
    }

    private static string Name(Enum value) => value.ToString().ToLowerInvariant();

    private static string Text(ArgumentResult argument) => argument.Tokens[0].Value;

    private static T Refuse<T>(ArgumentResult argument, string accepts)
    {
        argument.AddError($"'{Text(argument)}' is not accepted. Give {accepts}.");
        return default!;
    }

    // Null is auto. It is wrapped because System.CommandLine throws InvalidCastException where a parser returns null.
    private readonly record struct OrAuto<T>(T Value);
}
