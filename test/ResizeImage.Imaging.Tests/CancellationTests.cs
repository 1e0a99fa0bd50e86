using System.Text;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Color;
using ResizeImage.Imaging.Tests.Formats.Bmp;
using ResizeImage.Imaging.Tests.Formats.Gif;
using ResizeImage.Imaging.Tests.Formats.Png;
using ResizeImage.Imaging.Tests.Formats.Tiff;
using ResizeImage.Imaging.Tests.Formats.WebP;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests;

/// <summary>Work ends at the first check after it was canceled, and there is a check in every loop that a file can make long.</summary>
public class CancellationTests
{
    private const int Width = 320;
    private const int Height = 240;
    private const int Many = 1000;

    /// <summary>Kinds of files, and the fewest checks of decoding one without resampling it.</summary>
    private static readonly (string Name, int LeastChecks, Func<byte[]> File)[] Kinds =
    [
        ("baseline JPEG", Height / 16, () => Djpeg.Encode(TestPicture.Rgb(Width, Height))),
        ("JPEG with restart markers", Width / 16 * (Height / 16), () => Djpeg.Encode(TestPicture.Rgb(Width, Height), "-restart", "1B")),
        ("progressive JPEG", 10 + (Height / 8), () => Djpeg.Encode(TestPicture.Rgb(Width, Height), "-progressive")),
        ("PNG", Height, () => Png(8, PngColorType.Truecolor, interlaced: false)),
        ("interlaced PNG", 15 * Height / 8, () => Png(16, PngColorType.TruecolorAlpha, interlaced: true)),
        ("PNG with a profile of tables", Height, () => PngFile.Of(Header(), ProfiledPicture.Iccp(IccProfiles.RgbLut(2, 1)), PngFile.Data(Rows(3)), PngFile.End)),
        ("lossy WebP", Height / 16, () => Dwebp.Encode(TestPicture.Rgb(Width, Height))),
        ("lossless WebP", Height, () => Dwebp.Encode(TestPicture.Rgb(Width, Height), "-lossless")),
        ("lossy WebP with alpha", Height + (Height / 16), () => Dwebp.Encode(Width, Height, TestPicture.Samples(Width, Height, 4))),
        ("GIF", Height + 200, () => Gif(interlaced: false)),
        ("interlaced GIF", Height + 200, () => Gif(interlaced: true)),
        ("BMP with alpha", Height / 2, () => BmpFile.Of(Width, Height, 32, 6, BmpFile.Masks(0xFF, 0xFF00, 0xFF0000, 0xFF000000), [.. new byte[Width * Height * 2], .. Enumerable.Repeat((byte)1, Width * Height * 2)])),
        ("BMP of runs", 2 * Width * Height / 4096, () => BmpFile.Of(Width, Height, 8, 1, new byte[1024], [.. Enumerable.Repeat<byte[]>([.. Enumerable.Repeat<byte[]>([1, 5], Width).SelectMany(run => run), 0, 0], Height).SelectMany(row => row)])),
        ("TIFF", 2 * Height, () => TiffFile.Of(Width, Height, 8, 2, 3, TestPicture.Samples(Width, Height, 3))),
        ("TIFF of 16 bits", 2 * Height, () => TiffFile.Of(Width, Height, 16, 1, 1, TestPicture.Samples(Width, Height, 2))),
        ("TIFF of old-style LZW", 2 * Height, () => TiffFile.Of(Width, Height, 8, 1, 1, GifFile.Compress(TestPicture.Samples(Width, Height, 1), 8), fields: [(259, [5])])),
        ("QOI", Height, () => SmallFormats.Qoi(Width, Height, TestPicture.Samples(Width, Height, 3))),
        ("PPM", Height, () => TestPicture.Rgb(Width, Height).ToFile()),
        ("plain PGM", Height, () => [.. Encoding.ASCII.GetBytes($"P2 {Width} {Height} 255\n" + string.Join(' ', TestPicture.Samples(Width, Height, 1)))]),
        ("TGA", Height, () => SmallFormats.Tga(Width, Height, TestPicture.Samples(Width, Height, 3))),
        ("TGA of runs", Height, () => SmallFormats.RunLengthTga(Width, Height, TestPicture.Samples(Width, Height, 3))),
    ];

