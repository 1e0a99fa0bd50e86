using System.Globalization;

namespace ResizeImage.Imaging;

/// <summary>
/// Parses the parts of <see cref="ThumbnailOptions"/> for <see cref="ThumbnailSetting"/>. Each Try method returns false for invalid text; the
/// constant beside it says what is accepted.
/// </summary>
public static class ThumbnailOptionText
{
    /// <summary>What <see cref="TryParseFit"/> accepts.</summary>
    public const string FitAccepts = "cover, contain, inside or fill";

    /// <summary>What <see cref="TryParseFormat"/> accepts.</summary>
    public static readonly string FormatAccepts = ListFormats();

    /// <summary>What <see cref="TryParseQuality"/> accepts.</summary>
    public const string QualityAccepts = "a whole number from 1 to 100, or auto";

    /// <summary>What <see cref="TryParseBackground"/> accepts.</summary>
    public const string BackgroundAccepts = "#RRGGBB, #RRGGBBAA, white, black or transparent";

    /// <summary>What <see cref="TryParseSwitch"/> accepts.</summary>
    public const string SwitchAccepts = "true or false";

    /// <summary>A size such as 200x200.</summary>
    public static bool TryParseSize(string text, out int width, out int height)
    {
        string[] parts = text.Split('x', 'X');
        height = 0;
        return TryParseWhole(parts[0], ThumbnailOptions.MaxSide, out width)
            && parts.Length == 2
            && TryParseWhole(parts[1], ThumbnailOptions.MaxSide, out height);
    }

    /// <summary>A fit by its name.</summary>
    public static bool TryParseFit(string text, out ThumbnailFit fit) => TryParseName(text, out fit);

    /// <summary>An output format by its name or extension; auto gives null.</summary>
    public static bool TryParseFormat(string text, out OutputFormat? format)
    {
        format = OutputFormat.OfName(text);
        return format is not null || text.Equals("auto", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A quality; auto gives null.</summary>
    public static bool TryParseQuality(string text, out int? quality)
    {
        quality = null;
        if (text.Equals("auto", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        bool good = TryParseWhole(text, 100, out int value);
        quality = good ? value : null;
        return good;
    }

    /// <summary>True or false.</summary>
    public static bool TryParseSwitch(string text, out bool on) => bool.TryParse(text, out on);

    /// <summary>A color.</summary>
    public static bool TryParseBackground(string text, out Rgba color)
    {
        string? hex = text.ToLowerInvariant() switch
        {
            "white" => "FFFFFFFF",
            "black" => "000000FF",
            "transparent" => "FFFFFF00",
            ['#', .. { Length: 6 } rgb] => rgb + "FF",
            ['#', .. { Length: 8 } rgba] => rgba,
            _ => null,
        };
        bool good = uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value);
        color = new Rgba((byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value);
        return good;
    }

    private static string ListFormats()
    {
        string list = "auto";
        for (int i = 0; i < OutputFormat.All.Count; i++)
        {
            list += (i < OutputFormat.All.Count - 1 ? ", " : " or ") + OutputFormat.All[i].Name;
        }

        return list;
    }

    private static bool TryParseWhole(string text, int max, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 1 && value <= max;

    // Enum.TryParse would also accept numbers and lists.
    private static bool TryParseName<T>(string text, out T value)
        where T : struct, Enum
    {
        foreach (T candidate in Enum.GetValues<T>())
        {
            if (text.Equals(candidate.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }
}
