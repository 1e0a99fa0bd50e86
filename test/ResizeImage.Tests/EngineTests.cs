using ResizeImage.Configuration;
using ResizeImage.Imaging;

namespace ResizeImage.Tests;

/// <summary>The setting ENGINE; what ImageSharp makes is tested in ResizeImage.ImageSharp.Tests, where the build has it.</summary>
public class EngineTests
{
    [Theory]
    [InlineData(Engine.Auto)]
    [InlineData(Engine.BuiltIn)]
    public void Every_build_reads_photos(Engine engine) =>
        Assert.Equal(ImageFormat.Jpeg, Engines.Create(engine).Make(Pictures.Jpeg48x32, new ThumbnailOptions()).Source.Format);

    [Fact]
    public void ImageSharp_is_refused_by_a_build_that_does_not_have_it()
    {
        bool has = Array.Exists(typeof(Function).Assembly.GetReferencedAssemblies(), assembly => assembly.Name == "ResizeImage.ImageSharp");
        Exception? refusal = Record.Exception(() => Engines.Create(Engine.ImageSharp));
        Assert.Equal(has, refusal is null);
        if (!has)
        {
            Assert.Contains("ENGINE is \"imagesharp\"; this build has no ImageSharp", Assert.IsType<SettingsException>(refusal).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_second_engine_is_asked_only_for_what_the_first_does_not_read()
    {
        ImageInfo info = new(ImageFormat.Png, 1, 1, Orientation: 1);
        Scripted reads = new(() => info);
        FallbackThumbnailer thumbnailer = new(new Scripted(() => throw new UnsupportedImageException("not mine")), reads);
        Assert.Same(info, thumbnailer.Identify(default));
        Assert.Same(info, thumbnailer.Make(default, new(), default).Source);
        Assert.Equal(2, reads.Calls);

        Scripted unused = new(() => info);
        thumbnailer = new FallbackThumbnailer(new Scripted(() => throw new InvalidImageException("broken")), unused);
        Assert.Throws<InvalidImageException>(() => thumbnailer.Identify(default));
        Assert.Throws<InvalidImageException>(() => thumbnailer.Make(default, new(), default));
        Assert.Equal(0, unused.Calls);
    }

    private sealed class Scripted(Func<ImageInfo> answer) : IThumbnailer
    {
        public int Calls { get; private set; }

        public Thumbnail Make(ReadOnlyMemory<byte> file, ThumbnailOptions options, CancellationToken cancellationToken) =>
            new([], ThumbnailFormat.Png, 1, 1, Identify(file), Scale: 1, Note: null);

        public ImageInfo Identify(ReadOnlyMemory<byte> file)
        {
            Calls++;
            return answer();
        }
    }
}
