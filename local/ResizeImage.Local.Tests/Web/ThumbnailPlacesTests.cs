using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Local.Web;

namespace ResizeImage.Local.Tests.Web;

/// <summary>Where the page looks for thumbnails of photos from before the start; the function's own templates judge.</summary>
public sealed class ThumbnailPlacesTests
{
    [Theory]
    [InlineData("200x200", "", "a.jpg")]
    [InlineData("200x200,card=400x300", "", "2026/a.b.jpeg")]
    [InlineData("200x200.webp,50%", "{directory}{name}-{size}.{format}", "2026/.hidden")]
    [InlineData("200x200.png,100x50.cover", "{width}x{height}/{name}{extension}", "x/{name}.jpg")]
    [InlineData("200x200,800x", "{name}-{width}.jpg", "a.jpg")]
    public void They_are_those_of_the_function(string sizes, string template, string path)
    {
        Dictionary<string, string> environment = new() { ["THUMBNAIL_SIZE"] = sizes, ["OUTPUT_KEY"] = template };
        ThumbnailOutput.TryParseList(sizes, new ThumbnailOptions(), out ThumbnailOutput[] outputs);
        KeyTemplate parsed = template.Length > 0 && KeyTemplate.TryParse(template, out KeyTemplate? given) ? given : KeyTemplate.DefaultFor(outputs.Length);
        string[] expected = [.. outputs.SelectMany(output => parsed.PossibleKeys(path, output)).Select(key => "out/" + key)];
        Assert.Equal(expected, new ThumbnailPlaces(environment, "out/").Of(path).Select(place => place.Key));
    }

    [Fact]
    public void Values_that_the_function_refuses_count_as_not_set() =>
        Assert.Equal("output/a.jpg", Assert.Single(new ThumbnailPlaces(new Dictionary<string, string> { ["THUMBNAIL_SIZE"] = "big" }, "output/").Of("a.jpg")).Key);
}
