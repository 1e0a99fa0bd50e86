using System.Diagnostics;
using System.Numerics;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Gif;

/// <summary>Variants that the corpus lacks: files made by the tests, compared with Pillow or with their known pixels.</summary>
public class GifStructureTests
{
    private const byte Trailer = 0x3B;

    [PythonFact(PillowJudge.Module)]
    public void Files_of_every_code_size_and_way_of_clearing_decode_as_Pillow_does()
    {
        Random random = new(1);
        List<byte[]> files = [];
        for (int minCodeSize = 2; minCodeSize <= 8; minCodeSize++)
        {
            foreach ((int width, int height) in new[] { (1, 1), (5, 3), (130, 90) })
            {
                for (int variant = 0; variant < 8; variant++)
                {
                    byte[] pixels = Pixels(random, width * height, 1 << minCodeSize);
                    byte[] codes = GifFile.Compress(pixels, minCodeSize, (variant & 1) == 0, (variant & 2) == 0, (variant & 4) == 0);
                    files.Add([.. GifFile.Screen(width, height, minCodeSize), .. GifFile.Frame(0, 0, width, height, minCodeSize, codes, variant == 3), Trailer]);
                }
            }
        }

        AssertAsPillow(files);
    }

    /// <summary>A code that is about to be made needs one before it; after a clear there is none.</summary>
    [Theory]
    [InlineData(4, 6, 0)]
    [InlineData(4, 0, 4, 6, 0)]
    public void The_first_code_after_a_clear_must_be_a_color(params int[] codes)
    {
        byte[] data = GifFile.Pack(codes.Append(5).Select(code => (code, 3)));
        byte[] file = [.. GifFile.Screen(2, 1, 2), .. GifFile.Frame(0, 0, 2, 1, 2, data), Trailer];
        Assert.Contains("corrupt before the end of its first row", Assert.Throws<InvalidImageException>(() => Picture.Decode(file)).Message, StringComparison.Ordinal);
    }

