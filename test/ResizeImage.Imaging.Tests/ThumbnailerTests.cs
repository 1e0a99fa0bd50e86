using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Tests.Color;
using ResizeImage.Imaging.Tests.Formats.Bmp;
using ResizeImage.Imaging.Tests.Formats.Gif;
using ResizeImage.Imaging.Tests.Formats.Png;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests;

/// <summary>The whole way from file to file.</summary>
public class ThumbnailerTests
{
    private readonly Thumbnailer _thumbnailer = new();

    public static TheoryData<int, int, ThumbnailFit, int, int> Fits => new()
    {
        { 400, 300, ThumbnailFit.Cover, 200, 200 },
        { 40, 30, ThumbnailFit.Cover, 200, 200 },
        { 400, 300, ThumbnailFit.Contain, 200, 200 },
        { 40, 30, ThumbnailFit.Contain, 200, 200 },
        { 400, 300, ThumbnailFit.Inside, 200, 150 },
        { 300, 400, ThumbnailFit.Inside, 150, 200 },
        { 40, 30, ThumbnailFit.Inside, 40, 30 },
        { 400, 300, ThumbnailFit.Fill, 200, 200 },
        { 3000, 2, ThumbnailFit.Inside, 200, 1 },
    };

    [ToolTheory("cjpeg", "djpeg")]
    [MemberData(nameof(Fits))]
    public void Each_fit_gives_its_size(int width, int height, ThumbnailFit fit, int expectedWidth, int expectedHeight)
    {
        byte[] file = Djpeg.Encode(TestPicture.Rgb(width, height));
        Thumbnail made = _thumbnailer.Make(file, new ThumbnailOptions { Fit = fit, Format = OutputFormat.Jpeg });
        Assert.Equal((expectedWidth, expectedHeight), (made.Width, made.Height));
        Assert.Equal(("image/jpeg", ImageFormat.Jpeg), (made.ContentType, made.Source.Format));
        Pnm decoded = Djpeg.Decode(made.Data);
        Assert.Equal((expectedWidth, expectedHeight), (decoded.Width, decoded.Height));
    }

    [ToolFact("cjpeg", "djpeg")]
    public void Cover_cuts_off_both_sides_evenly()
    {
        // Three stripes of 100, 200 and 100 columns: the middle one is what remains.
        byte[] samples = new byte[400 * 200 * 3];
        for (int i = 0; i < 400 * 200; i++)
        {
            samples[(3 * i) + (i % 400 is >= 100 and < 300 ? 1 : 0)] = 255;
        }

        byte[] file = Djpeg.Encode(new Pnm(400, 200, 3, samples), "-quality", "100", "-sample", "1x1");
        Pnm decoded = Djpeg.Decode(_thumbnailer.Make(file, new ThumbnailOptions { Width = 100, Height = 100, Quality = 100 }).Data);
        for (int i = 0; i < 100 * 100; i++)
        {
            if (i % 100 is > 3 and < 96)
            {
                Assert.True(decoded.Samples[3 * i] < 20 && decoded.Samples[(3 * i) + 1] > 235, $"pixel {i}");
            }
        }
    }

    [ToolFact("cjpeg", "djpeg")]
    public void Contain_fills_up_with_the_background()
    {
        byte[] file = Djpeg.Encode(new Pnm(200, 100, 3, new byte[200 * 100 * 3]), "-sample", "1x1");
        Pnm decoded = Djpeg.Decode(_thumbnailer.Make(
            file, new ThumbnailOptions { Width = 100, Height = 100, Fit = ThumbnailFit.Contain, Background = new Rgba(10, 200, 90), Quality = 100 }).Data);
        Assert.InRange(decoded.Samples[(50 * 300) + 150], 0, 2);
        Assert.InRange(decoded.Samples[(5 * 300) + 1], 198, 202);
        Assert.InRange(decoded.Samples[(95 * 300) + 2], 88, 92);
    }

    [ToolFact("cjpeg")]
    public void Transparent_bars_make_the_thumbnail_a_PNG()
    {
        byte[] file = Djpeg.Encode(TestPicture.Rgb(40, 20));
        ThumbnailOptions options = new() { Width = 40, Height = 40, Fit = ThumbnailFit.Contain, Background = new Rgba(10, 20, 30, 0) };
        Thumbnail made = _thumbnailer.Make(file, options);
        Assert.Equal(OutputFormat.Png, made.Format);
        Picture picture = Picture.Decode(made.Data);
        Assert.Equal((0, 255, 0), (picture[20, 5][3], picture[20, 20][3], picture[20, 35][3]));
    }

