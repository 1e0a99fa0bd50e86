using ResizeImage.Imaging.Formats.Deflate;
using ResizeImage.Imaging.Formats.WebP;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.WebP;

/// <summary>The lossless encoder, with both decoders as judges.</summary>
public class LosslessEncodingTests
{
    public static TheoryData<int> ColorCounts => [1, 2, 3, 4, 5, 15, 16, 17, 100, 256];

    [ToolTheory("dwebp")]
    [MemberData(nameof(ColorCounts))]
    public void Few_colors_are_exact(int colors)
    {
        foreach (int channels in (int[])[1, 3, 4])
        {
            foreach (int width in (int[])[1, 7, 8, 61])
            {
                Bitmap bitmap = Paletted(width, 30, channels, channels == 1 ? Math.Min(colors, 250) : colors);
                byte[] file = File(bitmap);
                Assert.Equal(Visible(bitmap), Dwebp.Decode(file).Rgba);
                Assert.Null(Dwebp.DifferenceOf(file));
            }
        }
    }

    [Fact]
    public void More_than_256_colors_are_refused() =>
        Assert.Null(LosslessEncoder.TryEncode(new Bitmap(64, 64, 3, TestPicture.Samples(64, 64, 3)), null));

    [ToolFact("dwebp", "cwebp")]
    public void Graphics_are_written_without_loss_and_nearly_as_small_as_by_cwebp()
    {
        Bitmap bitmap = Graphic(200, 150);
        byte[] ours = WebPEncoder.Encode(bitmap, 80);
        byte[] theirs = Dwebp.Encode(new Pnm(200, 150, 3, bitmap.Samples), "-lossless");
        Assert.Equal(Visible(bitmap), Dwebp.Decode(ours).Rgba);
        Assert.InRange(ours.Length, 0, theirs.Length * 1.25);
    }

    [ToolFact("dwebp")]
    public void Alpha_of_any_kind_is_exact()
    {
        Random random = new(1);
        foreach (int kind in (int[])[0, 1, 2, 3, 4])
        {
            byte[] samples = TestPicture.Samples(61, 40, 4);
            for (int i = 0; i < 61 * 40; i++)
            {
                int x = i % 61;
                int y = i / 61;
                samples[(4 * i) + 3] = (byte)(kind switch
                {
                    0 => 0,
                    1 => x > y ? 255 : 0,
                    2 => 4 * x,
                    3 => (3 * y) + x,
                    _ => random.Next(256),
                });
            }

            byte[] file = WebPEncoder.Encode(new Bitmap(61, 40, 4, samples), 70);
            Assert.Equal(samples.Where((_, i) => i % 4 == 3), Dwebp.Decode(file).Rgba.Where((_, i) => i % 4 == 3));
            Assert.Null(Dwebp.DifferenceOf(file));
        }
    }

    /// <summary>Frequencies like Fibonacci's numbers give the longest codes; all kinds of runs give all repeats of lengths.</summary>
    [Fact]
    public void The_decoder_reads_codes_of_every_shape()
    {
        Random random = new(2);
        for (int trial = 0; trial < 500; trial++)
        {
            int[] frequencies = new int[280];
            int symbols = trial < 4 ? trial : random.Next(1, 280);
            for (int i = 0; i < symbols; i++)
            {
                int at = trial % 3 == 0 ? i : random.Next(frequencies.Length);
                frequencies[at] = trial % 2 == 0 ? 1 + (int)Math.Min(1_000_000, Math.Pow(1.6, i % 30)) : 1 + random.Next(9);
            }

            LosslessPrefixCode code = new(frequencies);
            int[] sent = [.. Enumerable.Range(0, 200).Select(_ => random.Next(280)).Where(symbol => frequencies[symbol] > 0)];
            DeflateBitWriter output = new();
            code.WriteTable(output);
            Array.ForEach(sent, symbol => code.Write(output, symbol));
            output.Write(0, 32);
            output.Write(0, 32);
            output.Align();

            LosslessBitReader bits = new(output.Written, default);
            PrefixCode read = PrefixCodeReader.TryRead(ref bits, new byte[280], 280)!;
            foreach (int symbol in sent)
            {
                bits.Fill();
                Assert.Equal(symbol, read.Read(ref bits));
            }
        }
    }

