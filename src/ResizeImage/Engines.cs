using ResizeImage.Configuration;
using ResizeImage.Imaging;

namespace ResizeImage;

/// <summary>Makes the engine that the settings ask for. Engines.ImageSharp.cs is compiled only where the package restores.</summary>
internal static partial class Engines
{
    /// <exception cref="SettingsException">This build does not have the engine.</exception>
    public static IThumbnailer Create(Engine engine)
    {
        IThumbnailer builtIn = new Thumbnailer();
        IThumbnailer? imageSharp = null;
        AddImageSharp(ref imageSharp);
        return engine switch
        {
            Engine.BuiltIn => builtIn,
            Engine.ImageSharp => imageSharp ?? throw new SettingsException(
                $"The environment variable {Settings.EngineVariable} is \"imagesharp\"; this build has no ImageSharp. "
                + "Use auto or builtin, or build where the package SixLabors.ImageSharp restores."),
            _ => imageSharp is null ? builtIn : new FallbackThumbnailer(builtIn, imageSharp),
        };
    }

    static partial void AddImageSharp(ref IThumbnailer? engine);
}