    /// <summary>One pixel of any transparency is enough for a PNG; one without is not.</summary>
    [Theory]
    [InlineData(0, ImageFormat.Png)]
    [InlineData(128, ImageFormat.Png)]
    [InlineData(254, ImageFormat.Png)]
    [InlineData(255, ImageFormat.Jpeg)]
    public void The_format_follows_transparency(byte alpha, ImageFormat expected)
    {
        byte[] file = PngFile.Of(PngFile.Header(2, 1, 8, PngColorType.TruecolorAlpha), PngFile.Data([0, 1, 2, 3, 255, 1, 2, 3, alpha]), PngFile.End);
        Assert.Equal(expected, _thumbnailer.Make(file, new ThumbnailOptions { Width = 2, Height = 1 }).Format.ImageFormat);
    }

    /// <summary>Alpha of 16 bits is that of 8 bits, more finely; colors are weighted with it.</summary>
    [Fact]
    public void Alpha_of_16_bits_makes_the_thumbnail_that_alpha_of_8_bits_makes()
    {
        byte[] samples = TestPicture.Samples(40, 30, 4);
        byte[] wide = [.. samples.Chunk(40 * 4).SelectMany(row => (byte[])[0, .. row.SelectMany(sample => (byte[])[sample, sample])])];
        byte[] narrow = [.. samples.Chunk(40 * 4).SelectMany(row => (byte[])[0, .. row])];
        Picture[] made = [.. ((byte[][])
        [
            PngFile.Of(PngFile.Header(40, 30, 8, PngColorType.TruecolorAlpha), PngFile.Data(narrow), PngFile.End),
            PngFile.Of(PngFile.Header(40, 30, 16, PngColorType.TruecolorAlpha), PngFile.Data(wide), PngFile.End),
        ]).Select(file => Picture.Decode(_thumbnailer.Make(file, new ThumbnailOptions { Width = 20, Height = 15 }).Data))];
        Assert.Null(made[0].DifferenceFrom(made[1], tolerance: 1));
    }

    [SamplesFact("djpeg")]
    public void All_eight_orientations_come_out_upright()
    {
        string[] first = [.. Samples.Files("orientation", "landscape_1.jpg"), .. Samples.Files("orientation", "portrait_1.jpg")];
        foreach (string path in first)
        {
            string series = path[..^"1.jpg".Length];
            Pnm[] upright = Enumerable.Range(1, 8)
                .Select(i => File.ReadAllBytes($"{series}{i}.jpg"))
                .Select(file => Djpeg.Decode(_thumbnailer.Make(file, new ThumbnailOptions()).Data))
                .ToArray();
            Assert.All(upright, picture =>
            {
                Assert.Equal((200, 200), (picture.Width, picture.Height));
                Assert.InRange(Quality.Psnr(upright[0].Samples, picture.Samples), 28, 200); // the files themselves differ by 29 to 33 dB
            });

            Pnm sideways = Djpeg.Decode(_thumbnailer.Make(
                Sideways(File.ReadAllBytes($"{series}6.jpg")), new ThumbnailOptions()).Data);
            Assert.InRange(Quality.Psnr(upright[0].Samples, sideways.Samples), 0, 20); // the comparison can fail
        }
    }

    [SamplesFact]
    public void Orientation_swaps_the_size_that_is_reported() => Assert.All(Samples.Files("orientation", "portrait_6.jpg"), path =>
    {
        ImageInfo info = _thumbnailer.Identify(File.ReadAllBytes(path));
        Assert.Equal(6, info.Orientation);
        Assert.Equal((info.Height, info.Width), (info.UprightWidth, info.UprightHeight));
        Assert.True(info.UprightWidth < info.UprightHeight);
    });

