using ResizeImage.Configuration;
using ResizeImage.Hosting;
using ResizeImage.Imaging;

namespace ResizeImage.Tests;

/// <summary>The setting ENGINE; what ImageSharp makes is tested in ResizeImage.ImageSharp.Tests, where the build has it.</summary>
public class EngineTests
{
    [Fact]
    public void Every_build_has_the_built_in_engine() => Assert.IsType<Thumbnailer>(Engines.Create(Engine.BuiltIn));

    [Fact]
    public void ImageSharp_is_refused_by_a_build_that_does_not_have_it()
    {
        bool has = Array.Exists(typeof(Function).Assembly.GetReferencedAssemblies(), assembly => assembly.Name == "ResizeImage.ImageSharp");
        Exception? refusal = Record.Exception(() => Engines.Create(Engine.ImageSharp));
        Assert.Equal(has, refusal is null);
        if (!has)
        {
            Assert.Contains("ENGINE is \"imagesharp\"; this build has no ImageSharp. Remove the variable", Assert.IsType<SettingsException>(refusal).Message, StringComparison.Ordinal);
        }
    }
}
