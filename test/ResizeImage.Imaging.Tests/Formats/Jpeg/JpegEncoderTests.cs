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

    /// <summary>Color, forward DCT and plain quantization, before the trellis.</summary>
    [ToolTheory("cjpeg", "djpeg")]
    [MemberData(nameof(Sizes))]
    public void Plain_quantization_gives_the_pixels_of_cjpeg_with_the_same_tables(int width, int height, int quality)
    {
        byte[] luminance = QuantizationTables.Scaled(chrominance: false, quality);
        byte[] chrominance = QuantizationTables.Scaled(chrominance: true, quality);
        string tables = Path.GetTempFileName();
        File.WriteAllText(tables, $"{string.Join(' ', luminance)}\n{string.Join(' ', chrominance)}\n");
        foreach (int channels in (int[])[1, 3])
        {
            var bitmap = new Bitmap(width, height, channels, TestPicture.Samples(width, height, channels));
            EncoderComponent[] components = ForwardTransform.Run(bitmap, luminance, chrominance);
            Pnm ours = Djpeg.Decode(JpegEncoder.Write(bitmap, components, progressive: false, work: null));

            // cjpeg scales tables of a file by the quality; 50 leaves them as they are.
            Pnm theirs = Djpeg.Decode(Djpeg.Encode(
                new Pnm(width, height, channels, bitmap.Samples), "-qtables", tables, "-quality", "50", "-baseline", "-sample", "1x1"));
            Assert.Equal(0, Djpeg.WorstDifference(theirs, ours.Width, ours.Height, ours.Samples));
        }

        File.Delete(tables);
    }

    [ToolTheory("djpeg")]
    [MemberData(nameof(Sizes))]
    public void Our_decoder_and_djpeg_read_the_same_pixels(int width, int height, int quality)
    {
        foreach (bool progressive in (bool[])[false, true])
        {
            byte[] file = JpegEncoder.Encode(new Bitmap(width, height, 1, TestPicture.Samples(width, height, 1)), quality, progressive);
            Assert.Equal(Djpeg.Decode(file).Samples, Decoding.All(file).Samples);
        }
    }

    [Fact]
    public void Trellis_saves_bytes_for_a_small_loss()
    {
        var bitmap = new Bitmap(200, 150, 3, TestPicture.Samples(200, 150, 3));
        byte[] luminance = QuantizationTables.Scaled(chrominance: false, 85);
        byte[] chrominance = QuantizationTables.Scaled(chrominance: true, 85);
        byte[] plain = JpegEncoder.Write(bitmap, ForwardTransform.Run(bitmap, luminance, chrominance), progressive: false, work: null);
        byte[] trellis = JpegEncoder.Encode(bitmap, 85);
        Assert.InRange(trellis.Length, 1, plain.Length * 97 / 100);
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
            Assert.Equal(channels == 1 ? 3 : 5, progressive.AsSpan().Count((byte[])[0xFF, JpegMarker.StartOfScan]));
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
    [InlineData(64, 64, 90)]
    [InlineData(160, 10, 90)]
    [InlineData(161, 10, 88)]
    [InlineData(320, 320, 88)]
    [InlineData(10, 321, 87)]
    [InlineData(640, 10, 87)]
    [InlineData(641, 641, 85)]
    public void Quality_falls_with_size(int width, int height, int quality) =>
        Assert.Equal(quality, JpegEncoder.DefaultQuality(width, height));
}
