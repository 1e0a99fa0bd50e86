using ResizeImage.Imaging;

namespace ResizeImage.Local.Web;

/// <summary>The thumbnail settings of the function as the page shows and changes them: each <see cref="ThumbnailSetting"/> by its name.</summary>
internal static class ThumbnailSettings
{
    /// <summary>The form of the page.</summary>
    public static readonly IReadOnlyList<SettingField> Form = [.. ThumbnailSetting.All.Select(SettingField.Of)];

    /// <summary>The settings of a function with this environment.</summary>
    public static SettingValues Of(IReadOnlyDictionary<string, string> environment)
    {
        SettingValues values = [];
        foreach (ThumbnailSetting setting in ThumbnailSetting.All)
        {
            values[setting.Name] = environment.GetValueOrDefault(setting.Variable) is { Length: > 0 } set ? set : setting.Default;
        }

        return values;
    }

    /// <summary>The environment with these settings; those that are missing or null stay.</summary>
    public static Dictionary<string, string> Apply(SettingValues settings, IReadOnlyDictionary<string, string> environment)
    {
        Dictionary<string, string> updated = new(environment);
        foreach (ThumbnailSetting setting in ThumbnailSetting.All)
        {
            if (settings.GetValueOrDefault(setting.Name) is { } value)
            {
                updated[setting.Variable] = value;
            }
        }

        return updated;
    }
}

/// <summary>A field of the page's form.</summary>
/// <param name="Name">Key in the settings: size.</param>
/// <param name="Label">Name for the reader: Size.</param>
/// <param name="Variable">THUMBNAIL_SIZE.</param>
/// <param name="Description">What the setting is for.</param>
/// <param name="Accepts">Values that the function accepts.</param>
/// <param name="Default">Value where nothing is set.</param>
/// <param name="Choices">All values; empty where any text may be one.</param>
internal sealed record SettingField(
    string Name, string Label, string Variable, string Description, string Accepts, string Default, IReadOnlyList<ThumbnailSettingChoice> Choices)
{
    public static SettingField Of(ThumbnailSetting setting) => new(
        setting.Name, char.ToUpperInvariant(setting.Name[0]) + setting.Name[1..], setting.Variable, setting.Description, setting.Accepts, setting.Default, setting.Choices);
}
