using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Resampling;
using ResizeImage.Imaging.Tests.Formats.Png;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests;

/// <summary>Where cover crops.</summary>
public class FocusTests
{
    private const int Rows = 80;
    private const int Columns = 40;

    public static TheoryData<string, double> FirstRows => new()
    {
        { "center", 20 },
        { "0.5,0.5", 20 },
        { "top", 0 },
        { "0,0", 0 },
        { "0.9,0.1", 0 },
        { "0.5,0.375", 10 },
        { "0,1", 40 },
        { "auto", (Rows * 0.3) - 20 },
    };

    [Theory]
    [InlineData("auto", "auto")]
    [InlineData("AUTO", "auto")]
    [InlineData("center", "center")]
    [InlineData("0.5,0.5", "center")]
    [InlineData("top", "top")]
    [InlineData("0.5,0", "top")]
    [InlineData(".25, 1", "0.25,1")]
    [InlineData("0.125,0.875", "0.125,0.875")]
    public void A_focus_has_one_text(string text, string expected)
    {
        Assert.True(ThumbnailOptionText.TryParseFocus(text, out ThumbnailFocus focus));
        Assert.Equal(expected, focus.ToString());
        Assert.True(ThumbnailOptionText.TryParseFocus(focus.ToString(), out ThumbnailFocus again));
        Assert.Equal(focus, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("left")]
    [InlineData("0.5")]
    [InlineData("0.5,")]
    [InlineData("0.5,0.5,0.5")]
    [InlineData("-0.1,0.5")]
    [InlineData("0.5,1.01")]
    [InlineData("NaN,0.5")]
    [InlineData("1e-1,0.5")]
    [InlineData("0.5;0.5")]
    [InlineData("50%,50%")]
    public void Anything_else_is_not_a_focus(string text)
    {
        Assert.False(ThumbnailOptionText.TryParseFocus(text, out _));
        Assert.False(ThumbnailOptionText.TryParsePoint(text, out _));
    }

    [Fact]
    public void A_setting_of_the_default_is_the_default()
    {
        ThumbnailSetting setting = ThumbnailSetting.All.Single(setting => setting.Name == "focus");
        Assert.Equal(new ThumbnailOptions(), setting.Read(setting.Default, new ThumbnailOptions()));
        Assert.Equal("THUMBNAIL_FOCUS", setting.Variable);
        Assert.Equal("auto", setting.Write(new ThumbnailOptions { PhotoFocus = new FocusPoint(0, 0) }));
    }

    [Theory]
    [MemberData(nameof(FirstRows))]
    public void Height_is_cut_around_the_focus(string focus, double expectedFirst) => AssertFirst(Portrait(), focus, expectedFirst, Columns);

    [Theory]
    [InlineData("center", 20)]
    [InlineData("top", 20)]
    [InlineData("auto", 20)]
    [InlineData("0,0.5", 0)]
    [InlineData("0.375,1", 10)]
    [InlineData("1,0", 40)]
    public void Width_is_cut_around_the_focus(string focus, double expectedFirst) => AssertFirst(Landscape(), focus, expectedFirst, 1);

    /// <summary>The crop is of the upright image: whatever the orientation of the stored one, its thumbnail is the same.</summary>
    [Theory]
    [InlineData("auto")]
    [InlineData("top")]
    [InlineData("0.3,0.2")]
    public void The_crop_turns_with_the_image(string focus)
    {
        ThumbnailOptions options = Options(focus) with { Width = 30, Height = 24 };
        Bitmap upright = new(Columns, Rows, 1, TestPicture.Samples(Columns, Rows, 1));
        Bitmap expected = Thumbnail(upright, 1, options);
        for (int orientation = 2; orientation <= 8; orientation++)
        {
            // Orientations 6 and 8 undo each other; all others undo themselves.
            Bitmap stored = Canvas.Upright(upright, orientation switch { 6 => 8, 8 => 6, _ => orientation });
            Bitmap actual = Thumbnail(stored, orientation, options);
            Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
            Assert.All(expected.Samples.Zip(actual.Samples), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
        }
    }

    [Fact]
    public void Points_turn_as_pixels_do()
    {
        const int Width = 5;
        const int Height = 3;
        for (int orientation = 1; orientation <= 8; orientation++)
        {
            for (int i = 0; i < Width * Height; i++)
            {
                byte[] samples = new byte[Width * Height];
                samples[i] = 1;
                Bitmap upright = Canvas.Upright(new Bitmap(Width, Height, 1, samples), orientation);
                int found = Array.IndexOf(upright.Samples, (byte)1);
                FocusPoint stored = new(((i % Width) + 0.5) / Width, ((i / Width) + 0.5) / Height);
                FocusPoint turned = stored.ToUpright(orientation);
                Assert.Equal(((found % upright.Width) + 0.5) / upright.Width, turned.X, 1e-12);
                Assert.Equal(((found / upright.Width) + 0.5) / upright.Height, turned.Y, 1e-12);
                Assert.Equal(stored.X, turned.ToStored(orientation).X, 1e-12);
                Assert.Equal(stored.Y, turned.ToStored(orientation).Y, 1e-12);
            }
        }
    }

    [Fact]
    public void The_focus_of_the_photo_is_for_auto_alone()
    {
        FocusPoint low = new(0.5, 1);
        Assert.Equal(Make(Portrait(), Options("0.5,1")), Make(Portrait(), Options("auto") with { PhotoFocus = low }));
        Assert.Equal(Make(Portrait(), Options("center")), Make(Portrait(), Options("center") with { PhotoFocus = low }));
    }

    [Fact]
    public void Points_outside_the_image_keep_its_edge()
    {
        foreach ((double outside, double edge) in new[] { (-3, 0), (7, 1), (double.NaN, 0), (double.PositiveInfinity, 1) })
        {
            ThumbnailOptions options = Options("auto") with { Focus = ThumbnailFocus.At(new FocusPoint(0.5, outside)) };
            Assert.Equal(Make(Portrait(), options with { Focus = ThumbnailFocus.At(new FocusPoint(0.5, edge)) }), Make(Portrait(), options));
        }
    }

    /// <summary>Metadata can be behind the pixels: asking for it waits for the whole file.</summary>
    [Fact]
    public void Metadata_is_read_only_where_it_decides()
    {
        Asked portrait = new(Columns, Rows);
        AutoFocus.Resolve(portrait, Options("center"));
        AutoFocus.Resolve(portrait, Options("auto") with { Fit = ThumbnailFit.Contain });
        AutoFocus.Resolve(portrait, Options("auto") with { Width = 20 });
        AutoFocus.Resolve(portrait, Options("auto") with { PhotoFocus = new FocusPoint(0, 0) });
        Assert.Equal(0, portrait.Count);
        AutoFocus.Resolve(portrait, Options("auto"));
        Assert.Equal(1, portrait.Count);
    }

    [Fact]
    public void Corrupt_metadata_refuses_no_photo()
    {
        ThumbnailOptions options = Options("auto");
        Assert.Same(options, AutoFocus.Resolve(new Asked(Columns, Rows) { Failure = new InvalidImageException("It is corrupt.") }, options));
    }

    private static void AssertFirst(byte[] file, string focus, double expectedFirst, int step)
    {
        (_, _, _, byte[] samples, _) = Decoding.All(Make(file, Options(focus)));
        Assert.Equal(Columns * Columns, samples.Length);

        // Not the first row: its kernel reaches over the edge of the image.
        Assert.InRange((samples[3 * step] / 3.0) - 3, expectedFirst - 0.4, expectedFirst + 0.4);
    }

    private static ThumbnailOptions Options(string focus) =>
        ThumbnailSetting.All.Single(setting => setting.Name == "focus").Read(focus, new() { Width = Columns, Height = Columns, Format = OutputFormat.Png })!;

    private static byte[] Make(byte[] file, ThumbnailOptions options) => new Thumbnailer().Make(file, options).Data;

    /// <summary>Gray of three times the row.</summary>
    private static byte[] Portrait() => PngFile.Of(
        PngFile.Header(Columns, Rows, 8, PngColorType.Grayscale),
        PngFile.Data([.. Enumerable.Range(0, Rows).SelectMany(y => Enumerable.Repeat((byte)(3 * y), Columns).Prepend((byte)0))]),
        PngFile.End);

    /// <summary>Gray of three times the column.</summary>
    private static byte[] Landscape() => PngFile.Of(
        PngFile.Header(Rows, Columns, 8, PngColorType.Grayscale),
        PngFile.Data([.. Enumerable.Range(0, Columns).SelectMany(y => Enumerable.Range(0, Rows).Select(x => (byte)(3 * x)).Prepend((byte)0))]),
        PngFile.End);

    private static Bitmap Thumbnail(Bitmap stored, int orientation, ThumbnailOptions options)
    {
        byte[] exif = [.. "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"u8, (byte)orientation, 0, 0, 0, 0, 0, 0];
        byte[] file = PngFile.Of(
            PngFile.Header(stored.Width, stored.Height, 8, PngColorType.Grayscale),
            PngFile.Chunk("eXIf", exif),
            PngFile.Data([.. stored.Samples.Chunk(stored.Width).SelectMany(row => row.Prepend((byte)0))]),
            PngFile.End);
        (int width, int height, _, byte[] samples, _) = Decoding.All(Make(file, options));
        return new Bitmap(width, height, 1, samples);
    }

    /// <summary>A header that counts who asks for its metadata.</summary>
    private sealed class Asked(int width, int height) : ImageDecoder
    {
        public int Count { get; private set; }

        public ImageException? Failure { get; init; }

        public override ImageInfo Info => new(ImageFormat.Png, width, height, 1);

        public override PhotoMetadata ReadMetadata()
        {
            Count++;
            return Failure is null ? default : throw Failure;
        }

        public override long EstimateMemory(DecodeWindow window) => throw new NotSupportedException();

        public override RowReader Open(DecodeWindow window) => throw new NotSupportedException();
    }
}
