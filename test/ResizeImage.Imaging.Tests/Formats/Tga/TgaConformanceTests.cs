using ResizeImage.Imaging.Formats.Tga;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Tga;

/// <summary>TGA: samples as ImageMagick (colors) and Pillow decode them, alpha by the extension area, and files that are not TGA.</summary>
public class TgaConformanceTests
{
    // Pillow 9.4 does not read 15 bits, and takes 5 bits to the lower of 8.
    private static bool HasFiveBits(string path) => Path.GetFileName(path) is var name && (name.Contains("-15", StringComparison.Ordinal) || name.Contains("-16", StringComparison.Ordinal));

    // Other programs ignore the extension area, and Pillow 9.4 the order from right to left.
    private static bool IsOurs(string path) => Path.GetFileNameWithoutExtension(path) is "premultiplied" or "alpha-ignored" or "right-to-left" or "right-to-left-rle";

    [SamplesFact(PythonModule = PillowJudge.Module)]
    public void Files_decode_exactly_as_Pillow_does()
    {
        string[] paths = [.. Samples.InRepository("conformance/tga", "*.tga").Where(path => !HasFiveBits(path) && !IsOurs(path) && !path.Contains("across", StringComparison.Ordinal))];
        byte[][] files = [.. paths.Select(File.ReadAllBytes)];
        IReadOnlyList<Picture?> expected = PillowJudge.Decode(files);
        for (int i = 0; i < files.Length; i++)
        {
            string? difference = Picture.Decode(files[i], out string? note).DifferenceFrom(expected[i]!) ?? note;
            Assert.True(difference is null, $"{paths[i]}: {difference}");
        }
    }

    [SamplesFact(ImageMagickJudge.Program)]
    public void Colors_are_those_of_ImageMagick() => Assert.All(
        Samples.InRepository("conformance/tga", "*.tga").Where(path => !path.Contains("gray-alpha", StringComparison.Ordinal) && Path.GetFileName(path) != "premultiplied.tga"),
        path =>
        {
            byte[] file = File.ReadAllBytes(path);
            Picture actual = Picture.Decode(file);
            Picture opaque = actual with { Samples = [.. actual.Samples.Select((sample, i) => i % 4 == 3 ? byte.MaxValue : sample)] };
            string? difference = opaque.DifferenceFrom(ImageMagickJudge.Decode(file, "tga", actual.Width), HasFiveBits(path) ? 1 : 0);
            Assert.True(difference is null, $"{path}: {difference}");
        });

    [SamplesFact]
    public void The_extension_area_says_what_alpha_means()
    {
        Picture straight = Decode("rgba-32.tga");
        Picture ignored = Decode("alpha-ignored.tga");
        Assert.Equal(straight.Samples.Select((sample, i) => i % 4 == 3 ? (byte)255 : sample), ignored.Samples);

        Picture premultiplied = Decode("premultiplied.tga");
        for (int i = 0; i < straight.Samples.Length; i += 4)
        {
            int alpha = straight.Samples[i + 3];
            Assert.Equal(alpha, premultiplied.Samples[i + 3]);
            Assert.True(alpha == 0 || Math.Abs(straight.Samples[i] - premultiplied.Samples[i]) <= 1 + (255 / alpha));
        }
    }

    [Fact]
    public void An_alpha_channel_of_zeros_is_opaque()
    {
        byte[] file = [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 0, 32, 8, 30, 20, 10, 0, 60, 50, 40, 0];
        Assert.Equal([40, 50, 60, 255, 10, 20, 30, 255], Picture.Decode(file).Samples);
    }

    [Fact]
    public void Bits_of_a_color_map_that_is_not_there_are_ignored()
    {
        byte[] file = [0, 0, 2, 0, 0, 0, 0, 24, 0, 0, 0, 0, 1, 0, 1, 0, 24, 32, 30, 20, 10];
        Assert.Equal([10, 20, 30, 255], Picture.Decode(file).Samples);
        file[7] = 25;
        Assert.False(TgaDecoder.Matches(file));
    }

    [Fact]
    public void Files_without_a_row_are_truncated()
    {
        byte[] file = [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 24, 0, 30, 20, 10];
        Assert.Equal(
            "The TGA is truncated before the end of its first row of pixels. Upload the complete file.",
            RefusalAdvice.AssertAdvises(Assert.Throws<InvalidImageException>(() => new Thumbnailer().Make(file, new ThumbnailOptions()))).Message);
    }

    [SamplesFact]
    public void Other_files_are_not_taken_for_TGA()
    {
        IEnumerable<string> others = Samples.Files("conformance", "*.*").Concat(Samples.Files("photos", "*.*")).Where(path => Path.GetExtension(path) != ".tga");
        Assert.All(others, path => Assert.False(TgaDecoder.Matches(File.ReadAllBytes(path)), path));
        Random random = new(3);
        byte[] bytes = new byte[100_000];
        for (int i = 0; i < 200_000; i++)
        {
            random.NextBytes(bytes.AsSpan(0, 64));
            Assert.False(TgaDecoder.Matches(bytes), Convert.ToHexString(bytes[..18]));
        }
    }

    private static Picture Decode(string name) => Picture.Decode(File.ReadAllBytes(Samples.Files("conformance/tga", name)[0]));
}
