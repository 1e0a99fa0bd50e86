using System.Globalization;

namespace ResizeImage.EndToEnd;

/// <summary>What <see cref="LambdaTable"/> measures.</summary>
/// <param name="Photos">The folder.</param>
/// <param name="MemorySizes">In MB.</param>
/// <param name="Wire">The times of S3.</param>
/// <param name="Rounds">Warm invocations of each photo.</param>
/// <param name="ColdRounds">Cold starts.</param>
internal sealed record LambdaOptions(string Photos, int[] MemorySizes, WireOptions Wire, int Rounds, int ColdRounds)
{
    /// <summary>The names of the options, for a message.</summary>
    public const string Usage = "[--memory MB,MB] [--first-byte MS] [--bandwidth MB/S] [--head MS] [--put MS] [--tls on|off] [--rounds N] [--cold N] PHOTOS";

    /// <summary>Takes the options and the folder from the start of the arguments.</summary>
    /// <exception cref="FormatException">An option is unknown.</exception>
    public static LambdaOptions Parse(Queue<string> arguments)
    {
        LambdaOptions options = new("", [128, 256, 512, 1024, 1769], new WireOptions(), Rounds: 7, ColdRounds: 11);
        while (arguments.Peek().StartsWith("--", StringComparison.Ordinal))
        {
            (string name, string value) = (arguments.Dequeue(), arguments.Dequeue());
            WireOptions wire = options.Wire;
            options = name switch
            {
                "--memory" => options with { MemorySizes = Array.ConvertAll(value.Split(','), Integer) },
                "--rounds" => options with { Rounds = Integer(value) },
                "--cold" => options with { ColdRounds = Integer(value) },
                "--first-byte" => options with { Wire = wire with { FirstByte = Milliseconds(value) } },
                "--bandwidth" => options with { Wire = wire with { BytesPerSecond = Number(value) * 1e6 } },
                "--head" => options with { Wire = wire with { Head = Milliseconds(value) } },
                "--put" => options with { Wire = wire with { Put = Milliseconds(value) } },
                "--tls" => options with { Wire = wire with { IsEncrypted = value == "on" } },
                _ => throw new FormatException($"There is no option {name}: {Usage}"),
            };
        }

        return options with { Photos = arguments.Dequeue() };
    }

    private static int Integer(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static TimeSpan Milliseconds(string text) => TimeSpan.FromMilliseconds(Number(text));
}
