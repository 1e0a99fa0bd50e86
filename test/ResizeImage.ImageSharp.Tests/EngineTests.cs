using ResizeImage.Configuration;
using ResizeImage.ImageSharp.Tests.Support;
using ResizeImage.Imaging;

namespace ResizeImage.ImageSharp.Tests;

/// <summary>The setting ENGINE, in a build that has ImageSharp.</summary>
public class EngineTests
{
    private static readonly ThumbnailOptions Options = new() { Width = 50, Height = 40 };

    [PythonFact("PIL")]
    public void Auto_takes_ImageSharp_for_what_the_built_in_engine_does_not_read()
    {
        const string Formats =
            """
            for format in ('TIFF', 'TGA', 'PPM'):
                add(format, save(rgb, format))
            add('grey TGA', save(gray, 'TGA', compression='tga_rle'))
            add('palette TGA', save(palette, 'TGA'))
            """;
        IThumbnailer auto = Engines.Create(Engine.Auto);
        IThumbnailer builtIn = Engines.Create(Engine.BuiltIn);
        Assert.All(Pillow.Files(Formats), file =>
        {
            Assert.Equal((50, 40), (auto.Make(file.File, Options).Width, auto.Make(file.File, Options).Height));
            Assert.Equal((120, 90), (auto.Identify(file.File).Width, auto.Identify(file.File).Height));
            Assert.Throws<UnsupportedImageException>(() => builtIn.Make(file.File, Options));
            Assert.Throws<UnsupportedImageException>(() => builtIn.Identify(file.File));
        });
    }

    [PythonFact("PIL")]
    public void Auto_takes_the_built_in_engine_for_what_it_reads()
    {
        byte[] jpeg = Pillow.File("add('JPEG', save(rgb, 'JPEG', quality=90))");
        byte[] builtIn = Engines.Create(Engine.BuiltIn).Make(jpeg, Options).Data;
        Assert.Equal(builtIn, Engines.Create(Engine.Auto).Make(jpeg, Options).Data);
        Assert.NotEqual(builtIn, Engines.Create(Engine.ImageSharp).Make(jpeg, Options).Data); // the comparison can fail
    }

    [Fact]
    public void Auto_refuses_what_neither_reads_with_all_that_is_read()
    {
        UnsupportedImageException refusal = Assert.Throws<UnsupportedImageException>(() => Engines.Create(Engine.Auto).Make("%PDF-1.7"u8.ToArray(), Options));
        Assert.Contains("TIFF", refusal.Message, StringComparison.Ordinal);
    }
}
