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

    public ThumbnailOptions Read(ParseResult result)
    {
        ThumbnailOptions options = new();
        foreach (var (setting, option) in _options)
        {
            if (result.GetResult(option) is { Implicit: false } given)
            {
                options = setting.Read(TextOf(given), options)!;
            }
        }

        return options;
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