    public static TheoryData<string> Names => new(Kinds.Select(kind => kind.Name));

    [ToolTheory("cjpeg", "cwebp")]
    [MemberData(nameof(Names))]
    public void A_thumbnail_ends_at_the_check_that_finds_it_canceled(string name)
    {
        byte[] file = Kinds.Single(kind => kind.Name == name).File();
        CountingMeter whole = new();
        Make(file, whole);
        Assert.True(whole.Checks > Height / 4, $"{whole.Checks}");
        for (long at = 1; at <= whole.Checks; at += 1 + (whole.Checks / 50))
        {
            CountingMeter meter = new(at);
            Assert.Throws<OperationCanceledException>(() => Make(file, meter));
            Assert.Equal(at, meter.Checks);
        }
    }

    [ToolTheory("cjpeg", "cwebp")]
    [MemberData(nameof(Names))]
    public void Decoding_checks_once_per_coded_row(string name)
    {
        (_, int least, Func<byte[]> file) = Kinds.Single(kind => kind.Name == name);
        CountingMeter meter = new();
        ImageDecoder decoder = InputFormat.Open(new ByteSource(file(), meter));
        using RowReader rows = decoder.Open(new DecodeWindow(8, 0, 0, Width, Height));
        byte[] row = new byte[Width * rows.Layout.BytesPerPixel()];
        for (int y = 0; y < Height; y++)
        {
            rows.ReadRow(row);
        }

        Assert.True(meter.Checks >= least, $"{meter.Checks} checks, at least {least} expected");
    }

    [ToolTheory("cjpeg", "cwebp")]
    [MemberData(nameof(Names))]
    public void The_token_reaches_the_engine(string name)
    {
        byte[] file = Kinds.Single(kind => kind.Name == name).File();
        using CancellationTokenSource canceled = new();
        canceled.Cancel();
        Assert.Throws<OperationCanceledException>(() => new Thumbnailer().Make(file, new ThumbnailOptions(), canceled.Token));
    }

    /// <summary>Files of many small parts, one after another.</summary>
    private static readonly (string Name, Func<byte[]> File)[] LongFiles =
    [
        ("segments of JPEG", () => [0xFF, 0xD8, .. Repeat([0xFF, 0xFE, 0, 2])]),
        ("chunks before the pixels of PNG", () => PngFile.Of(Gray(), Repeat(Text()), Pixel(), PngFile.End)),
        ("chunks behind the pixels of PNG", () => PngFile.Of(Gray(), Pixel(), Repeat(Text()), PngFile.End)),
        ("empty chunks of pixels of PNG", () => PngFile.Of(Gray(), Repeat(PngFile.Chunk("IDAT", [])), Pixel(), PngFile.End)),
        ("empty blocks of Deflate", () => PngFile.Of(Gray(), PngFile.Chunk("IDAT", [0x78, 1, .. Repeat([0, 0, 0, 0xFF, 0xFF]), .. PngFile.Deflate([0, 7])[2..]]), PngFile.End)),
        ("extensions of GIF", () => [.. GifFile.Screen(1, 1), .. Repeat([0x21, 0xFE, 0]), .. Frame()]),
        ("blocks of a comment of GIF", () => [.. GifFile.Screen(1, 1), 0x21, 0xFE, .. Repeat([1, 0]), 0, .. Frame()]),
        ("blocks of pixels of GIF", () => [.. GifFile.Screen(1, 1), 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, .. Repeat([1, 0x24, 1, 0x24, 1, 0x24, 1, 0x24, 1, 0x24, 1, 0x24, 1, 0x24, 1, 0x24]), 0]),
        ("chunks of WebP", () => Riff([.. "VP8X"u8, 10, 0, 0, 0, .. new byte[10], .. Repeat([.. "XXXX"u8, 0, 0, 0, 0])])),
        ("chunks of a frame of WebP", () => Riff([.. "VP8X"u8, 10, 0, 0, 0, 2, .. new byte[9], .. "ANMF"u8, .. BitConverter.GetBytes(16 + (8 * Many)), .. new byte[16], .. Repeat([.. "XXXX"u8, 0, 0, 0, 0])])),
        ("directories of TIFF", Directories),
        ("strips of TIFF", () => TiffFile.Of(4 * Many / 3, Many, 8, 1, 1, new byte[4 * Many / 3], fields: [(278, [1]), (273, Every(8)), (279, Every(4 * Many / 3))])),
        ("entries of ICO", () => [0, 0, 1, 0, Many & 255, Many >> 8, .. Repeat([1, 1, 0, 0, 1, 0, 8, 0, 1, 0, 0, 0, .. BitConverter.GetBytes(6 + (16 * Many))])]),
        ("comments of PNM", () => [.. "P5 "u8, .. Repeat([(byte)'#', .. Enumerable.Repeat((byte)'x', 8191), (byte)'\n']), .. "1 1 255 x"u8]),
        ("steps of nothing of BMP", () => BmpFile.Of(1, 1, 8, 1, new byte[1024], [.. new byte[Many * 4096 * 4].Select((_, i) => (byte)(i % 4 == 1 ? 2 : 0)), 1, 1])),
    ];

