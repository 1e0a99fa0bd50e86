using System.Globalization;

namespace ResizeImage.Local.Commands;

/// <summary>Sizes and times as text.</summary>
internal static class Figures
{
    /// <summary>812 B, 4.2 kB, 3.1 MB, 1.1 GB: by 1000, as on the page.</summary>
    public static string Bytes(long? bytes) => bytes switch
    {
        null => "",
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 999_950 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 999_950_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };

    public static string Size(int? width, int? height) =>
        width is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{width}x{height}");

    public static string Milliseconds(double? milliseconds) => milliseconds?.ToString("0.0", CultureInfo.InvariantCulture) ?? "";
}
