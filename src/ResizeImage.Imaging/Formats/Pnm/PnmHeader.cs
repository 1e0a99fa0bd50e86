namespace ResizeImage.Imaging.Formats.Pnm;

/// <summary>
/// The header of PBM, PGM and PPM (pbm(5), pgm(5), ppm(5) of Netpbm; P1 to P3 plain, P4 to P6 raw) and of PAM (pam(5), P7).
/// </summary>
/// <param name="Width">At least 1.</param>
/// <param name="Height">At least 1.</param>
/// <param name="Depth">Samples of a pixel: 1 gray, 2 gray and alpha, 3 RGB, 4 RGB and alpha.</param>
/// <param name="MaxValue">The sample of full intensity: 1 to 65,535. Above 255, samples have two bytes, big-endian.</param>
/// <param name="IsPlain">Samples are decimal text.</param>
/// <param name="IsBitmap">PBM: 1 is black; raw samples are packed into bytes from the high bits down, and each row begins with a byte.</param>
/// <param name="PixelOffset">Offset of the raster.</param>
internal readonly record struct PnmHeader(int Width, int Height, int Depth, int MaxValue, bool IsPlain, bool IsBitmap, int PixelOffset)
{
    private const int HighestMaxValue = 65535;
    private const int DeepestPam = 4;

    /// <summary>Bytes of a sample in the raw form.</summary>
    public int SampleBytes => MaxValue > byte.MaxValue ? 2 : 1;

    /// <summary>The last sample of a pixel is alpha, straight.</summary>
    public bool HasAlpha => Depth is 2 or 4;

    /// <summary>Bytes of a row in a raw file.</summary>
    public long RawRowBytes => IsBitmap ? ((long)Width + 7) / 8 : SampleRowBytes;

    /// <summary>Bytes of a row of whole samples; can exceed the longest array.</summary>
    public long SampleRowBytes => (long)Width * Depth * SampleBytes;

    /// <summary>The file begins with a number of Netpbm and its sizes, perhaps after comments, or with keywords of PAM.</summary>
    /// <param name="file">The beginning of the file.</param>
    /// <param name="examined">Bytes that decide. Where a comment is longer, they are enough.</param>
    public static bool Matches(ReadOnlySpan<byte> file, int examined)
    {
        if (file is not [(byte)'P', >= (byte)'1' and <= (byte)'7', var space, ..] || !PnmScanner.IsSpace(space))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = file[3..Math.Min(file.Length, examined)].TrimStart(" \t\r\n\v\f"u8);
        if (file[1] == '7')
        {
            return rest.StartsWith("WIDTH"u8) || rest.StartsWith("HEIGHT"u8) || rest.StartsWith("DEPTH"u8) || rest.StartsWith("MAXVAL"u8)
                || rest.StartsWith("TUPLTYPE"u8) || rest.StartsWith("#"u8);
        }

        while (rest.StartsWith("#"u8))
        {
            int end = rest.IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0)
            {
                return file.Length >= examined;
            }

            rest = rest[end..].TrimStart(" \t\r\n\v\f"u8);
        }

        int width = Math.Max(0, rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9'));
        return width > 0 && rest[width..].TrimStart(" \t\r\n\v\f"u8) is [(>= (byte)'0' and <= (byte)'9') or (byte)'#', ..];
    }

    /// <summary>Reads the header.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidImageException">A field has a value that Netpbm does not define.</exception>
    /// <exception cref="UnsupportedImageException">A PAM has a tuple type that is not read.</exception>
    public static PnmHeader Parse(ByteSource file)
    {
        const int Magic = 2;
        int kind = file.WaitFor(Magic)[1] - '0';
        PnmScanner scanner = new(file, Magic);
        if (kind == 7)
        {
            return ParsePam(scanner);
        }

        int width = Number(scanner, "width", int.MaxValue);
        int height = Number(scanner, "height", int.MaxValue);
        bool isBitmap = kind is 1 or 4;
        int maxValue = isBitmap ? 1 : Number(scanner, "maximum sample value", HighestMaxValue);
        return new(width, height, kind is 3 or 6 ? 3 : 1, maxValue, IsPlain: kind <= 3, isBitmap, scanner.Offset);
    }

    private static int Number(PnmScanner scanner, string name, int most) => scanner.ReadNumber(most) is { } value and > 0 ? value
        : scanner.IsAtEnd ? throw PnmErrors.TruncatedInHeader()
        : throw PnmErrors.Corrupt($"its {name} is not a number from 1 to {most}");

    private static PnmHeader ParsePam(PnmScanner scanner)
    {
        const int LongestLine = 256;
        scanner.SkipLine();
        (int width, int height, int depth, int maxValue, string tuple) = (0, 0, 0, 0, "");
        while (true)
        {
            if (scanner.Peek() == '#')
            {
                scanner.SkipLine();
                continue;
            }

            if (scanner.ReadLine(LongestLine) is not { } line)
            {
                throw scanner.IsAtEnd ? PnmErrors.TruncatedInHeader() : PnmErrors.Corrupt($"a line of its header has more than {LongestLine} characters");
            }

            string[] words = line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            switch (words)
            {
                case []:
                    break;
                case ["ENDHDR"]:
                    return OfPam(width, height, depth, maxValue, tuple, scanner.Offset);
                case ["WIDTH", var value]:
                    width = PamNumber("width", value, int.MaxValue);
                    break;
                case ["HEIGHT", var value]:
                    height = PamNumber("height", value, int.MaxValue);
                    break;
                case ["DEPTH", var value]:
                    depth = PamNumber("depth", value, int.MaxValue);
                    break;
                case ["MAXVAL", var value]:
                    maxValue = PamNumber("maximum sample value", value, HighestMaxValue);
                    break;
                case ["TUPLTYPE", var value]:
                    tuple = tuple.Length == 0 ? value : tuple;
                    break;
                default:
                    throw PnmErrors.Corrupt($"its header has a line that PAM does not define: \"{Printable(words[0])}\"");
            }
        }
    }

    private static int PamNumber(string name, string text, int most) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int value) && value > 0 && value <= most
            ? value
            : throw PnmErrors.Corrupt($"its {name} is not a number from 1 to {most}");

    /// <summary>A file without a tuple type has the type of its depth.</summary>
    private static PnmHeader OfPam(int width, int height, int depth, int maxValue, string tuple, int offset)
    {
        if (width == 0 || height == 0 || depth == 0 || maxValue == 0)
        {
            throw PnmErrors.Corrupt("its header lacks WIDTH, HEIGHT, DEPTH or MAXVAL");
        }

        int expected = tuple switch
        {
            "" => depth <= DeepestPam ? depth : throw PnmErrors.Unsupported($"a PAM of {depth} samples a pixel"),
            "BLACKANDWHITE" or "GRAYSCALE" => 1,
            "BLACKANDWHITE_ALPHA" or "GRAYSCALE_ALPHA" => 2,
            "RGB" => 3,
            "RGB_ALPHA" => 4,
            _ => throw PnmErrors.Unsupported($"a PAM of tuple type {Printable(tuple)}"),
        };
        return depth == expected
            ? new(width, height, depth, maxValue, IsPlain: false, IsBitmap: false, offset)
            : throw PnmErrors.Corrupt($"its header says tuple type {tuple} and depth {depth}; depth {expected} is expected");
    }

    private static string Printable(string text)
    {
        const int Shown = 40;
        char[] shown = text[..Math.Min(text.Length, Shown)].ToCharArray();
        return new string(Array.ConvertAll(shown, character => char.IsBetween(character, ' ', '~') ? character : '?'));
    }
}
