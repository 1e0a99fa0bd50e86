using ResizeImage.Configuration;
using ResizeImage.Imaging;

namespace ResizeImage.Tests;

public class KeyTemplateTests
{
    [Theory]
    [InlineData("{path}", "a/b.jpg", "a/b.jpg")]
    [InlineData("{path}", "{name}", "{name}")] // what a photo is called is never a template
    [InlineData("{directory}{name}{extension}", "a/b/c.tar.gz", "a/b/c.tar.gz")]
    [InlineData("{directory}{name}{extension}", "noextension", "noextension")]
    [InlineData("{name}|{extension}|{directory}", "a/.hidden", ".hidden||a/")]
    [InlineData("{name}|{extension}|{directory}", "a.b/c", "c||a.b/")]
    [InlineData("{name}|{extension}|{directory}", "c.", "c|.|")]
    [InlineData("{directory}{name}-{width}x{height}.{format}", "a/b.webp", "a/b-20x10.png")]
    [InlineData("{path}.{format}", "a/b.jpg", "a/b.jpg.png")]
    [InlineData("{name}{name}", "ab.jpg", "abab")]
    public void Placeholders_are_filled_in(string template, string path, string expected)
    {
        Assert.True(KeyTemplate.TryParse(template, out KeyTemplate? parsed));
        Assert.Equal(expected, parsed.Expand(path, Thumbnail(OutputFormat.Png)));
    }

    [Fact]
    public void Jpeg_is_called_jpg()
    {
        Assert.True(KeyTemplate.TryParse("{name}.{format}", out KeyTemplate? parsed));
        Assert.Equal("a.jpg", parsed.Expand("a.png", Thumbnail(OutputFormat.Jpeg)));
    }

    [Fact]
    public void Each_format_gives_its_extension() => Assert.All(OutputFormat.All, row =>
    {
        Assert.True(KeyTemplate.TryParse("{name}.{format}", out KeyTemplate? parsed));
        Assert.Equal("a." + row.Extension, parsed.Expand("a.tiff", Thumbnail(row)));
        Assert.Equal(["a." + row.Extension], parsed.PossibleKeys("a.tiff", new ThumbnailOptions { Format = row }));
    });

    [Fact]
    public void Auto_can_give_two_keys_if_the_format_is_part_of_the_key()
    {
        Assert.True(KeyTemplate.TryParse("{name}.{format}", out KeyTemplate? parsed));
        Assert.Equal(["a.jpg", "a.png"], parsed.PossibleKeys("a.tiff", new ThumbnailOptions()));
        Assert.Equal(["a.tiff"], KeyTemplate.SamePath.PossibleKeys("a.tiff", new ThumbnailOptions()));
    }

    /// <summary>The size depends on the photo, which may be gone.</summary>
    [Theory]
    [InlineData("{path}-{width}", ThumbnailFit.Inside, false)]
    [InlineData("{path}-{height}", ThumbnailFit.Inside, false)]
    [InlineData("{path}", ThumbnailFit.Inside, true)]
    [InlineData("{path}-{width}x{height}", ThumbnailFit.Contain, true)]
    public void Keys_by_the_size_of_a_thumbnail_inside_of_it_are_not_known_beforehand(string template, ThumbnailFit fit, bool isKnown)
    {
        Assert.True(KeyTemplate.TryParse(template, out KeyTemplate? parsed));
        Assert.Equal(isKnown, parsed.PossibleKeys("a.jpg", new ThumbnailOptions { Fit = fit }).Length > 0);
    }

    private static Thumbnail Thumbnail(OutputFormat format) =>
        new([], format, Width: 20, Height: 10, new ImageInfo(ImageFormat.Png, 200, 100, Orientation: 1), Scale: 1, Note: null);
}
