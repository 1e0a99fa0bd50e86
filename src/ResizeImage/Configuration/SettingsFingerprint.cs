using System.Globalization;
using ResizeImage.Imaging;
using ResizeImage.Storage;

namespace ResizeImage.Configuration;

/// <summary>Tells apart thumbnails of the same photo that were made with different settings, or by an engine that made other bytes.</summary>
internal static class SettingsFingerprint
{
    /// <summary>16 hexadecimal digits.</summary>
    public static string Of(Settings settings)
    {
        ThumbnailOptions options = settings.Thumbnail;
        return ThumbnailOrigin.Hash(string.Create(
            CultureInfo.InvariantCulture,
            $"{Thumbnailer.Version} {settings.Engine} {options.Width}x{options.Height} {options.Fit} {options.Format?.ToString() ?? "Auto"} {options.Quality} {options.Progressive} "
            + $"{options.Background.R} {options.Background.G} {options.Background.B} {options.Background.A}"));
    }
}