    public static TheoryData<string> NamesOfLongFiles => new(LongFiles.Select(file => file.Name));

    [Theory]
    [MemberData(nameof(NamesOfLongFiles))]
    public void Loops_over_small_parts_of_a_file_check_once_per_part(string name)
    {
        byte[] file = LongFiles.Single(candidate => candidate.Name == name).File();
        CountingMeter meter = new();
        try
        {
            Make(file, meter);
        }
        catch (InvalidImageException)
        {
            // Some of them have no pixels.
        }

        Assert.True(meter.Checks >= Many, $"{meter.Checks} checks");
        CountingMeter canceled = new(Many / 2);
        Assert.Throws<OperationCanceledException>(() => Make(file, canceled));
        Assert.Equal(Many / 2, canceled.Checks);
    }

    private static Thumbnail Make(byte[] file, WorkMeter meter) =>
        ThumbnailPipeline.Run(() => InputFormat.Open(new ByteSource(file, meter)), [new ThumbnailOptions { Width = 20, Height = 15 }], meter)[0];

    /// <summary>Reduced images, each with the next one's offset, and one that is not reduced.</summary>
    private static byte[] Directories()
    {
        const int Size = 2 + 12 + 4;
        List<byte> file = [.. "II*\0"u8, 8, 0, 0, 0];
        for (int i = 0; i < Many; i++)
        {
            file.AddRange([1, 0, 254, 0, 4, 0, 1, 0, 0, 0, 1, 0, 0, 0, .. BitConverter.GetBytes(8 + (Size * (i + 1)))]);
        }

        return [.. file, 1, 0, 254, 0, 4, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    }

    private static uint[] Every(uint value) => [.. Enumerable.Repeat(value, Many)];

    private static byte[] Repeat(byte[] part) => [.. Enumerable.Repeat(part, Many).SelectMany(copy => copy)];

    private static byte[] Riff(byte[] chunks) => [.. "RIFF"u8, .. BitConverter.GetBytes(chunks.Length + 4), .. "WEBP"u8, .. chunks];

    private static byte[] Gray() => PngFile.Header(1, 1, 8, PngColorType.Grayscale);

    private static byte[] Pixel() => PngFile.Data([0, 7]);

    private static byte[] Text() => PngFile.Chunk("tEXt", []);

    private static byte[] Frame() => GifFile.Frame(0, 0, 1, 1, 1, GifFile.Compress([0], 1));

    private static byte[] Header() => PngFile.Header(Width, Height, 8, PngColorType.Truecolor);

    private static byte[] Rows(int channels)
    {
        byte[] samples = TestPicture.Samples(Width, Height, channels);
        return [.. samples.Chunk(Width * channels).SelectMany(row => row.Prepend((byte)0))];
    }

    private static byte[] Png(int depth, PngColorType color, bool interlaced) =>
        PngFile.Random(new Random(1), new PngHeader(Width, Height, depth, color, interlaced), transparency: false);

    private static byte[] Gif(bool interlaced) =>
        [.. GifFile.Screen(Width, Height), .. GifFile.Frame(0, 0, Width, Height, 8, GifFile.Compress(TestPicture.Samples(Width, Height, 1), 8), interlaced), 0x3B];
}
