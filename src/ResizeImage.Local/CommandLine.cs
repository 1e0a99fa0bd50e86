using System.Globalization;

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
          --port N         the port of S3 on 127.0.0.1; 0 for any free one (4566)
          --page-port N    the port of the page; 0 for any free one (the one after S3's)
          --data DIR       the folder that holds the buckets (.local)
          --bucket NAME    the bucket (photos)
          --input PREFIX   where photos are put (input/)
          --output PREFIX  where thumbnails appear (output/)
          --help           this text

        Environment variables, such as THUMBNAIL_SIZE=300x300, reach the function.
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

    public string Data { get; private init; } = ".local";

    public string Bucket { get; private init; } = "photos";

    /// <summary>Null where nothing was said.</summary>
    public string? Input { get; private init; }

    /// <summary>Null where nothing was said.</summary>
    public string? Output { get; private init; }

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
        if (name is not ("--function" or "--out" or "--port" or "--page-port" or "--data" or "--bucket" or "--input" or "--output"))
        {
            throw new LocalCloudException($"There is no option {name}.\n\n{Usage}");
        }

        if (value is null)
        {
            throw new LocalCloudException($"The option {name} needs a value.\n\n{Usage}");
        }

        return name switch
        {
            "--function" => this with { Function = value },
            "--out" => this with { Out = value },
            "--data" => this with { Data = value },
            "--bucket" => this with { Bucket = value },
            "--input" => this with { Input = value },
            "--output" => this with { Output = value },
            "--page-port" => this with { PagePort = ParsePort(name, value) },
            _ => this with { Port = ParsePort(name, value) },
        };
    }

    private static int ParsePort(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= ushort.MaxValue
            ? port
            : throw new LocalCloudException($"{name} is '{value}', expected a number from 0 to 65535.");
}
