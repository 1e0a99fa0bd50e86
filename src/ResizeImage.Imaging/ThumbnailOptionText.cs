using System.Globalization;

namespace ResizeImage.Imaging;

/// <summary>
/// Parses the parts of <see cref="ThumbnailOptions"/> for <see cref="ThumbnailSetting"/>. Each Try method returns false for invalid text; the
/// constant beside it says what is accepted.
/// </summary>
public static class ThumbnailOptionText
{
    /// <summary>What <see cref="TryParseFit"/> accepts.</summary>
    public static string FitAccepts => "cover, contain, inside or fill";

    /// <summary>What <see cref="TryParseFocus"/> accepts.</summary>
    public static string FocusAccepts => "auto, center, top, or a point X,Y from 0,0 (top left) to 1,1, for example 0.5,0.25";

    /// <summary>What <see cref="TryParsePoint"/> accepts.</summary>
    public static string PointAccepts => "X,Y from 0,0 (top left) to 1,1, for example 0.5,0.25";

    /// <summary>What <see cref="TryParseFormat"/> accepts.</summary>
    public static readonly string FormatAccepts = ListFormats();

    /// <summary>What <see cref="TryParseQuality"/> accepts.</summary>
    public static string QualityAccepts => "a whole number from 1 to 100, or auto";

    /// <summary>What <see cref="TryParseBackground"/> accepts.</summary>
    public static string BackgroundAccepts => "#RRGGBB, #RRGGBBAA, white, black or transparent";

    /// <summary>What <see cref="TryParseSwitch"/> accepts.</summary>
    public static string SwitchAccepts => "true or false";

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

    /// <summary>A focus by its name, or a point.</summary>
    public static bool TryParseFocus(string text, out ThumbnailFocus focus)
    {
        ThumbnailFocus? named = text.ToLowerInvariant() switch
        {
            "auto" => ThumbnailFocus.Auto,
            "center" => ThumbnailFocus.Center,
            "top" => ThumbnailFocus.Top,
            _ => null,
        };
        bool isPoint = TryParsePoint(text, out FocusPoint point);
        focus = named ?? (isPoint ? ThumbnailFocus.At(point) : default);
        return named is not null || isPoint;
    }

    /// <summary>A point of an image such as 0.5,0.25.</summary>
    public static bool TryParsePoint(string text, out FocusPoint point)
    {
        string[] parts = text.Split(',');
        double y = 0;
        bool good = TryParsePart(parts[0], out double x) && parts.Length == 2 && TryParsePart(parts[1], out y);
        point = good ? new FocusPoint(x, y) : default;
        return good;
    }

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

    /// <summary>A whole number from 1 on.</summary>
    internal static bool TryParseWhole(string text, int max, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 1 && value <= max;

    // double.TryParse would also accept NaN, which is not in the range.
    private static bool TryParsePart(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out value)
        && value is >= 0 and <= 1;

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
