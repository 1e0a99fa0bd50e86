using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Resampling;
using ResizeImage.Imaging.Tests.Formats.Bmp;
using ResizeImage.Imaging.Tests.Formats.Gif;
using ResizeImage.Imaging.Tests.Formats.Png;
using ResizeImage.Imaging.Tests.Formats.Tiff;
using ResizeImage.Imaging.Tests.Formats.WebP;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests;

/// <summary>The work that a small file can cause: the engine does it once, or counts it. bench/ResizeImage.Worst measures it.</summary>
public class WorkTests
{
    /// <summary>Decoding takes 3 units a pixel; the way to linear light takes as many.</summary>
    [Fact]
    public void Work_of_the_resampler_counts()
    {
        byte[] file = BmpFile.Of(1000, 1000, 24, 0, [], new byte[3_000_000]);
        ThumbnailOptions options = new() { Width = 10, Height = 10, Limits = new() { MaxWork = 4_000_000 } };
        Assert.Throws<ImageLimitException>(() => new Thumbnailer().Make(file, options));
        Assert.Equal(10, new Thumbnailer().Make(file, options with { Limits = new() { MaxWork = 10_000_000 } }).Width);
    }

    private const int Largest = 16383;
    private const int Many = 20_000;

    [Fact]
    public void Work_over_the_limit_is_refused()
    {
        WorkMeter meter = new(10);
        meter.Spend(10);
        Assert.Equal(10, meter.Spent);
        Assert.Equal(nameof(ImageLimits.MaxWork), Assert.Throws<ImageLimitException>(() => meter.Spend(1)).Limit);
    }

    /// <summary>Thirty bytes of lossless WebP took 4 s, a PNG of 2 MB whose pixels are all the same 2.3 s.</summary>
    [ToolFact("dwebp")]
    public void Large_images_of_few_bytes_are_refused_by_their_header()
    {
        byte[][] files =
        [
            Lossless(Largest, Largest),
            PngFile.Of(PngFile.Header(Largest, Largest, 16, PngColorType.TruecolorAlpha), PngFile.Chunk("IDAT", new byte[1 << 20]), PngFile.End),
        ];
        foreach (byte[] file in files)
        {
            var refusal = Assert.Throws<ImageLimitException>(() => new Thumbnailer().Make(file, new ThumbnailOptions()));
            Assert.Equal(nameof(ImageLimits.MaxWork), refusal.Limit);
        }
    }

    /// <summary>35 kB took 12.7 s.</summary>
    [CorpusFact]
    public void A_profile_of_tables_is_applied_to_averages()
    {
        byte[] file = File.ReadAllBytes(Corpus.Files("field", "lut16k-pal1.png")[0]);
        CountingMeter meter = new();
        ThumbnailPipeline.Run(() => InputFormat.Open(new ByteSource(file, meter)), [new ThumbnailOptions()], meter);
        Assert.InRange(meter.Spent, 1, ImageLimits.Default.MaxWork);
    }

    /// <summary>Each took 3.8 µs when its tables were made again; a megabyte has 800,000 of them.</summary>
    [Fact]
    public void Empty_blocks_of_the_fixed_code_cost_no_more_than_other_empty_blocks()
    {
        TimeSpan ofStored = Least(EmptyBlocks([0, 0, 0, 0xFF, 0xFF], Many));
        TimeSpan ofFixed = Least(EmptyBlocks([2, 8, 32, 128, 0, 2, 8, 32, 128, 0], Many / 8));
        Assert.True(ofFixed < 15 * ofStored, $"{ofFixed} and {ofStored}");

        static TimeSpan Least(byte[] file) => Enumerable.Range(0, 5).Min(_ =>
        {
            TimeSpan begun = ThreadClock.Now;
            DecodedPng.Decode(file);
            return ThreadClock.Now - begun;
        });
    }

    [Fact]
    public void Blocks_with_codes_of_their_own_are_counted()
    {
        // Codes of literal 0 and of the end, one bit each; the lengths by a code of 1 and of runs of zeros. In the last byte begins an empty stored
        // block, so that the next one begins with a byte.
        byte[] block = GifFile.Pack(
        [
            (0, 1), (2, 2), (0, 5), (0, 5), (14, 4),
            .. Enumerable.Range(0, 18).Select(i => (i is 2 or 17 ? 1 : 0, 3)),
            (0, 1), (1, 1), (127, 7), (1, 1), (106, 7), (0, 1), (0, 1), (1, 1),
        ]);
        byte[] file = EmptyBlocks([.. block, 0, 0, 0xFF, 0xFF], 100);
        CountingMeter meter = new();
        using (RowReader rows = InputFormat.Open(new ByteSource(file, meter)).Open(new DecodeWindow(8, 0, 0, 1, 1)))
        {
            rows.ReadRow(new byte[1]);
            Assert.Null(rows.Note);
        }

        Assert.InRange(meter.Spent, 100 * 3000, 100 * 10_000);
    }

    /// <summary>The file's size bounds nothing if all strips are the same bytes.</summary>
    [Fact]
    public void Strips_of_TIFF_that_overlap_are_counted()
    {
        const int Columns = 20_000;
        const int Rows = 1000;
        byte[] file = TiffFile.Of(
            Columns, Rows, 8, 1, 1, new byte[Columns], fields: [(278, [1]), (273, [.. Enumerable.Repeat(8u, Rows)]), (279, [.. Enumerable.Repeat((uint)Columns, Rows)])]);
        CountingMeter meter = new();
        using (RowReader rows = InputFormat.Open(new ByteSource(file, meter)).Open(new DecodeWindow(8, 0, 0, Columns, Rows)))
        {
            byte[] row = new byte[Columns];
            for (int y = 0; y < Rows; y++)
            {
                rows.ReadRow(row);
            }
        }

        Assert.InRange(meter.Spent, 5L * Columns * Rows, 50L * Columns * Rows);
        Assert.Throws<ImageLimitException>(() => new Thumbnailer().Make(file, new ThumbnailOptions { Limits = new() { MaxWork = 5L * Columns * Rows } }));
    }

