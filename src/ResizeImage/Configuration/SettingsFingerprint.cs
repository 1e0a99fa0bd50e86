using System.Globalization;
using System.Text;
using ResizeImage.Imaging;
using ResizeImage.Text;

namespace ResizeImage.Configuration;

/// <summary>Tells apart thumbnails of the same photo that were made with different settings, or by an engine that made other bytes.</summary>
internal static class SettingsFingerprint
{
    /// <summary>16 hexadecimal digits.</summary>
    public static string Of(Settings settings, ThumbnailOutput output) => Of(settings, output, Thumbnailer.Version);

    /// <summary>As with that version of the engine.</summary>
    internal static string Of(Settings settings, ThumbnailOutput output, int engineVersion)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{engineVersion} {settings.Engine}");
        foreach (ThumbnailSetting setting in ThumbnailSetting.All)
        {
            text.Append(' ').Append(setting.Write(output.Options));
        }

        return ShortHash.Of(text.ToString());
    }
}
