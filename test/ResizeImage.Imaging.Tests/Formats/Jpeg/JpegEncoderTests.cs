using System.Globalization;
using ResizeImage.Imaging.Formats.Jpeg;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Jpeg;

/// <summary>The encoder, compared with cjpeg at the same settings, djpeg and jpegtran.</summary>
public class JpegEncoderTests
{
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 90 }, { 8, 8, 85 }, { 9, 17, 93 }, { 9, 17, 80 }, { 200, 200, 93 }, { 40, 30, 90 }, { 40, 30, 89 }, { 200, 133, 75 }, { 37, 200, 100 }, { 64, 48, 10 }, { 31, 31, 1 },
    };

    [ToolTheory("cjpeg", "djpeg")]
    [MemberData(nameof(Sizes))]
    public void Pixels_are_those_that_cjpeg_gives(int width, int height, int quality)
    {
        foreach (int channels in (int[])[1, 3])
        {
            var bitmap = new Bitmap(width, height, channels, TestPicture.Samples(width, height, channels));
            bool halved = channels == 3 && quality < 90;
            Pnm ours = Djpeg.Decode(JpegEncoder.Encode(bitmap, quality));
            Pnm theirs = Djpeg.Decode(Djpeg.Encode(
                new Pnm(width, height, channels, bitmap.Samples),
                "-quality", quality.ToString(CultureInfo.InvariantCulture), "-baseline", "-sample", halved ? "2x2" : "1x1"));
            if (halved && (width % 16 != 0 || height % 16 != 0))
            {
                // The padding of the last chroma blocks is the encoder's choice.
                Assert.InRange(Quality.Psnr(bitmap.Samples, ours.Samples), Quality.Psnr(bitmap.Samples, theirs.Samples) - 0.3, 100);
            }
            else
            {
                Assert.Equal(0, Djpeg.WorstDifference(theirs, ours.Width, ours.Height, ours.Samples));
            }
        }
    }

    [ToolFact("jpegtran")]
    public void Huffman_tables_are_as_good_as_those_of_jpegtran()
    {
        foreach (int quality in (int[])[20, 85, 93])
        {
            byte[] ours = JpegEncoder.Encode(new Bitmap(200, 150, 3, TestPicture.Samples(200, 150, 3)), quality);
            byte[] optimized = ExternalProgram.Run("jpegtran", ["-optimize", "-copy", "none"], ours);
            Assert.InRange(ours.Length, 0, optimized.Length + 32); // segments may be arranged otherwise
        }
    }

    [ToolTheory("djpeg", "jpegtran")]
    [MemberData(nameof(Sizes))]
    public void Progressive_has_the_same_pixels(int width, int height, int quality)
    {
        foreach (int channels in (int[])[1, 3])
        {
            var bitmap = new Bitmap(width, height, channels, TestPicture.Samples(width, height, channels));
            byte[] baseline = JpegEncoder.Encode(bitmap, quality);
            byte[] progressive = JpegEncoder.Encode(bitmap, quality, progressive: true);
            Assert.Equal(Djpeg.Decode(baseline).Samples, Djpeg.Decode(progressive).Samples);
            Assert.Equal(Djpeg.ToSequential(baseline), Djpeg.ToSequential(progressive));
            Assert.Equal(channels == 1 ? 3 : 5, JpegSegmentReader.ListScans(progressive, 100).Length);
        }
    }

    /// <summary>Only the last of 40,000 blocks has detail: a wrong length of the run shows there.</summary>
    [ToolFact("djpeg")]
    public void A_run_of_empty_bands_may_exceed_the_limit_of_one_symbol()
    {
        var bitmap = new Bitmap(1600, 1600, 1, new byte[1600 * 1600]);
        TestPicture.Samples(8, 1, 1).CopyTo(bitmap.Samples, bitmap.Samples.Length - 8);
        byte[] expected = Djpeg.Decode(JpegEncoder.Encode(bitmap, 90)).Samples;
        Assert.NotEqual(0, expected[^1]);
        Assert.Equal(expected, Djpeg.Decode(JpegEncoder.Encode(bitmap, 90, progressive: true)).Samples);
    }

    /// <summary>Frequencies like Fibonacci's numbers give the longest codes; T.81 K.2 shortens those over 16 bits.</summary>
    [Theory]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(20)]
    [InlineData(40)]
    public void No_code_is_longer_than_16_bits_and_none_is_all_ones(int symbols)
    {
        int[] frequencies = new int[256];
        for (int i = 0; i < symbols; i++)
        {
            frequencies[i] = i < 2 ? 1 : frequencies[i - 1] + frequencies[i - 2];
        }

        HuffmanEncoder encoder = new(frequencies);
        Assert.Equal(symbols, encoder.Counts.Sum(count => count));
        string[] codes = [.. Enumerable.Range(0, symbols).Select(symbol => Convert.ToString(encoder.Code(symbol), 2).PadLeft(encoder.Length(symbol), '0'))];
        Assert.All(codes, code => Assert.InRange(code.Length, 1, 16));
        Assert.DoesNotContain(codes, code => !code.Contains('0', StringComparison.Ordinal));
        Assert.DoesNotContain(codes, code => codes.Any(other => !ReferenceEquals(other, code) && other.StartsWith(code, StringComparison.Ordinal)));
    }

    /// <summary>T.81 F.1.2.3: so that a decoder takes them for the beginning of a marker at worst.</summary>
    [Fact]
    public void The_last_byte_is_filled_up_with_ones()
    {
        List<byte> file = [];
        EntropyWriter writer = new(file);
        writer.Write(0b001, 3);
        writer.Flush();
        Assert.Equal([0b0011_1111], file);
    }

    [Fact]
    public void Our_decoder_reads_encoded_files()
    {
        byte[] samples = TestPicture.Samples(61, 43, 3);
        var decoded = Decoding.All(JpegEncoder.Encode(new Bitmap(61, 43, 3, samples), 100));
        Assert.True(Quality.Psnr(samples, decoded.Samples) > 40);
    }

    [Theory]
    [InlineData(64, 64, 95)]
    [InlineData(160, 10, 95)]
    [InlineData(161, 10, 93)]
    [InlineData(320, 320, 93)]
    [InlineData(10, 321, 91)]
    [InlineData(480, 10, 91)]
    [InlineData(481, 10, 89)]
    [InlineData(640, 10, 89)]
    [InlineData(641, 641, 85)]
    public void Quality_falls_with_size(int width, int height, int quality) =>
        Assert.Equal(quality, JpegEncoder.DefaultQuality(width, height));
}
