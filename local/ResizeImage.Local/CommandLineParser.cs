using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;

namespace ResizeImage.Local;

/// <summary>The options of the program, and how they are read.</summary>
internal sealed class CommandLineParser
{
    private const string TryHelp = "Try ./run.sh --help.";

    private const string Description = """
        With photos: makes their thumbnails the way the deployed function does and writes them to a folder.
        For a folder: the image files in it and below, with their relative names kept.
        Without photos: serves S3, the function and a page to drop photos on until Ctrl-C.

        Settings of the function are environment variables: THUMBNAIL_SIZE=300x300 ./run.sh PHOTO
        Nothing else of the environment reaches the function.
        A port that was not given and is in use is replaced by the next free one.

        Without the script: dotnet run --project local/ResizeImage.Local -c Release -- [options] [PHOTO or FOLDER...]

        Exit codes: 0 done; 1 some photos have no thumbnail; 2 the command line is invalid, or something cannot be started,
        read or written; 130 Ctrl-C.
        """;

    private static readonly CommandLine Defaults = new();

    private readonly Argument<string[]> _photos = new("PHOTO or FOLDER") { Arity = ArgumentArity.ZeroOrMore, Description = "Image files, and folders of them." };

    private readonly Option<string?> _out = Text("--out", "DIR", $"Where the thumbnails go. [default: {Defaults.Out}]");
    private readonly Option<PortArgument?> _port = Port("--port", $"The port of S3; 0 for any free one. [default: {Defaults.Port.Number}]");
    private readonly Option<PortArgument?> _pagePort = Port("--page-port", "The port of the page; 0 for any free one. [default: the one after S3's]");
    private readonly Option<PortArgument?> _lambdaPort = Port(
        "--lambda-port", $"The port of Lambda's Invoke and Runtime APIs on 127.0.0.1; 0 for any free one. [default: {Defaults.LambdaPort.Number}]");

    private readonly Option<PortArgument?> _urlPort = Port("--url-port", "The port of the function's URL on 127.0.0.1; 0 for any free one. [default: the one after Lambda's]");
    private readonly Option<PortArgument?> _cdnPort = Port(
        "--cdn-port", "The port on 127.0.0.1 where pages get thumbnails, stored ones and those made on request; 0 for any free one. [default: the one after the page's]");

    private readonly Option<IPAddress?> _host = Single<IPAddress?>(
        "--host",
        "ADDRESS",
        "The address on which S3 listens. With 0.0.0.0 S3 listens on all of them, and everyone who reaches this machine can read and write every photo. [default: 127.0.0.1, for programs on this machine only]",
        Address);

    private readonly Option<string[]> _allowHost = Repeated("--allow-host", "NAME", "S3 answers requests for this name of the machine, such as box.lan. Can be repeated.");
    private readonly Option<string[]> _allowOrigin = Repeated(
        "--allow-origin", "ORIGIN", "Pages of this origin may use S3 in a browser, such as http://localhost:3000. Can be repeated.");

    private readonly Option<string?> _data = Text("--data", "DIR", $"The folder that holds the buckets. [default: {Defaults.Data}]");
    private readonly Option<string?> _bucket = Text("--bucket", "NAME", $"The bucket. [default: {Defaults.Bucket}]");
    private readonly Option<string?> _input = Text("--input", "PREFIX", "Where photos are put. [default: input/]");
    private readonly Option<string?> _output = Text("--output", "PREFIX", "Where thumbnails appear. [default: output/]");

    private readonly Option<bool> _samples = new("--samples")
    {
        Arity = ArgumentArity.Zero,
        Description = "Puts a sample photo under each key that the sample events name (test/ResizeImage.Tests/events).",
    };

    private readonly Option<string?> _function = Text("--function", "PATH", "The function's executable: a native file or a .dll.");
    private readonly Option<int?> _memorySize = Number("--memory-size", $"The function's memory limit in MB. [default: {Defaults.MemorySize}]", 128, 10_240);
    private readonly Option<int?> _timeout = Number("--timeout", $"The time limit of an invocation in seconds. [default: {Defaults.Timeout.TotalSeconds}]", 1, 900);

    private readonly Command _command;

    private CommandLineParser() => _command = new Command("./run.sh", Description)
    {
        _photos,
        _out,
        _port,
        _pagePort,
        _lambdaPort,
        _urlPort,
        _cdnPort,
        _host,
        _allowHost,
        _allowOrigin,
        _data,
        _bucket,
        _input,
        _output,
        _samples,
        _function,
        _memorySize,
        _timeout,
        new HelpOption("--help", "-h"),
    };

    /// <returns>Null after --help, which it writes to standard output.</returns>
    /// <exception cref="LocalCloudException">The command line is invalid.</exception>
    public static CommandLine? Parse(IReadOnlyList<string> arguments)
    {
        CommandLineParser parser = new();
        // A photo may be named @x.jpg, and there are no options of one letter to bundle.
        ParseResult result = parser._command.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (result.Action is HelpAction help)
        {
            help.Invoke(result);
            return null;
        }

        parser.RefuseUnknownOptions(result);
        return result.Errors.Count == 0 ? parser.Read(result) : throw new LocalCloudException(result.Errors[0].Message);
    }

