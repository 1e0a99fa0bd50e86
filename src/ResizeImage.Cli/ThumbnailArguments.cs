using System.CommandLine;
using System.CommandLine.Parsing;
using ResizeImage.Imaging;

namespace ResizeImage.Cli;

/// <summary>The command-line options of the thumbnail, one for each <see cref="ThumbnailSetting"/>; every command has the same.</summary>
internal sealed class ThumbnailArguments
{
    private readonly List<(ThumbnailSetting Setting, Option Option)> _options = [];

    public ThumbnailArguments(Command command)
    {
        foreach (ThumbnailSetting setting in ThumbnailSetting.All)
        {
            Option option = OptionFor(setting);
            _options.Add((setting, option));
            command.Options.Add(option);
        }
    }

    /// <summary>The thumbnails to make; the other options are the defaults of the sizes.</summary>
    public ThumbnailOutput[] Read(ParseResult result)
    {
        ThumbnailOptions defaults = new();
        string sizes = ThumbnailSetting.Size.Default;
        foreach (var (setting, option) in _options)
        {
            if (result.GetResult(option) is not { Implicit: false } given)
            {
                continue;
            }

            if (setting == ThumbnailSetting.Size)
            {
                sizes = TextOf(given);
            }
            else
            {
                defaults = setting.Read(TextOf(given), defaults)!;
            }
        }

        // The validator has accepted the list; the default is a size alone.
        ThumbnailOutput.TryParseList(sizes, defaults, out ThumbnailOutput[] outputs);
        return outputs;
    }

    private static Option OptionFor(ThumbnailSetting setting)
    {
        // A switch accepts only true and false as its value: in "--progressive in.jpg", the file is not the value.
        Option option = setting.IsSwitch
            ? new Option<bool>(setting.Option)
            : new Option<string>(setting.Option) { HelpName = setting.Placeholder };
        option.Description = $"{setting.Description}: {setting.Accepts} [default: {setting.Default}]";
        option.Validators.Add(given =>
        {
            if (setting.Read(TextOf(given), new ThumbnailOptions()) is null)
            {
                given.AddError($"'{TextOf(given)}' is not accepted. Give {setting.Accepts}.");
            }
        });
        return option;
    }

    /// <summary>A switch without a value is on; any other option has a value.</summary>
    private static string TextOf(OptionResult given) => given.Tokens is [var token, ..] ? token.Value : bool.TrueString;
}
