using System.CommandLine;
using System.CommandLine.Parsing;
using ResizeImage.Imaging;

namespace ResizeImage.Cli;

/// <summary>The command-line options that say what a thumbnail shall be; the same for every command.</summary>
internal sealed class ThumbnailArguments
{
    private readonly Option<(int Width, int Height)> _size = new("--size")
    {
        Description = "Size of the thumbnail: " + ThumbnailOptionText.SizeAccepts + ".",
        HelpName = "WxH",
        DefaultValueFactory = _ => (200, 200),
        CustomParser = argument => ThumbnailOptionText.TryParseSize(Text(argument), out int width, out int height)
            ? (width, height)
            : Refuse<(int, int)>(argument, ThumbnailOptionText.SizeAccepts),
    };

    private readonly Option<ThumbnailFit> _fit = new("--fit")
    {
        Description = "How another shape is fitted: " + ThumbnailOptionText.FitAccepts + ".",
        HelpName = "FIT",
        DefaultValueFactory = _ => ThumbnailFit.Cover,
        CustomParser = argument => ThumbnailOptionText.TryParseFit(Text(argument), out ThumbnailFit fit)
            ? fit
            : Refuse<ThumbnailFit>(argument, ThumbnailOptionText.FitAccepts),
    };

    private readonly Option<ThumbnailFormat> _format = new("--format")
    {
        Description = "Output format: " + ThumbnailOptionText.FormatAccepts + "; auto writes PNG where the thumbnail is transparent.",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => ThumbnailFormat.Auto,
        CustomParser = argument => ThumbnailOptionText.TryParseFormat(Text(argument), out ThumbnailFormat format)
            ? format
            : Refuse<ThumbnailFormat>(argument, ThumbnailOptionText.FormatAccepts),
    };

    private readonly Option<int?> _quality = new("--quality")
    {
        Description = "JPEG quality: " + ThumbnailOptionText.QualityAccepts + " (by the thumbnail's size).",
        HelpName = "Q",
        CustomParser = argument => ThumbnailOptionText.TryParseQuality(Text(argument), out int? quality)
            ? quality
            : Refuse<int?>(argument, ThumbnailOptionText.QualityAccepts),
    };

    private readonly Option<bool> _progressive = new("--progressive") { Description = "Write progressive JPEG." };

    private readonly Option<Rgba> _background = new("--background")
    {
        Description = "Colour of bars and under transparency: " + ThumbnailOptionText.BackgroundAccepts + ".",
        HelpName = "COLOUR",
        DefaultValueFactory = _ => Rgba.White,
        CustomParser = argument => ThumbnailOptionText.TryParseBackground(Text(argument), out Rgba color)
            ? color
            : Refuse<Rgba>(argument, ThumbnailOptionText.BackgroundAccepts),
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
        (int width, int height) = result.GetValue(_size);
        return new ThumbnailOptions
        {
            Width = width,
            Height = height,
            Fit = result.GetValue(_fit),
            Format = result.GetValue(_format),
            Quality = result.GetValue(_quality),
            Progressive = result.GetValue(_progressive),
            Background = result.GetValue(_background),
        };
    }

    private static string Text(ArgumentResult argument) => argument.Tokens[0].Value;

    private static T Refuse<T>(ArgumentResult argument, string accepts)
    {
        argument.AddError($"'{Text(argument)}' is not accepted. Give {accepts}.");
        return default!;
    }
}