    [Fact]
    public void Numbers_have_the_prefix_that_the_specification_says()
    {
        for (int number = 1; number < 5000; number++)
        {
            (int symbol, int extraBits, uint extra) = LosslessToken.Prefix(number);
            Assert.Equal(symbol < 4 ? 0 : (symbol - 2) >> 1, extraBits);
            Assert.Equal(number, symbol < 4 ? symbol + 1 : ((2 + (symbol & 1)) << extraBits) + (int)extra + 1);
        }
    }

    [Fact]
    public void Random_small_images_come_back()
    {
        Random random = new(3);
        for (int i = 0; i < 300; i++)
        {
            int channels = ((int[])[1, 3, 4])[random.Next(3)];
            Bitmap bitmap = Paletted(random.Next(1, 40), random.Next(1, 40), channels, random.Next(1, 257), random.Next());
            var decoded = Decoding.All(File(bitmap));
            byte[] expected = Visible(bitmap);
            Dwebp.AssertSamePicture(expected, decoded.Samples, decoded.Layout);
        }
    }

    private static byte[] File(Bitmap bitmap)
    {
        byte[] data = LosslessEncoder.TryEncode(bitmap, null)!;
        byte[] padding = data.Length % 2 == 0 ? [] : [0];
        return
        [
            .. "RIFF"u8, .. BitConverter.GetBytes(12 + data.Length + padding.Length), .. "WEBPVP8L"u8, .. BitConverter.GetBytes(data.Length), .. data, .. padding,
        ];
    }

    /// <summary>R, G, B, A as they come back: transparent pixels are black.</summary>
    private static byte[] Visible(Bitmap bitmap)
    {
        byte[] rgba = new byte[4 * bitmap.Width * bitmap.Height];
        for (int i = 0; i < rgba.Length / 4; i++)
        {
            ReadOnlySpan<byte> pixel = bitmap.Samples.AsSpan(i * bitmap.Channels, bitmap.Channels);
            byte alpha = bitmap.Channels == 4 ? pixel[3] : (byte)255;
            for (int c = 0; c < 3; c++)
            {
                rgba[(4 * i) + c] = alpha == 0 ? (byte)0 : pixel[bitmap.Channels == 1 ? 0 : c];
            }

            rgba[(4 * i) + 3] = alpha;
        }

        return rgba;
    }

    private static Bitmap Paletted(int width, int height, int channels, int colors, int seed = 4)
    {
        Random random = new(seed);
        byte[] palette = new byte[channels * colors];
        random.NextBytes(palette);
        byte[] samples = new byte[width * height * channels];
        for (int i = 0; i < width * height; i++)
        {
            // All colors occur, where there is room, and then in a pattern and by chance.
            int color = i < colors ? i : i % 3 == 0 ? random.Next(colors) : (i / 5) % colors;
            palette.AsSpan(channels * color, channels).CopyTo(samples.AsSpan(channels * i));
        }

        return new(width, height, channels, samples);
    }

    /// <summary>Discs and stripes with hard edges in a dozen colors.</summary>
    private static Bitmap Graphic(int width, int height)
    {
        byte[] samples = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++)
        {
            int x = i % width;
            int y = i / width;
            int disc = (int)Math.Sqrt(Math.Pow((x % 50) - 25, 2) + Math.Pow((y % 60) - 30, 2)) / 8;
            int color = disc < 3 ? disc + (x / 50) : (x / 7 % 2) + 8;
            samples[3 * i] = (byte)(color * 20);
            samples[(3 * i) + 1] = (byte)(255 - (color * 9));
            samples[(3 * i) + 2] = (byte)(color * color);
        }

        return new(width, height, 3, samples);
    }
}
