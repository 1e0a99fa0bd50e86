using ResizeImage.Configuration;
using ResizeImage.Hosting;
using ResizeImage.Imaging;

namespace ResizeImage.Tests;

/// <summary>The setting ENGINE. ResizeImage.ImageSharp.Tests has the tests of ImageSharp itself.</summary>
public class EngineTests
{
    [Fact]
    public void Every_build_has_the_built_in_engine() => Assert.IsType<Thumbnailer>(Engines.Create(new Settings { Engine = Engine.BuiltIn }));

    /// <summary>HevcSwitchTests has what it refuses then.</summary>
    [Fact]
    public void The_built_in_engine_gets_the_setting_of_HEVC()
    {
        Assert.True(Assert.IsType<Thumbnailer>(Engines.Create(Settings.Read(_ => null))).DecodesHevc);
        Assert.False(Assert.IsType<Thumbnailer>(Engines.Create(Settings.Read(name => name == "DECODE_HEVC" ? "false" : null))).DecodesHevc);
    }

    [Fact]
    public void ImageSharp_is_made_by_a_build_that_has_it_and_refused_by_any_other()
    {
        if (Array.Exists(typeof(Function).Assembly.GetReferencedAssemblies(), assembly => assembly.Name == "ResizeImage.ImageSharp"))
        {
            Assert.Equal("ImageSharpThumbnailer", Engines.Create(new Settings { Engine = Engine.ImageSharp }).GetType().Name);
        }
        else
        {
            Assert.Equal(
                "The environment variable ENGINE is \"imagesharp\"; this build has no ImageSharp. "
                + "Remove the variable to use the built-in engine, or build with -p:ImageSharp=true.",
                Assert.Throws<SettingsException>(() => Engines.Create(new Settings { Engine = Engine.ImageSharp })).Message);
        }
    }
}