    [CorpusFact]
    public void No_metadata_of_the_source_reaches_the_thumbnail()
    {
        byte[] file = File.ReadAllBytes(Corpus.Files("photos", "galaxy-note3-13mp.jpg")[0]);
        Assert.True(file.AsSpan().IndexOf("Exif"u8) >= 0);
        foreach (OutputFormat format in OutputFormat.All)
        {
            byte[] made = _thumbnailer.Make(file, new ThumbnailOptions { Format = format }).Data;
            foreach (string text in (string[])["Exif", "GPS", "SAMSUNG", "http", "eXIf", "iTXt", "tEXt", "Photoshop", "ICC_PROFILE"])
            {
                Assert.True(made.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(text)) < 0, $"{format}: {text}");
            }
        }
    }

    [ToolFact("cjpeg")]
    public void Each_limit_is_named_with_the_value_found()
    {
        byte[] file = Djpeg.Encode(TestPicture.Rgb(100, 80), "-progressive");
        Assert.Contains(
            $"{file.Length:N0} bytes; the limit is 10",
            Refusal(file, new ImageLimits { MaxFileBytes = 10 }),
            StringComparison.Ordinal);
        Assert.Contains("100 × 80 = 8,000 pixels; the limit is 7,999", Refusal(file, new ImageLimits { MaxPixels = 7999 }), StringComparison.Ordinal);
        Assert.Contains("the limit is 10,000", Refusal(file, new ImageLimits { MaxDecodedBytes = 10_000 }), StringComparison.Ordinal);
        Assert.Equal(200, _thumbnailer.Make(file, new ThumbnailOptions { Limits = new ImageLimits { MaxPixels = 8000 } }).Width);
    }

    [ToolFact("cjpeg")]
    public void A_limit_accepts_its_own_value()
    {
        byte[] file = Djpeg.Encode(TestPicture.Rgb(100, 80));
        ImageLimits exact = new() { MaxPixels = 8000, MaxFileBytes = file.Length };
        Assert.Equal(200, _thumbnailer.Make(file, new ThumbnailOptions { Limits = exact }).Width);
        Assert.Contains("the limit is", Refusal(file, exact with { MaxFileBytes = file.Length - 1 }), StringComparison.Ordinal);
    }

    /// <summary>The image needs next to nothing: what counts is the resampler's memory.</summary>
    [ToolFact("cjpeg")]
    public void Memory_of_a_large_thumbnail_counts()
    {
        byte[] file = Djpeg.Encode(TestPicture.Rgb(16, 16));
        ThumbnailOptions large = new() { Width = 4096, Height = 4096, Limits = new() { MaxDecodedBytes = 32 << 20 } };
        string refusal = Assert.Throws<ImageLimitException>(() => _thumbnailer.Make(file, large)).Message;
        Assert.Contains("bytes of memory; the limit is 33,554,432", refusal, StringComparison.Ordinal);
        Assert.Equal(200, _thumbnailer.Make(file, large with { Width = 200, Height = 200 }).Width);
    }

    [Fact]
    public void Memory_of_a_color_profile_counts()
    {
        ThumbnailOptions options = new() { Width = 20, Height = 20, Limits = new() { MaxDecodedBytes = 1 << 20 } };
        Assert.Equal(20, _thumbnailer.Make(ProfiledPicture.Png(8, PngColorType.Truecolor), options).Width);
        byte[] profiled = ProfiledPicture.Png(8, PngColorType.Truecolor, ProfiledPicture.Iccp(IccProfiles.RgbLut(2, 2)));
        Assert.Contains("the limit is 1,048,576", Assert.Throws<ImageLimitException>(() => _thumbnailer.Make(profiled, options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_with_huge_dimensions_costs_nothing()
    {
        // A progressive frame of 65535 × 65535 pixels would take 134 MB, even of DC coefficients alone.
        byte[] file =
        [
            0xFF, 0xD8, 0xFF, 0xC2, 0, 11, 8, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1, 0x11, 0,
            0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0,
        ];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ImageLimitException>(() => _thumbnailer.Make(file, new ThumbnailOptions()));
        Assert.Throws<ImageLimitException>(() => _thumbnailer.Make(
            file, new ThumbnailOptions { Limits = new ImageLimits { MaxPixels = long.MaxValue, MaxDecodedBytes = 128 << 20 } }));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    /// <summary>Gray in a palette is gray, too: the thumbnail has one component.</summary>
    [Fact]
    public void The_same_gray_image_makes_the_same_thumbnail_in_every_lossless_format()
    {
        const int Side = 64;
        byte[] pixels = [.. Enumerable.Range(0, Side * Side).Select(i => (byte)((i % Side * 3) + (i / Side)))];
        byte[] scanlines = [.. pixels.Chunk(Side).SelectMany(row => (byte[])[0, .. row])];
        byte[] grays = [.. Enumerable.Range(0, 256).SelectMany(i => (byte[])[(byte)i, (byte)i, (byte)i])];
        byte[] bitmapGrays = [.. Enumerable.Range(0, 256).SelectMany(i => (byte[])[(byte)i, (byte)i, (byte)i, 0])];
        byte[] data = PngFile.Data(scanlines);
        byte[][] files =
        [
            PngFile.Of(PngFile.Header(Side, Side, 8, PngColorType.Grayscale), data, PngFile.End),
            PngFile.Of(PngFile.Header(Side, Side, 8, PngColorType.Indexed), PngFile.Chunk("PLTE", grays), data, PngFile.End),
            BmpFile.Of(Side, -Side, 8, 0, bitmapGrays, pixels),
            [.. GifFile.Screen(Side, Side)[..13], .. grays, .. GifFile.Frame(0, 0, Side, Side, 8, GifFile.Compress(pixels, 8))],
        ];
        foreach (OutputFormat format in (OutputFormat[])[OutputFormat.Jpeg, OutputFormat.Png])
        {
            byte[][] made = [.. files.Select(file => _thumbnailer.Make(file, new ThumbnailOptions { Width = 24, Height = 24, Format = format }).Data)];
            Assert.All(made, thumbnail => Assert.Equal(made[0], thumbnail));
        }
    }

    private string Refusal(byte[] file, ImageLimits limits) =>
        Assert.Throws<ImageLimitException>(() => _thumbnailer.Make(file, new ThumbnailOptions { Limits = limits })).Message;

    /// <summary>The same file without its EXIF segment's name, so that it is shown as it is stored.</summary>
    private static byte[] Sideways(byte[] file)
    {
        file[file.AsSpan().IndexOf("Exif"u8)] = (byte)'X';
        return file;
    }
}
