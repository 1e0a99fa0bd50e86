using ResizeImage.Configuration;
using ResizeImage.Imaging;

namespace ResizeImage.Local.Web;

/// <summary>The settings of the function that the page shows and changes, by name: each <see cref="ThumbnailSetting"/> and the key template.</summary>
internal static class ThumbnailSettings
{
    /// <summary>The form of the page.</summary>
    public static readonly IReadOnlyList<SettingField> Form = [.. ThumbnailSetting.All.Select(SettingField.Of), SettingField.OutputKey];

    /// <summary>The settings of a function with this environment.</summary>
    public static SettingValues Of(IReadOnlyDictionary<string, string> environment)
    {
        SettingValues values = [];
        foreach (SettingField field in Form)
        {
            values[field.Name] = environment.GetValueOrDefault(field.Variable) is { Length: > 0 } set ? set : field.Default;
        }

        return values;
    }

    /// <summary>The environment with these settings; those that are missing or null stay.</summary>
    public static Dictionary<string, string> Apply(SettingValues settings, IReadOnlyDictionary<string, string> environment)
    {
        Dictionary<string, string> updated = new(environment);
        foreach (SettingField field in Form)
        {
            if (settings.GetValueOrDefault(field.Name) is { } value)
            {
                updated[field.Variable] = value;
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
    /// <summary>Needed where several thumbnails of a photo are named otherwise than by a folder for each size.</summary>
    public static readonly SettingField OutputKey = new(
        "outputKey", "Output key", SettingVariables.OutputKey, "Names thumbnails below the output prefix",
        "text with {path} or {name} in it; several sizes also need {size}, or other placeholders that tell them apart. If it is empty: {path}, or {size}/{path} for several sizes",
        "", []);

    public static SettingField Of(ThumbnailSetting setting) => new(
        setting.Name, char.ToUpperInvariant(setting.Name[0]) + setting.Name[1..], setting.Variable, setting.Description, setting.Accepts, setting.Default, setting.Choices);
}