    [Fact]
    public void Inflating_ends_with_the_last_scanline()
    {
        // Surplus data in a hundred thousand blocks of one byte; a window would read most of them.
        byte[] surplus = [.. Enumerable.Repeat<byte[]>([0, 1, 0, 0xFE, 0xFF, 7], 100_000).SelectMany(block => block)];
        byte[] zlib = [0x78, 1, 0, 2, 0, 0xFD, 0xFF, 0, 9, .. surplus, 1, 0, 0, 0xFF, 0xFF];
        byte[] file = PngFile.Of(PngFile.Header(1, 1, 8, PngColorType.Grayscale), PngFile.Chunk("IDAT", zlib), PngFile.End);
        CountingMeter meter = new();
        PngDecoder decoder = PngDecoder.Read(new ByteSource(file, meter));
        DecodedPng.Decode(decoder, new DecodeWindow(8, 0, 0, 1, 1), out string? note);
        Assert.Null(note);
        Assert.InRange(meter.Checks, 1, 100);
    }

    [Theory]
    [InlineData(22_000_000, 1)]
    [InlineData(1, 22_000_000)]
    [InlineData(65535, 4)]
    public void A_row_or_column_of_millions_of_pixels_has_a_short_kernel(int width, int height)
    {
        foreach (ThumbnailFit fit in Enum.GetValues<ThumbnailFit>())
        {
            ThumbnailPlan plan = ThumbnailPlan.Create(new ImageInfo(ImageFormat.Png, width, height, 1), [new(2), new(4), new(8)], new ThumbnailOptions { Fit = fit });
            Assert.InRange(plan.Columns.MaxLength, 1, 50);
            Assert.InRange(plan.Rows.MaxLength, 1, 50);
        }
    }

    /// <summary>Such pixels are not read one by one.</summary>
    [ToolFact("dwebp")]
    public void Pixels_of_one_symbol_are_those_of_libwebp()
    {
        Assert.Null(Dwebp.DifferenceOf(Lossless(37, 21)));
        Assert.Null(Dwebp.DifferenceOf(Lossless(37, 21, cacheBits: 5)));
        Assert.Null(Dwebp.DifferenceOf(Lossless(37, 21, cacheBits: 5, inBlocks: true)));
    }

    /// <summary>One pixel after blocks without data.</summary>
    private static byte[] EmptyBlocks(byte[] part, int count)
    {
        byte[] zlib = [0x78, 1, .. Enumerable.Repeat(part, count).SelectMany(copy => copy), .. PngFile.Deflate([0, 9])[2..]];
        return PngFile.Of(PngFile.Header(1, 1, 8, PngColorType.Grayscale), PngFile.Chunk("IDAT", zlib), PngFile.End);
    }

    /// <summary>A VP8L image (RFC 9649, 3) whose pixels have no bits.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="cacheBits">Of the color cache; 0 for none.</param>
    /// <param name="inBlocks">With a group of codes for each block of 4 × 4 pixels, two in turns: the second is the first one's color, out of the cache.</param>
    private static byte[] Lossless(int width, int height, int cacheBits = 0, bool inBlocks = false)
    {
        List<(int, int)> bits = [(0x2F, 8), (width - 1, 14), (height - 1, 14), (1, 1), (0, 3), (0, 1)];
        bits.AddRange(cacheBits > 0 ? [(1, 1), (cacheBits, 4)] : [(0, 1)]);
        bits.Add((inBlocks ? 1 : 0, 1));
        if (inBlocks)
        {
            // The number of a group is green: 0 or 1, by a bit.
            bits.AddRange([(0, 3), (0, 1), (3, 2), (1, 1), (0, 8), (1, 8)]);
            AddSymbols(bits, 0, 0, 0, 0);
            int blocks = (width + 3) / 4 * ((height + 3) / 4);
            bits.AddRange(Enumerable.Range(0, blocks).Select(i => (i & 1, 1)));
        }

        AddSymbols(bits, 5, 3, 7, 200, 0);
        if (inBlocks)
        {
            // Green has but one symbol: place 15 of the cache, where the first group's color goes. Behind runs of 138, 131 and 26 zeros, 16 follow.
            bits.AddRange([(0, 1), (0, 4), (0, 3), (1, 3), (0, 3), (1, 3), (0, 1), (1, 1), (127, 7), (1, 1), (120, 7), (1, 1), (15, 7), (0, 1), (1, 1), (5, 7)]);
            AddSymbols(bits, 3, 7, 200, 0);
        }

        byte[] data = [.. GifFile.Pack(bits), .. new byte[16]];
        byte[] chunk = [.. "VP8L"u8, .. BitConverter.GetBytes(data.Length), .. data, .. new byte[data.Length & 1]];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(chunk.Length + 4), .. "WEBP"u8, .. chunk];
    }

    /// <summary>Codes of one symbol each.</summary>
    private static void AddSymbols(List<(int Value, int Bits)> bits, params int[] symbols)
    {
        foreach (int symbol in symbols)
        {
            bits.AddRange([(1, 1), (0, 1), (1, 1), (symbol, 8)]);
        }
    }
}
