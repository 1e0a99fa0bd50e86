using System.Globalization;
using System.Net;

namespace ResizeImage.Local;

/// <summary>What the command line asks for.</summary>
internal sealed record CommandLine
{
    public const string Usage = """
        usage: ResizeImage.Local [options] [PHOTO...]

        With photos: makes their thumbnails the way the deployed function does, writes them to a folder, and ends.
        Without: serves S3, the function and a page to drop photos on until Ctrl-C.

          --function PATH  the function's executable: a native file or a .dll
          --out DIR        where the thumbnails go (thumbnails)
          --port N         the port of S3; 0 for any free one (4566)
          --page-port N    the port of the page; 0 for any free one (the one after S3's)
          --host ADDRESS   the address on which S3 listens (127.0.0.1: for programs on this machine alone); 0.0.0.0 for
                           all, and then whoever reaches it can read and write every photo
          --allow-origin ORIGIN   pages of this origin may use S3 in a browser, such as http://localhost:3000; can be repeated
          --data DIR       the folder that holds the buckets (.local)
          --bucket NAME    the bucket (photos)
          --input PREFIX   where photos are put (input/)
          --output PREFIX  where thumbnails appear (output/)
          --memory-size N  the function's memory limit in MB (512)
          --timeout N      the time limit of an invocation in seconds (60)
          --lambda-port N  the port of Lambda's Invoke and Runtime APIs on 127.0.0.1; 0 for any free one (3001)
          --help           this text

        The function's settings, such as THUMBNAIL_SIZE=300x300, are read from the environment; nothing else of it reaches the function.
        """;

    private readonly int? _pagePort;

    public IReadOnlyList<string> Photos { get; private init; } = [];

    public string? Function { get; private init; }

    public string Out { get; private init; } = "thumbnails";

    public int Port { get; private init; } = 4566;

    /// <summary>Unless told otherwise the port after S3's, or any free one where S3 takes any.</summary>
    public int PagePort
    {
        get => _pagePort ?? (Port is 0 or ushort.MaxValue ? 0 : Port + 1);
        private init => _pagePort = value;
    }

    public IPAddress Host { get; private init; } = IPAddress.Loopback;

    public IReadOnlyList<string> AllowedOrigins { get; private init; } = [];

    public string Data { get; private init; } = ".local";

    public string Bucket { get; private init; } = "photos";

    /// <summary>Null where nothing was said.</summary>
    public string? Input { get; private init; }

    /// <summary>Null where nothing was said.</summary>
    public string? Output { get; private init; }

    /// <summary>In MB.</summary>
    public int MemorySize { get; private init; } = 512;

    public TimeSpan Timeout { get; private init; } = TimeSpan.FromSeconds(60);

    public int LambdaPort { get; private init; } = 3001;

    public bool Help { get; private init; }

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
                return parsed with { Help = true };
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
            "--port" => text => this with { Port = Number(name, text, 0, ushort.MaxValue) },
            "--page-port" => text => this with { PagePort = Number(name, text, 0, ushort.MaxValue) },
            "--host" => text => this with { Host = Address(text) },
            "--allow-origin" => text => this with { AllowedOrigins = [.. AllowedOrigins, text.TrimEnd('/')] },
            "--data" => text => this with { Data = text },
            "--bucket" => text => this with { Bucket = text },
            "--input" => text => this with { Input = text },
            "--output" => text => this with { Output = text },
            "--memory-size" => text => this with { MemorySize = Number(name, text, 128, 10_240) },
            "--timeout" => text => this with { Timeout = TimeSpan.FromSeconds(Number(name, text, 1, 900)) },
            "--lambda-port" => text => this with { LambdaPort = Number(name, text, 0, ushort.MaxValue) },
            _ => throw new LocalCloudException($"There is no option {name}.\n\n{Usage}"),
        };
        return option(value ?? throw new LocalCloudException($"The option {name} needs a value.\n\n{Usage}"));
    }

    private static IPAddress Address(string value) => value == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(value, out var address)
        ? address
        : throw new LocalCloudException($"--host is '{value}', expected an IP address of this machine, such as 127.0.0.1 or 0.0.0.0.");

    private static int Number(string name, string value, int min, int max) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max
            ? number
            : throw new LocalCloudException(string.Create(CultureInfo.InvariantCulture, $"{name} is '{value}', expected a number from {min} to {max}."));
}
