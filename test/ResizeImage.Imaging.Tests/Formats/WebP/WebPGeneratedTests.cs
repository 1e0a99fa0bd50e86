using ResizeImage.Imaging.Formats.WebP;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.WebP;

/// <summary>What libwebp's encoder can write, in small and odd sizes, with its decoder as judge.</summary>
public class WebPGeneratedTests
{
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (1, 17), (2, 2), (3, 5), (15, 16), (16, 15), (17, 17), (33, 17), (16, 64), (101, 67)];

    private static readonly string[] Lossy =
    [
        "-q 0", "-q 20 -f 100", "-q 50 -f 100 -sharpness 7", "-q 50 -f 60 -sharpness 3 -strong", "-q 50 -f 60 -sharpness 4 -strong", "-q 30 -f 40 -nostrong", "-q 10 -f 100 -nostrong",
        "-q 75 -f 0", "-q 100", "-q 100 -m 0", "-q 99 -m 0", "-q 100 -m 6 -sns 100", "-q 60 -m 6 -segments 4 -sns 100 -f 80", "-q 40 -segments 1 -m 0", "-q 80 -partition_limit 100",
        "-q 90 -af", "-q 85 -sharp_yuv", "-q 5 -jpeg_like -m 6",
    ];

    private static readonly string[] Lossless =
    [
        "-lossless -z 0", "-lossless -z 3", "-lossless -z 6", "-lossless -z 9", "-lossless -z 9 -exact", "-lossless -q 100 -m 6", "-lossless -m 0 -q 0",
        "-near_lossless 0", "-near_lossless 60",
    ];

    private static readonly string[] WithAlpha =
    [
        "-q 50", "-q 80 -alpha_q 100 -alpha_filter none", "-q 80 -alpha_filter fast", "-q 80 -alpha_filter best -alpha_q 30",
        "-q 60 -alpha_method 0", "-q 60 -alpha_method 0 -alpha_filter best", "-q 60 -alpha_method 1 -alpha_q 0", "-q 20 -exact",
    ];

    [ToolFact("cwebp", "dwebp")]
    public void Lossy_images_decode_as_libwebp_does() => AssertSame(
        from size in Sizes
        from options in Lossy
        select ($"{size} {options}", Dwebp.Encode(TestPicture.Rgb(size.Width, size.Height), options.Split(' '))));

    /// <summary>From these levels on, the threshold of high edge variance is higher (RFC 6386, 15.8).</summary>
    [ToolTheory("cwebp", "dwebp")]
    [InlineData(15)]
    [InlineData(40)]
    public void The_lowest_level_of_each_threshold_of_the_loop_filter_decodes_as_libwebp_does(int level)
    {
        IEnumerable<byte[]> files =
            from strength in Enumerable.Range(1, 100)
            from quality in (int[])[8, 20, 2, 12, 30, 5]
            select Dwebp.Encode(Noise(77, 51), "-q", $"{quality}", "-segments", "1", "-strong", "-sharpness", "0", "-f", $"{strength}");
        AssertSame([($"level {level}", files.First(file => LevelOf(file) == level))]);

        // Without sharpness, the limit of edges is three times the level.
        static int LevelOf(byte[] file) => new Vp8Header(WebPContents.Parse(file).Frame!.Image).LoopFilter.Strength(0, bySubblocks: false).EdgeLimit / 3;
    }

    [ToolFact("cwebp", "dwebp")]
    public void Noise_decodes_as_libwebp_does() => AssertSame(
        from options in Lossy
        select (options, Dwebp.Encode(Noise(77, 51), options.Split(' '))));

    /// <summary>Any bits are modes and coefficients: of all kinds, next to each other as no encoder puts them.</summary>
    [ToolFact("cwebp", "dwebp")]
    public void Random_modes_and_coefficients_decode_as_libwebp_does() => AssertSame(
        from seed in Enumerable.Range(0, 60)
        from options in (string[])["-q 5 -m 2", "-q 30 -low_memory"]
        select ($"{seed} {options}", WithRandomMacroblocks(Dwebp.Encode(HalfBlack(160, 160), options.Split(' ')), new Random(seed))));

    /// <summary>RFC 6386, 14.1: the step of the AC coefficients of Y2 is never below 8.</summary>
    [Fact]
    public void The_finest_quantizer_has_the_steps_of_the_specification()
    {
        BoolDecoder zeros = new(new byte[64]);
        Quantizer quantizer = Quantizer.Read(ref zeros, new Vp8Segmentation(ref zeros))[0];
        Assert.Equal(((4, 4), (8, 8), (4, 4)), (quantizer.Y, quantizer.Y2, quantizer.Chroma));
    }

    /// <summary>RFC 6386, 9.3. cwebp writes absolute values only.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Values_of_segments_are_absolute_or_added_to_those_of_the_frame(bool absolute)
    {
        // Enabled, no map, values; of both lists the first has 5, the second -3, the others none.
        bool[] five = [true, false, false, false, false, true, false, true, false];
        bool[] three = [true, false, false, false, false, false, true, true, true];
        BoolDecoder header = new(Encode([true, false, true, absolute, .. five, .. three, false, false, .. five.Where((_, i) => i != 1), .. three.Where((_, i) => i != 1), false, false]));
        Vp8Segmentation segmentation = new(ref header);
        int[] expected = absolute ? [5, -3, 0, 0] : [25, 17, 20, 20];
        Assert.Equal(expected, Enumerable.Range(0, 4).Select(segment => segmentation.Quantizer(segment, 20)));
        Assert.Equal(expected, Enumerable.Range(0, 4).Select(segment => segmentation.FilterLevel(segment, 20)));
    }

    [ToolFact("dwebp", PartitionEncoder.Compiler, PartitionEncoder.Header)]
    public void Several_partitions_decode_as_libwebp_does() => AssertSame(
        from log2 in (int[])[1, 2, 3]
        from size in Sizes
        select ($"{size}, {1 << log2} partitions", PartitionEncoder.Encode(TestPicture.Rgb(size.Width, size.Height), log2)));

    [ToolFact("cwebp", "dwebp")]
    public void Lossless_images_decode_as_libwebp_does() => AssertSame(
        from size in Sizes
        from options in Lossless
        from picture in (Pnm[])[TestPicture.Rgb(size.Width, size.Height), Noise(size.Width, size.Height)]
        select ($"{size} {options}", Dwebp.Encode(picture, options.Split(' '))));

    [ToolFact("cwebp", "dwebp")]
    public void Images_with_alpha_decode_as_libwebp_does() => AssertSame(
        from size in Sizes
        from options in Lossless.Concat(WithAlpha)
        select ($"{size} {options}", Dwebp.Encode(size.Width, size.Height, TestPicture.Samples(size.Width, size.Height, 4), options.Split(' '))));

    [ToolFact("cwebp", "dwebp")]
    public void Palettes_of_every_size_decode_as_libwebp_does() => AssertSame(
        from colors in (int[])[1, 2, 3, 4, 5, 15, 16, 17, 255, 256]
        from width in (int[])[1, 7, 8, 61]
        from quality in (string[])["-z 1", "-z 9"]
        select ($"{colors} colors, {width} wide, {quality}", Dwebp.Encode(Paletted(width, 30, colors), ["-lossless", .. quality.Split(' ')])));

    /// <summary>With and without the loop filter and fancy upsampling.</summary>
    private static void AssertSame(IEnumerable<(string Name, byte[] File)> pictures)
    {
        List<string> wrong = [];
        foreach ((string name, byte[] file) in pictures)
        {
            if ((Dwebp.DifferenceOf(file) ?? Dwebp.DifferenceOf(file, shrunk: true)) is string difference)
            {
                wrong.Add($"{name}: {difference}");
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>The file with its header and random bits behind it, more than there can be macroblocks for.</summary>
    private static byte[] WithRandomMacroblocks(byte[] file, Random random)
    {
        Assert.NotNull(new Vp8Header(WebPContents.Parse(file).Frame!.Image).SkipProbability);
        const int Payload = 20;
        const int FrameTag = 10;
        int firstPartition = (file[Payload] | (file[Payload + 1] << 8) | (file[Payload + 2] << 16)) >> 5;
        byte[] first = [.. file.AsSpan(Payload + FrameTag, firstPartition / 2), .. new byte[2000]];
        byte[] tokens = new byte[60_000];
        random.NextBytes(first.AsSpan(firstPartition / 2));
        random.NextBytes(tokens);
        int tag = (first.Length << 5) | (file[Payload] & 31);
        byte[] payload = [(byte)tag, (byte)(tag >> 8), (byte)(tag >> 16), .. file[(Payload + 3)..(Payload + FrameTag)], .. first, .. tokens];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(payload.Length + 12), .. "WEBPVP8 "u8, .. BitConverter.GetBytes(payload.Length), .. payload];
    }

    /// <summary>Flags as bools of probability 128 (RFC 6386, 7.3), by numbers of any length.</summary>
    private static byte[] Encode(bool[] flags)
    {
        System.Numerics.BigInteger low = 0;
        int range = 255;
        int bits = 8;
        foreach (bool flag in flags)
        {
            int split = 1 + (((range - 1) * 128) >> 8);
            low += flag ? split : 0;
            for (range = flag ? range - split : split; range < 128; range <<= 1, low <<= 1)
            {
                bits++;
            }
        }

        byte[] bytes = (low << (-bits & 7)).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[((bits + 7) / 8) - bytes.Length], .. bytes];
    }

    /// <summary>Macroblocks without coefficients, so that the header has the flag of such ones.</summary>
    private static Pnm HalfBlack(int width, int height)
    {
        byte[] samples = TestPicture.Samples(width, height, 3);
        samples.AsSpan(samples.Length / 5).Clear();
        return new(width, height, 3, samples);
    }

    private static Pnm Noise(int width, int height)
    {
        byte[] samples = new byte[3 * width * height];
        new Random(3).NextBytes(samples);
        return new(width, height, 3, samples);
    }

    private static Pnm Paletted(int width, int height, int colors)
    {
        Random random = new(4);
        byte[] palette = new byte[3 * colors];
        random.NextBytes(palette);
        byte[] samples = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++)
        {
            // All colors occur, where there is room, and then in a pattern and by chance.
            int color = i < colors ? i : i % 3 == 0 ? random.Next(colors) : (i / 5) % colors;
            palette.AsSpan(3 * color, 3).CopyTo(samples.AsSpan(3 * i));
        }

        return new(width, height, 3, samples);
    }
}
