using ResizeImage.Imaging;

namespace ResizeImage.Configuration;

/// <summary>What outputs that are made on request need of the other settings.</summary>
internal static class OnRequestRules
{
    /// <summary>Refuses settings under which such an output could not be made, or would outlive its photo.</summary>
    /// <exception cref="SettingsException">The settings do not go together.</exception>
    public static void Check(Settings settings)
    {
        foreach (ThumbnailOutput output in settings.OnRequestOutputs)
        {
            if (ReasonToRefuse(settings, output) is { } reason)
            {
                throw new SettingsException($"The thumbnail \"{output.Name}\" of {ThumbnailSetting.Size.Variable} is made on request, because it ends in ?. {reason}");
            }
        }
    }

    private static string? ReasonToRefuse(Settings settings, ThumbnailOutput output) => settings switch
    {
        { DeleteOriginal: true } =>
            $"{SettingVariables.DeleteOriginal} is true: at the first request, its photo would be gone. Remove the ?, or {SettingVariables.DeleteOriginal}.",
        { DeleteThumbnails: false } =>
            $"{SettingVariables.DeleteThumbnails} is false: it would stay when its photo is replaced or deleted. Remove the ?, or {SettingVariables.DeleteThumbnails}.",
        { OutputKey.NamesPhoto: false } =>
            $"{SettingVariables.OutputKey} must name its photo completely, for a request has only the key. "
            + "Put {path} into it, or {directory}, {name} and {extension}.",
        _ when settings.OutputKey.PossibleKeys("photo", output).Length == 0 =>
            $"{SettingVariables.OutputKey} names it by a size that depends on the photo. Remove the ?, or {{width}} and {{height}} from {SettingVariables.OutputKey}.",
        _ => null,
    };
}