    private CommandLine Read(ParseResult result) => new()
    {
        Photos = result.GetValue(_photos) ?? [],
        Function = result.GetValue(_function),
        Out = result.GetValue(_out) ?? Defaults.Out,
        Port = result.GetValue(_port) ?? Defaults.Port,
        PagePort = result.GetValue(_pagePort) ?? default,
        LambdaPort = result.GetValue(_lambdaPort) ?? Defaults.LambdaPort,
        UrlPort = result.GetValue(_urlPort) ?? default,
        CdnPort = result.GetValue(_cdnPort) ?? default,
        Host = result.GetValue(_host) ?? Defaults.Host,
        AllowedHosts = result.GetValue(_allowHost) ?? [],
        AllowedOrigins = Array.ConvertAll(result.GetValue(_allowOrigin) ?? [], origin => origin.TrimEnd('/')),
        Data = result.GetValue(_data) ?? Defaults.Data,
        Bucket = result.GetValue(_bucket) ?? Defaults.Bucket,
        Input = result.GetValue(_input),
        Output = result.GetValue(_output),
        Samples = result.GetValue(_samples),
        MemorySize = result.GetValue(_memorySize) ?? Defaults.MemorySize,
        Timeout = result.GetValue(_timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : Defaults.Timeout,
    };

    /// <summary>System.CommandLine treats an unknown option as an argument. After -- every name is a photo's.</summary>
    private void RefuseUnknownOptions(ParseResult result)
    {
        IReadOnlyList<Token> photos = result.GetResult(_photos)?.Tokens ?? [];
        int beforeDashes = result.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Count();
        int afterDashes = Math.Max(0, result.Tokens.Count - beforeDashes - 1);
        int count = photos.Count - afterDashes;
        for (int i = 0; i < count; i++)
        {
            string argument = photos[i].Value;
            if (argument.StartsWith('-'))
            {
                int equals = argument.IndexOf('=', StringComparison.Ordinal);
                throw new LocalCloudException(equals < 0
                    ? Unknown(argument, i + 1 < count ? photos[i + 1].Value : null)
                    : Unknown(argument[..equals], argument[(equals + 1)..]));
            }
        }
    }

    /// <summary>A user who tries --size is looking for a setting.</summary>
    private static string Unknown(string name, string? value)
    {
        string variable = name.TrimStart('-').Replace('-', '_').ToUpperInvariant();
        string? setting = Array.Find(Commands.FunctionSettings.Variables, known => known == variable || known == "THUMBNAIL_" + variable);
        return setting is null
            ? $"There is no option {name}. {TryHelp}"
            : $"There is no option {name}: settings are environment variables, {setting}={value ?? "…"} ./run.sh PHOTO. {TryHelp}";
    }

    private static Option<string?> Text(string name, string value, string description) =>
        Single<string?>(name, value, description, (_, text) => text);

    private static Option<PortArgument?> Port(string name, string description) => Single<PortArgument?>(
        name, "N", description, (argument, text) => ToNumber(argument, name, text, 0, ushort.MaxValue) is { } number ? new(number, IsGiven: true) : null);

    private static Option<int?> Number(string name, string description, int min, int max) =>
        Single<int?>(name, "N", description, (argument, text) => ToNumber(argument, name, text, min, max));

    private static int? ToNumber(ArgumentResult argument, string name, string text, int min, int max)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max)
        {
            return number;
        }

        argument.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}', expected a number from {min} to {max}."));
        return null;
    }

    private static IPAddress? Address(ArgumentResult argument, string text)
    {
        if (text == "localhost")
        {
            return IPAddress.Loopback;
        }

        if (!IPAddress.TryParse(text, out IPAddress? address))
        {
            argument.AddError($"--host is '{text}', expected an IP address of this machine, such as 127.0.0.1 or 0.0.0.0.");
        }

        return address;
    }

    /// <summary>A repeated option counts with its last value: run.sh passes --function, and its user may pass another.</summary>
    private static Option<T> Single<T>(string name, string value, string description, Func<ArgumentResult, string, T> parse)
    {
        Option<T> option = new(name)
        {
            Arity = ArgumentArity.ZeroOrMore,
            HelpName = value,
            Description = description,
            CustomParser = argument => argument.Tokens.Count == 0 ? default! : parse(argument, argument.Tokens[^1].Value),
        };
        RequireValue(option);
        return option;
    }

    private static Option<string[]> Repeated(string name, string value, string description)
    {
        Option<string[]> option = new(name) { Arity = ArgumentArity.ZeroOrMore, HelpName = value, Description = description };
        RequireValue(option);
        return option;
    }

    // System.CommandLine would check this, too, but its message does not name the help.
    private static void RequireValue(Option option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count < result.IdentifierTokenCount)
        {
            result.AddError($"The option {option.Name} needs a value. {TryHelp}");
        }
    });
}
