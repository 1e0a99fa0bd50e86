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
    [InlineData("{size}/{path}", "a/b.jpg", "card/a/b.jpg")]
    public void Placeholders_are_filled_in(string template, string path, string expected)
    {
        Assert.True(KeyTemplate.TryParse(template, out KeyTemplate? parsed));
        Assert.Equal(expected, parsed.Expand(path, Output, Thumbnail(OutputFormat.Png)));
    }

    [Fact]
    public void Jpeg_is_called_jpg()
    {
        Assert.True(KeyTemplate.TryParse("{name}.{format}", out KeyTemplate? parsed));
        Assert.Equal("a.jpg", parsed.Expand("a.png", Output, Thumbnail(OutputFormat.Jpeg)));
    }

    [Fact]
    public void Each_format_gives_its_extension() => Assert.All(OutputFormat.All, row =>
    {
        Assert.True(KeyTemplate.TryParse("{name}.{format}", out KeyTemplate? parsed));
        Assert.Equal("a." + row.Extension, parsed.Expand("a.tiff", Output, Thumbnail(row)));
        Assert.Equal(["a." + row.Extension], parsed.PossibleKeys("a.tiff", Output with { Options = new() { Format = row } }));
    });

    [Fact]
    public void Auto_can_give_two_keys_if_the_format_is_part_of_the_key()
    {
        Assert.True(KeyTemplate.TryParse("{name}.{format}", out KeyTemplate? parsed));
        Assert.Equal(["a.jpg", "a.png"], parsed.PossibleKeys("a.tiff", Output));
        Assert.Equal(["a.tiff"], KeyTemplate.SamePath.PossibleKeys("a.tiff", Output));
    }

    /// <summary>Also of names that look like the text around them.</summary>
    [Theory]
    [InlineData("{path}")]
    [InlineData("{size}/{path}")]
    [InlineData("{path}.{format}")]
    [InlineData("x/{path}/{size}/y.{format}")]
    [InlineData("{directory}{name}{extension}")]
    [InlineData("{directory}{size}/{name}{extension}")]
    [InlineData("{directory}{name}-{size}{extension}")]
    [InlineData("{directory}{name}-{width}x{height}{extension}.{format}")]
    [InlineData("{extension}/{directory}{name}")]
    [InlineData("{name}/{path}")]
    [InlineData("{path}{extension}")]
    [InlineData("{directory}card/{path}")]
    public void A_key_leads_back_to_its_photo(string template)
    {
        Assert.True(KeyTemplate.TryParse(template, out KeyTemplate? parsed));
        Assert.True(parsed.NamesPhoto);
        string[] paths =
        [
            "a.jpg", "a/b.jpg", "a/b/c.tar.gz", "noextension", ".hidden", "a/.hidden", "a.b/c", "c.", "card", "card/card/card.card", "card/card-card.jpg", "a-card.jpg",
            "a//b.jpg", "/a.jpg", "20x10.png", "y.png", "{path}", "a?.jpg", "a/b.png.png", "..x", "x..jpg", "ä 日本.jpg",
        ];
        foreach (string path in paths)
        {
            Assert.All(parsed.PossibleKeys(path, Output), key => Assert.Equal(path, parsed.PathOf(key, Output)));
        }
    }

    [Theory]
    [InlineData("{size}/{path}", "a.jpg")]
    [InlineData("{size}/{path}", "card/")]
    [InlineData("{size}/{path}", "cards/a.jpg")]
    [InlineData("{size}/{path}", "")]
    [InlineData("{path}.{format}", "a.jpg.webp")]
    [InlineData("{path}.{format}", ".jpg")]
    [InlineData("{path}{extension}", "a.jpg.png")]
    [InlineData("{name}/{path}", "b/a.jpg")]
    [InlineData("{directory}{name}-{size}{extension}", "a.jpg")]
    [InlineData("{name}{extension}", "a.jpg")] // of any folder
    [InlineData("{directory}{name}.{format}", "a.jpg")] // of any format
    public void A_key_that_no_photo_gives_leads_to_none(string template, string key)
    {
        Assert.True(KeyTemplate.TryParse(template, out KeyTemplate? parsed));
        Assert.Null(parsed.PathOf(key, Output));
    }

    /// <summary>Anybody may ask for any path.</summary>
    [Theory]
    [InlineData("{path}{path}{path}")]
    [InlineData("{directory}{name}{extension}")]
    [InlineData("{directory}{name}{extension}-{path}")]
    [InlineData("{name}{directory}{extension}{name}{directory}{extension}")]
    public void No_key_takes_long(string template)
    {
        Assert.True(KeyTemplate.TryParse(template, out KeyTemplate? parsed));
        foreach (string unit in new[] { "a", "/", ".", "a/", ".a/", "a.", "/.", "ab.c/" })
        {
            string key = string.Concat(Enumerable.Repeat(unit, 1024 / unit.Length)) + "!";
            Assert.Equal(parsed.PathOf(key, Output) is not null, parsed.PathOf(key, Output) is { } path && parsed.PossibleKeys(path, Output).Contains(key));
        }
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
        Assert.Equal(isKnown, parsed.PossibleKeys("a.jpg", Output with { Options = new() { Fit = fit } }).Length > 0);
    }

    /// <summary>Of one photo, or of two photos whose names are chosen to it.</summary>
    [Theory]
    [InlineData("{size}/{path}", "a,b", false)]
    [InlineData("{size}/{path}", "small,x-small", false)]
    [InlineData("{path}", "a,b", true)]
    [InlineData("{path}.{format}", "a,b", true)]
    [InlineData("{path}-{width}", "a,b", false)]
    [InlineData("{directory}{name}-{size}{extension}", "small,large", false)]
    [InlineData("{directory}{name}-{size}{extension}", "small,x-small", true)] // a-x.jpg in size small, a.jpg in size x-small
    [InlineData("{directory}{name}_{size}{extension}", "small,x-small", false)]
    [InlineData("{size}{name}", "a,ab", true)]
    [InlineData("{size}-{name}", "a,a-b", true)]
    public void Outputs_that_can_meet_are_found(string template, string names, bool canMeet)
    {
        Assert.True(KeyTemplate.TryParse(template, out KeyTemplate? parsed));
        ThumbnailOutput[] outputs = [.. names.Split(',').Select((name, i) => new ThumbnailOutput(name, new() { Width = 10 + i }))];
        Assert.Equal(canMeet, parsed.CanMeet(outputs[0], outputs[1]) || parsed.CanMeet(outputs[1], outputs[0]));
    }

    private static readonly ThumbnailOutput Output = new("card", new());

    private static Thumbnail Thumbnail(OutputFormat format) =>
        new([], format, Width: 20, Height: 10, new ImageInfo(ImageFormat.Png, 200, 100, Orientation: 1), Eighths: 8, Note: null);
}
