using System.Text;
using ResizeImage.ImageSharp.Tests.Support;
using ResizeImage.Imaging;

namespace ResizeImage.ImageSharp.Tests;

/// <summary>What is refused, and with which of the three errors.</summary>
public class RefusalTests
{
    private readonly ImageSharpThumbnailer _thumbnailer = new();

    [Theory]
    [InlineData("", "empty")]
    [InlineData("hello, this is text", "The file is not an image; it is text: \"hello, this is text\".")]
    [InlineData("GIF89a", "corrupt")]
    [InlineData("P6\n0 0\n255\n", "corrupt")]
    public void What_is_no_image_is_invalid(string text, string expected) =>
        Assert.Contains(expected, Refusal<InvalidImageException>(Encoding.Latin1.GetBytes(text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("%PDF-1.7", "PDF")]
    [InlineData("\u0000\u0000\u0000\u0018ftypheic", "HEIC")]
    public void What_is_not_read_is_unsupported_and_named(string text, string expected)
    {
        string message = Refusal<UnsupportedImageException>(Encoding.Latin1.GetBytes(text));
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains("TIFF", message, StringComparison.Ordinal);
    }

    [PythonFact("PIL")]
    public void Kinds_that_ImageSharp_does_not_read_are_unsupported()
    {
        // A TIFF whose compression (tag 0x0103, a SHORT) is made one that is not defined.
        byte[] file = Pillow.File("add('TIFF', save(rgb, 'TIFF'))");
        int compression = file.AsSpan().IndexOf((byte[])[0x03, 0x01, 3, 0, 1, 0, 0, 0, 1, 0]);
        Assert.True(compression > 0);
        file[compression + 8] = 0xB7;
        file[compression + 9] = 0x0B;
        Assert.Contains("ImageSharp does not read", Refusal<UnsupportedImageException>(file), StringComparison.Ordinal);
    }

    [PythonFact("PIL")]
    public void Each_limit_is_named_with_the_value_found()
    {
        byte[] file = Pillow.File("add('TIFF', save(rgb, 'TIFF'))");
        Assert.Contains("the limit is 10", Refusal<ImageLimitException>(file, new() { MaxFileBytes = 10 }), StringComparison.Ordinal);
        Assert.Contains(
            "120 × 90 = 10,800 pixels; the limit is 10,799", Refusal<ImageLimitException>(file, new() { MaxPixels = 10_799 }), StringComparison.Ordinal);
        Assert.Contains(
            "the limit is 40,000", Refusal<ImageLimitException>(file, new() { MaxDecodedBytes = 40_000 }), StringComparison.Ordinal);
        Assert.Equal(200, _thumbnailer.Make(file, new ThumbnailOptions { Limits = new() { MaxPixels = 10_800 } }).Width);
    }

    [PythonFact("PIL")]
    public void What_decoding_takes_besides_the_picture_counts_too()
    {
        // At 1/2 the picture takes 11 kB; the coefficients of a progressive JPEG, to be held until the last scan, take 65 kB more.
        byte[] file = Pillow.File("add('JPEG', save(rgb, 'JPEG', progressive=True, subsampling=0))");
        ThumbnailOptions options = new() { Width = 20, Height = 15, Limits = new() { MaxDecodedBytes = 60_000 } };
        string message = Assert.Throws<ImageLimitException>(() => _thumbnailer.Make(file, options)).Message;
        Assert.Contains("with ImageSharp", message, StringComparison.Ordinal);
        Assert.Equal(20, _thumbnailer.Make(file, options with { Limits = new() { MaxDecodedBytes = 1 << 20 } }).Width);
    }

    [Fact]
    public void A_header_with_huge_dimensions_costs_nothing()
    {
        byte[] pbm = Encoding.ASCII.GetBytes("P6\n60000 60000\n255\n");
        ImageLimits[] limits = [new(), new() { MaxPixels = long.MaxValue, MaxDecodedBytes = 128 << 20 }];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.All(limits, limit => Refusal<ImageLimitException>(pbm, limit));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [CorpusFact]
    public void No_metadata_of_the_source_reaches_the_thumbnail()
    {
        byte[] file = File.ReadAllBytes(Corpus.Files("photos", "galaxy-note3-13mp.jpg")[0]);
        Assert.True(file.AsSpan().IndexOf("Exif"u8) >= 0);
        foreach (OutputFormat format in OutputFormat.All)
        {
            byte[] made = _thumbnailer.Make(file, new ThumbnailOptions { Format = format }).Data;
            foreach (string text in (string[])["Exif", "GPS", "SAMSUNG", "http", "eXIf", "iTXt", "tEXt", "ICC_PROFILE"])
            {
                Assert.True(made.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) < 0, $"{format}: {text}");
            }
        }
    }

    private string Refusal<T>(byte[] file, ImageLimits? limits = null)
        where T : ImageException =>
        Assert.Throws<T>(() => _thumbnailer.Make(file, new ThumbnailOptions { Limits = limits ?? ImageLimits.Default })).Message;
}
