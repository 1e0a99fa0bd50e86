using ResizeImage.Configuration;
using ResizeImage.Hosting;
using ResizeImage.ImageSharp.Tests.Support;
using ResizeImage.Imaging;

namespace ResizeImage.ImageSharp.Tests;

/// <summary>The setting ENGINE, in a build that has ImageSharp.</summary>
public class EngineTests
{
    private static readonly ThumbnailOptions Options = new() { Width = 50, Height = 40 };

    [PythonFact("PIL")]
    public void Both_engines_read_TIFF()
    {
        const string Formats =
            """
            add('TIFF', save(rgb, 'TIFF'))
            add('gray TIFF', save(gray, 'TIFF'))
            """;
        foreach (Engine engine in (Engine[])[Engine.ImageSharp, Engine.BuiltIn])
        {
            IThumbnailer thumbnailer = Engines.Create(new Settings { Engine = engine });
            Assert.All(Pillow.Files(Formats), file =>
            {
                Thumbnail thumbnail = thumbnailer.Make(file.File, Options);
                Assert.Equal((50, 40), (thumbnail.Width, thumbnail.Height));
                ImageInfo info = thumbnailer.Identify(file.File);
                Assert.Equal((120, 90), (info.Width, info.Height));
            });
        }
    }

    /// <summary>Nothing is handed from one engine to the other.</summary>
    [PythonFact("PIL")]
    public void Each_engine_decodes_by_itself()
    {
        byte[] jpeg = Pillow.File("add('JPEG', save(rgb, 'JPEG', quality=90))");
        byte[] builtIn = Engines.Create(new Settings { Engine = Engine.BuiltIn }).Make(jpeg, Options).Data;
        Assert.Equal(new Thumbnailer().Make(jpeg, Options).Data, builtIn);
        Assert.NotEqual(builtIn, Engines.Create(new Settings { Engine = Engine.ImageSharp }).Make(jpeg, Options).Data);
    }

    [Fact]
    public void What_ImageSharp_does_not_read_is_refused_with_all_that_it_reads()
    {
        UnsupportedImageException refusal = Assert.Throws<UnsupportedImageException>(() => Engines.Create(new Settings { Engine = Engine.ImageSharp }).Make("%PDF-1.7"u8.ToArray(), Options));
        Assert.Equal(
            "The file is a PDF document; JPEG, PNG, WebP, GIF, BMP, TIFF, TGA, QOI and PBM are read. Convert it to JPEG or PNG first.", refusal.Message);
    }
}
