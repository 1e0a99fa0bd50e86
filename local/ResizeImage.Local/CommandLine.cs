using System.Globalization;
using System.Net;

namespace ResizeImage.Local;

/// <summary>What the command line says.</summary>
internal sealed record CommandLine
{
    public const string Help = """
        usage: ./run.sh [options] [PHOTO or FOLDER...]
               dotnet run --project local/ResizeImage.Local -c Release -- [options] [PHOTO or FOLDER...]

        With photos: makes their thumbnails the way the deployed function does and writes them to a folder. Of a folder it
        takes the image files in it and below, and keeps their relative names.
        Without: serves S3, the function and a page to drop photos on until Ctrl-C.

          --out DIR        where the thumbnails go (thumbnails)
          --port N         the port of S3; 0 for any free one (4566)
          --page-port N    the port of the page; 0 for any free one (the one after S3's)
          --lambda-port N  the port of Lambda's Invoke and Runtime APIs on 127.0.0.1; 0 for any free one (3001)
          --host ADDRESS   the address on which S3 listens (127.0.0.1: for programs on this machine alone); 0.0.0.0 for
                           all, and then everyone who reaches it can read and write every photo
          --allow-host NAME       S3 answers requests for this name of the machine, such as box.lan; can be repeated
          --allow-origin ORIGIN   pages of this origin may use S3 in a browser, such as http://localhost:3000; can be repeated
          --data DIR       the folder that holds the buckets (.local)
          --bucket NAME    the bucket (photos)
          --input PREFIX   where photos are put (input/)
          --output PREFIX  where thumbnails appear (output/)
          --samples        puts a sample photo under each key that the sample events name (test/ResizeImage.Tests/events)
          --function PATH  the function's executable: a native file or a .dll
          --memory-size N  the function's memory limit in MB (512)
          --timeout N      the time limit of an invocation in seconds (60)
          --help           this text

        The function's settings are environment variables, for example THUMBNAIL_SIZE=300x300 ./run.sh PHOTO. Nothing else
        of the environment reaches the function. A port that was not given and is in use is replaced by the next free one.

        exit code: 0 done; 1 some photos have no thumbnail; 2 the command line is wrong, or something cannot be started,
        read or written; 130 Ctrl-C.
        """;

    /// <summary>How many ports to try where none was given.</summary>
    public const int FurtherPorts = 100;

    private const string TryHelp = "Try ./run.sh --help.";

    private readonly int? _pagePort;

    public IReadOnlyList<string> Photos { get; private init; } = [];

    public string? Function { get; private init; }

    public string Out { get; private init; } = "thumbnails";

    public PortArgument Port { get; private init; } = new(4566, IsGiven: false);

    /// <summary>By default the port after S3's, or any free one where S3 takes any.</summary>
    public PortArgument PagePort
    {
        get => new(_pagePort ?? (Port.Number is 0 or ushort.MaxValue ? 0 : Port.Number + 1), _pagePort is not null);
        private init => _pagePort = value.Number;
    }

    public PortArgument LambdaPort { get; private init; } = new(3001, IsGiven: false);

    public IPAddress Host { get; private init; } = IPAddress.Loopback;

    public IReadOnlyList<string> AllowedHosts { get; private init; } = [];

    public IReadOnlyList<string> AllowedOrigins { get; private init; } = [];

    public string Data { get; private init; } = ".local";

    public string Bucket { get; private init; } = "photos";

    /// <summary>Null where nothing was said.</summary>
    public string? Input { get; private init; }

    /// <summary>Null where nothing was said.</summary>
    public string? Output { get; private init; }

    public bool Samples { get; private init; }

    /// <summary>In MB.</summary>
    public int MemorySize { get; private init; } = 512;

    public TimeSpan Timeout { get; private init; } = TimeSpan.FromSeconds(60);

    public bool WantsHelp { get; private init; }

    /// <exception cref="LocalCloudException">It cannot be understood.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new CommandLine();
        var photos = new List<string>();
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (argument == "--")
            {
                photos.AddRange(arguments.Skip(i + 1));
                break;
            }

            if (!argument.StartsWith('-'))
            {
                photos.Add(argument);
            }
            else if (argument is "--help" or "-h")
            {
                return parsed with { WantsHelp = true };
            }
            else if (argument == "--samples")
            {
                parsed = parsed with { Samples = true };
            }
            else
            {
                int equals = argument.IndexOf('=', StringComparison.Ordinal);
                string name = equals < 0 ? argument : argument[..equals];
                string? value = equals < 0 ? arguments.ElementAtOrDefault(++i) : argument[(equals + 1)..];
                parsed = parsed.With(name, value);
            }
        }

        return parsed with { Photos = photos };
    }

    private CommandLine With(string name, string? value)
    {
        Func<string, CommandLine> option = name switch
        {
            "--function" => text => this with { Function = text },
            "--out" => text => this with { Out = text },
            "--port" => text => this with { Port = PortNumber(name, text) },
            "--page-port" => text => this with { PagePort = PortNumber(name, text) },
            "--lambda-port" => text => this with { LambdaPort = PortNumber(name, text) },
            "--host" => text => this with { Host = Address(text) },
            "--allow-host" => text => this with { AllowedHosts = [.. AllowedHosts, text] },
            "--allow-origin" => text => this with { AllowedOrigins = [.. AllowedOrigins, text.TrimEnd('/')] },
            "--data" => text => this with { Data = text },
            "--bucket" => text => this with { Bucket = text },
            "--input" => text => this with { Input = text },
            "--output" => text => this with { Output = text },
            "--memory-size" => text => this with { MemorySize = Number(name, text, 128, 10_240) },
            "--timeout" => text => this with { Timeout = TimeSpan.FromSeconds(Number(name, text, 1, 900)) },
            _ => throw new LocalCloudException(Unknown(name, value)),
        };
        return option(value ?? throw new LocalCloudException($"The option {name} needs a value. {TryHelp}"));
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

    private static IPAddress Address(string value) => value == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(value, out var address)
        ? address
        : throw new LocalCloudException($"--host is '{value}', expected an IP address of this machine, such as 127.0.0.1 or 0.0.0.0.");

    private static PortArgument PortNumber(string name, string value) => new(Number(name, value, 0, ushort.MaxValue), IsGiven: true);

    private static int Number(string name, string value, int min, int max) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max
            ? number
            : throw new LocalCloudException(string.Create(CultureInfo.InvariantCulture, $"{name} is '{value}', expected a number from {min} to {max}."));
}

/// <param name="Number">0 for any free one.</param>
/// <param name="IsGiven">Otherwise another one is as good.</param>
internal readonly record struct PortArgument(int Number, bool IsGiven)
{
    /// <summary>How many ports after it may be tried.</summary>
    public int Further => IsGiven ? 0 : CommandLine.FurtherPorts;
}