    [PythonFact(PillowJudge.Module)]
    public void Files_written_by_Pillow_decode_as_Pillow_does()
    {
        const string Script =
            """
            import io, sys
            from PIL import Image
            noise = Image.effect_noise((301, 203), 80)
            rgb = Image.merge('RGB', (noise, Image.linear_gradient('L').resize(noise.size), Image.radial_gradient('L').resize(noise.size)))
            pictures = [rgb.quantize(n) for n in (2, 3, 7, 16, 64, 256)] + [noise, noise.convert('1'), Image.linear_gradient('L').resize((2000, 7))]
            for picture in pictures:
                for options in ({}, {'interlace': 1}, {'interlace': 0, 'transparency': 1}, {'optimize': True, 'comment': b'x' * 1000}):
                    file = io.BytesIO()
                    picture.save(file, 'GIF', **options)
                    sys.stdout.buffer.write(len(file.getvalue()).to_bytes(4, 'little') + file.getvalue())
            """;
        ReadOnlySpan<byte> output = ExternalProgram.Run(ExternalProgram.Python(PillowJudge.Module)!, ["-c", Script]);
        List<byte[]> files = [];
        while (!output.IsEmpty)
        {
            int length = BitConverter.ToInt32(output);
            files.Add(output.Slice(4, length).ToArray());
            output = output[(4 + length)..];
        }

        Assert.Equal(36, files.Count);
        AssertAsPillow(files);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public void Code_sizes_that_GIF_does_not_have_are_tolerated(int minCodeSize)
    {
        byte[] pixels = Pixels(new Random(2), 3000, Math.Min(256, 1 << minCodeSize));
        byte[] file = [.. GifFile.Screen(60, 50), .. GifFile.Frame(0, 0, 60, 50, minCodeSize, GifFile.Compress(pixels, minCodeSize)), Trailer];
        Assert.Equal(pixels, Red(Picture.Decode(file, out string? note)));
        Assert.Null(note);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(255)]
    public void Code_sizes_that_do_not_fit_in_a_code_are_invalid(int minCodeSize) =>
        RefusalAdvice.AssertAdvises(Assert.Throws<InvalidImageException>(() => InputFormat.Open(
            (byte[])[.. GifFile.Screen(9, 9), .. GifFile.Frame(0, 0, 9, 9, minCodeSize, [.. Enumerable.Repeat((byte)0xA5, 400)]), Trailer])));

    [Fact]
    public void The_longest_strings_are_written_whole()
    {
        // Each code is the one that is just about to be: strings of 1, 2, 3… up to 4,091 threes, and then the last one forty times more.
        const int Longest = 4096 - 6 + 1;
        List<(int Code, int Bits)> codes = [(4, 3), (3, 3)];
        for (int code = 6; code < 4096; code++)
        {
            // From the moment that the table has 2^n entries, codes have n + 1 bits.
            codes.Add((code, Math.Min(12, BitOperations.Log2((uint)code) + 1)));
        }

        codes.AddRange(Enumerable.Repeat((4095, 12), 40));
        int height = ((Longest * (Longest + 1) / 2) + (40 * Longest)) / Longest;
        byte[] file = [.. GifFile.Screen(Longest, height, 2), .. GifFile.Frame(0, 0, Longest, height, 2, GifFile.Pack(codes)), Trailer];
        Picture picture = Picture.Decode(file, out string? note);
        Assert.Null(note);
        Assert.True(Red(picture).All(red => red == 3));
    }

    [Fact]
    public void Codes_beyond_the_table_end_the_image()
    {
        // Two rows of zeros, then code 4095 where 12 bits are not yet in use and only few entries exist.
        byte[] rows = GifFile.Pack([(256, 9), .. Enumerable.Repeat((0, 9), 8), (500, 9), .. Enumerable.Repeat((511, 9), 50)]);
        byte[] file = [.. GifFile.Screen(4, 40), .. GifFile.Frame(0, 0, 4, 40, 8, rows), Trailer];
        Picture picture = Picture.Decode(file, out string? note);
        Assert.Equal("The GIF is truncated or corrupt: only the first 2 of its 40 rows are there; the others are blank.", note);
        Assert.Equal((byte[])[0, 0, 255, 255], picture[3, 1]);
        Assert.Equal((byte[])[128, 128, 128, 255], picture[0, 2]);

        byte[] atOnce = GifFile.Pack([(256, 9), (300, 9), (0, 9), (0, 9)]);
        RefusalAdvice.AssertAdvises(Assert.Throws<InvalidImageException>(() => Picture.Decode([.. GifFile.Screen(1, 2), .. GifFile.Frame(0, 0, 1, 2, 8, atOnce), Trailer])));
    }

    [Fact]
    public void A_comment_without_an_end_does_not_loop()
    {
        byte[] comment = [0x21, 0xFE, 255, .. "no end"u8];
        RefusalAdvice.AssertAdvises(Assert.Throws<InvalidImageException>(() => InputFormat.Open((byte[])[.. GifFile.Screen(1, 1), .. comment])));
        RefusalAdvice.AssertAdvises(Assert.Throws<InvalidImageException>(() => InputFormat.Open((byte[])[.. GifFile.Screen(1, 1), 0x21, 0xFE])));
        RefusalAdvice.AssertAdvises(Assert.Throws<InvalidImageException>(() => InputFormat.Open((byte[])[.. GifFile.Screen(1, 1), 0x21])));
    }

    [Fact]
    public void A_large_canvas_with_few_bytes_ends_soon()
    {
        // 178 megapixels, and the data of one row.
        byte[] codes = GifFile.Compress(new byte[65535], 2);
        byte[] file = [.. GifFile.Screen(65535, 2720, 2), .. GifFile.Frame(0, 0, 65535, 2720, 2, codes), Trailer];
        long start = Stopwatch.GetTimestamp();
        Thumbnail made = new Thumbnailer().Make(file, new ThumbnailOptions());
        Assert.Equal("The GIF is truncated or corrupt: only the first 1 of its 2720 rows are there; the others are blank.", made.Note);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20));
        byte[] larger = [.. GifFile.Screen(65535, 65535, 2), .. GifFile.Frame(0, 0, 65535, 65535, 2, codes), Trailer];
        Assert.Throws<ImageLimitException>(() => new Thumbnailer().Make(larger, new ThumbnailOptions()));
    }

    [Fact]
    public void Around_the_frame_the_canvas_is_transparent()
    {
        byte[] codes = GifFile.Compress([5, 6, 7, 8], 8);
        Picture picture = Picture.Decode([.. GifFile.Screen(4, 4), .. GifFile.Frame(1, 2, 2, 2, 8, codes), Trailer]);
        Assert.Equal((4, 4), (picture.Width, picture.Height));
        Assert.Equal((byte[])[5, 35, 250, 255], picture[1, 2]);
        Assert.Equal((byte[])[8, 56, 247, 255], picture[2, 3]);
        Assert.Equal(4, Enumerable.Range(0, 16).Count(i => picture.Samples[(4 * i) + 3] != 0));
    }

    [Theory]
    [InlineData(0, 0, 1, 2, 3, 4)]
    [InlineData(2, 9, 1, 2, 3, 9)]
    [InlineData(0, 9, 0, 0, 2, 9)]
    public void A_frame_beyond_the_screen_makes_the_canvas_larger(int width, int height, int left, int top, int canvasWidth, int canvasHeight)
    {
        byte[] codes = GifFile.Compress([1, 2, 3, 4], 8);
        Picture picture = Picture.Decode([.. GifFile.Screen(width, height), .. GifFile.Frame(left, top, 2, 2, 8, codes), Trailer]);
        Assert.Equal((canvasWidth, canvasHeight), (picture.Width, picture.Height));
        Assert.Equal((byte[])[4, 28, 251, 255], picture[left + 1, top + 1]);
    }

    [Fact]
    public void Windows_outside_the_frame_are_transparent()
    {
        byte[] file = [.. GifFile.Screen(10, 10), .. GifFile.Frame(4, 4, 2, 2, 8, GifFile.Compress([1, 2, 3, 4], 8)), Trailer];
        Picture whole = Picture.Decode(file);
        for (int i = 0; i < 81; i++)
        {
            DecodeWindow window = new(8, i % 9, i / 9, 2, 2);
            Assert.Null(Picture.Decode(file, window, out _).DifferenceFrom(whole.Cut(window)));
        }
    }

    [Fact]
    public void Blocks_before_the_frame_are_skipped_and_the_last_graphic_control_counts()
    {
        byte[] codes = GifFile.Compress([0, 1, 2, 3], 8);
        byte[] file =
        [
            .. GifFile.Screen(2, 2), 0, 0, 7,
            .. GifFile.Extension(0xFE, [.. "a comment"u8], new byte[255]), .. GifFile.Extension(0xFF, [.. "NETSCAPE2.0"u8], [1, 0, 0]),
            .. GifFile.Transparent(3), .. GifFile.Extension(0xF9, [1, 0]), .. GifFile.Transparent(2), .. GifFile.Extension(0x01, new byte[12], [.. "text"u8]),
            .. GifFile.Frame(0, 0, 2, 2, 8, codes), Trailer,
        ];
        Assert.Equal([255, 255, 0, 255], Picture.Decode(file).Samples.Where((_, i) => i % 4 == 3));
    }

    [Fact]
    public void Without_a_table_indices_are_levels_of_gray()
    {
        byte[] file = [.. GifFile.ScreenWithoutColors(2, 1), .. GifFile.Frame(0, 0, 2, 1, 8, GifFile.Compress([9, 200], 8)), Trailer];
        Picture picture = Picture.Decode(file);
        Assert.Equal((byte[])[9, 9, 9, 255, 200, 200, 200, 255], picture.Samples);
    }

    [Fact]
    public void Every_truncation_shows_rows_or_is_an_image_error()
    {
        byte[] pixels = Pixels(new Random(3), 400, 16);
        foreach (bool interlaced in (bool[])[false, true])
        {
            byte[] file =
                [.. GifFile.Screen(20, 20, 4), .. GifFile.Extension(0xFE, new byte[20]), .. GifFile.Frame(0, 0, 20, 20, 4, GifFile.Compress(pixels, 4), interlaced), Trailer];
            Picture whole = Picture.Decode(file);
            int shown = 0;
            for (int length = 0; length < file.Length - 3; length++)
            {
                try
                {
                    Picture cut = Picture.Decode(file[..length], out string? note);
                    Assert.Equal(whole.Row(0), cut.Row(0));
                    Assert.NotNull(note);
                    shown++;
                }
                catch (InvalidImageException)
                {
                }
            }

            Assert.InRange(shown, 100, file.Length - 60);
        }
    }

    private static byte[] Pixels(Random random, int count, int colors) =>
        [.. Enumerable.Range(0, count).Select(i => (byte)(random.Next(3) == 0 ? random.Next(colors) : (i / 7) % colors))];

    private static IEnumerable<byte> Red(Picture picture) => picture.Samples.Where((_, i) => i % 4 == 0);

    private static void AssertAsPillow(List<byte[]> files)
    {
        IReadOnlyList<Picture?> expected = PillowJudge.Decode(files);
        for (int i = 0; i < files.Count; i++)
        {
            string? difference = expected[i] is { } picture
                ? Picture.Decode(files[i], out string? note).DifferenceFrom(picture) ?? note
                : "Pillow refuses it";
            Assert.True(difference is null, $"file {i}: {difference}");
        }
    }
}
