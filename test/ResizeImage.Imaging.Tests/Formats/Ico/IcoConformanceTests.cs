using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Tests.Formats.Png;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Ico;

/// <summary>Icons and cursors: samples as Pillow decodes them, the choice of the image, and refusals.</summary>
public class IcoConformanceTests
{
    // Pillow 9.4 truncates 5 bits to the nearest lower of 8.
    private const string WrongInPillow = "rgb-555.ico";

    // Pillow takes the alpha of 32 bits even if all of it is 0; browsers take the mask.
    private const string MaskOfNoAlpha = "rgb-32-mask.ico";

    [SamplesFact(PythonModule = PillowJudge.Module)]
    public void Files_decode_exactly_as_Pillow_does()
    {
        string[] paths = [.. Samples.InRepository("conformance/ico", "*.ico").Where(path => Path.GetFileName(path) is not (WrongInPillow or MaskOfNoAlpha))];
        byte[][] files = [.. paths.Select(File.ReadAllBytes)];
        IReadOnlyList<Picture?> expected = PillowJudge.Decode(files);
        for (int i = 0; i < files.Length; i++)
        {
            string? difference = Picture.Decode(files[i], out string? note).DifferenceFrom(expected[i]!) ?? note;
            Assert.True(difference is null, $"{paths[i]}: {difference}");
        }
    }

    [SamplesFact]
    public void An_alpha_channel_of_zeros_is_replaced_by_the_mask()
    {
        Picture ofMask = Picture.Decode(File.ReadAllBytes(Samples.Files("conformance/ico", MaskOfNoAlpha)[0]));
        Assert.Null(ofMask.DifferenceFrom(Picture.Decode(File.ReadAllBytes(Samples.Files("conformance/ico", "rgb-24.ico")[0]))));
    }

    [SamplesFact]
    public void Sixteen_bits_are_five_for_each_color()
    {
        Picture deep = Picture.Decode(File.ReadAllBytes(Samples.Files("conformance/ico", "rgb-24.ico")[0]));
        byte[] expected = [.. deep.Samples.Select((sample, i) => i % 4 == 3 ? sample : (byte)Math.Round((sample >> 3) * 255 / 31.0))];
        Picture actual = Picture.Decode(File.ReadAllBytes(Samples.Files("conformance/ico", WrongInPillow)[0]));
        Assert.Null(actual.DifferenceFrom(deep with { Samples = expected }));
    }

    [SamplesFact]
    public void The_largest_and_then_the_deepest_image_is_shown()
    {
        byte[] file = File.ReadAllBytes(Samples.Files("conformance/ico", "several.ico")[0]);
        Assert.Equal(new ImageInfo(ImageFormat.Ico, 24, 24, 1), new Thumbnailer().Identify(file));
        Picture picture = Picture.Decode(file);
        Assert.Contains(picture.Samples.Where((_, i) => i % 4 == 3), alpha => alpha is > 0 and < 255);
    }

    /// <summary>Icon editors store the drawings of 16 and of 256 colors as PNG with alpha, too.</summary>
    [Theory]
    [InlineData(4, 32, 8, 1)]
    [InlineData(32, 4, 8, 0)]
    [InlineData(8, 8, 8, 0)]
    public void Of_equal_images_the_directory_says_which_is_deepest(int first, int second, int third, int shown)
    {
        byte[][] images = [.. Enumerable.Range(0, 3).Select(i => PngFile.Of(PngFile.Header(1, 1, 8, PngColorType.TruecolorAlpha), PngFile.Data([0, (byte)i, 0, 0, 255]), PngFile.End))];
        List<byte> file = [0, 0, 1, 0, 3, 0];
        int offset = 6 + (3 * 16);
        foreach ((byte[] image, int bits) in images.Zip([first, second, third]))
        {
            file.AddRange([1, 1, 0, 0, 1, 0, (byte)bits, 0, .. BitConverter.GetBytes(image.Length), .. BitConverter.GetBytes(offset)]);
            offset += image.Length;
        }

        Assert.Equal(shown, Picture.Decode([.. file, .. images.SelectMany(image => image)]).Samples[0]);
    }

    [SamplesFact]
    public void A_corrupt_image_gives_way_to_the_next_one()
    {
        byte[] file = File.ReadAllBytes(Samples.Files("conformance/ico", "several.ico")[0]);
        int deepest = BitConverter.ToInt32(file, 6 + (2 * 16) + 12);
        file[deepest + 16] = 77; // biCompression
        _ = Picture.Decode(file, out string? note);
        Assert.Equal("The icon's largest image cannot be read; another one is shown.", note);
    }

    [SamplesFact]
    public void Icons_without_an_image_are_refused()
    {
        byte[] file = File.ReadAllBytes(Samples.Files("conformance/ico", "rgb-24.ico")[0]);
        Assert.Equal("The icon is truncated before its first image. Upload the complete file.", Invalid(file[..30]));
        Assert.Equal("The icon is truncated before the end of its first row of pixels. Upload the complete file.", Invalid(file[..70]));
    }

    [SamplesFact]
    public void Pixels_without_a_mask_are_opaque()
    {
        byte[] file = File.ReadAllBytes(Samples.Files("conformance/ico", "rgb-24.ico")[0]);
        Picture picture = Picture.Decode(file[..^8], out string? note);
        Assert.Equal("The icon's mask is truncated; pixels without it are opaque.", note);
        Assert.Equal(255, picture[0, 0][3]);
    }

    private static string Invalid(byte[] file) =>
        RefusalAdvice.AssertAdvises(Assert.Throws<InvalidImageException>(() => new Thumbnailer().Make(file, new ThumbnailOptions()))).Message;
}
