using ResizeImage.Configuration;
using ResizeImage.Imaging;

namespace ResizeImage.Hosting;

/// <summary>Makes the engine that the settings name. Engines.ImageSharp.cs is compiled only with -p:ImageSharp=true.</summary>
internal static partial class Engines
{
    /// <exception cref="SettingsException">This build does not have the engine.</exception>
    public static IThumbnailer Create(Settings settings)
    {
        if (settings.Engine == Engine.BuiltIn)
        {
            return new Thumbnailer { DecodesHevc = settings.DecodeHevc };
        }

        IThumbnailer? imageSharp = null;
        AddImageSharp(ref imageSharp);
        return imageSharp ?? throw new SettingsException(
            $"The environment variable {SettingVariables.Engine} is \"imagesharp\"; this build has no ImageSharp. "
            + "Remove the variable to use the built-in engine, or build with -p:ImageSharp=true.");
    }

    static partial void AddImageSharp(ref IThumbnailer? engine);
}
