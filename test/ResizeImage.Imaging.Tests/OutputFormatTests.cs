using System.Text;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests;

/// <summary>Goes over the table of output formats: a new row is tested by being there.</summary>
public class OutputFormatTests
{
    private static readonly Bitmap Transparent = new(2, 1, Channels: 4, [10, 20, 30, 0, 40, 50, 60, 255]);

    [Fact]
    public void Each_encoder_makes_a_file_that_the_detector_recognizes() => Assert.All(OutputFormat.All, row =>
    {
        ImageInfo info = new Thumbnailer().Identify(row.Encode(Transparent, new ThumbnailOptions(), new WorkMeter()));
        Assert.Equal(new ImageInfo(row.ImageFormat, 2, 1, Orientation: 1), info);
    });

    [ToolFact("file")]
    public void Each_encoder_makes_a_file_of_its_media_type() => Assert.All(OutputFormat.All, row =>
    {
        byte[] made = row.Encode(Transparent, new ThumbnailOptions(), new WorkMeter());
        Assert.Equal(row.MediaType, Encoding.ASCII.GetString(ExternalProgram.Run("file", ["--brief", "--mime-type", "-"], made)).Trim());
    });

    [Fact]
    public void Transparency_stays_or_gets_the_background() => Assert.All(OutputFormat.All, row =>
    {
        byte[] made = row.Encode(Transparent, new ThumbnailOptions { Background = Rgba.White }, new WorkMeter());
        Thumbnail read = new Thumbnailer().Make(made, new ThumbnailOptions { Width = 2, Height = 1 });
        Assert.Equal(row.HasAlpha, read.Format.HasAlpha);
    });

    [Fact]
    public void Each_row_is_found_by_what_it_says() => Assert.All(OutputFormat.All, row =>
    {
        Assert.Same(row, OutputFormat.OfName(row.Name));
        Assert.Same(row, OutputFormat.OfName(row.Name.ToUpperInvariant()));
        Assert.Same(row, OutputFormat.OfName(row.Extension));
        Assert.Same(row, OutputFormat.OfExtension("." + row.Extension.ToUpperInvariant()));
        Assert.Same(row, OutputFormat.OfMediaType(row.MediaType));
    });

    [Theory]
    [InlineData(".jpg", "jpeg")]
    [InlineData(".JPEG", "jpeg")]
    [InlineData(".jpe", "jpeg")]
    [InlineData(".jfif", "jpeg")]
    [InlineData(".png", "png")]
    [InlineData(".webp", "webp")]
    [InlineData("jpg", null)]
    [InlineData(".gif", null)]
    [InlineData("", null)]
    public void Every_usual_extension_is_known(string extension, string? name) => Assert.Equal(name, OutputFormat.OfExtension(extension)?.Name);

    [Fact]
    public void Auto_is_png_for_a_transparent_thumbnail_and_otherwise_jpeg()
    {
        Assert.Same(OutputFormat.Png, OutputFormat.Auto(isTransparent: true));
        Assert.Same(OutputFormat.Jpeg, OutputFormat.Auto(isTransparent: false));
    }

    [Fact]
    public void Settings_accept_and_name_every_row()
    {
        Assert.Equal("auto, jpeg, png or webp", ThumbnailOptionText.FormatAccepts);
        Assert.All(OutputFormat.All, row =>
        {
            Assert.True(ThumbnailOptionText.TryParseFormat(row.Name, out OutputFormat? format));
            Assert.Same(row, format);
        });
        Assert.True(ThumbnailOptionText.TryParseFormat("Auto", out OutputFormat? automatic));
        Assert.Null(automatic);
        Assert.False(ThumbnailOptionText.TryParseFormat("0", out _));
        Assert.False(ThumbnailOptionText.TryParseFormat("jpe", out _));
    }
}
