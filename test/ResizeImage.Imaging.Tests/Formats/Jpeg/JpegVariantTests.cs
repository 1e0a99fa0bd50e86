using System.Numerics;
using ResizeImage.Imaging.Formats.Jpeg;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Jpeg;

/// <summary>JPEG files that break a rule of T.81 and that libjpeg-turbo, and so every browser, still shows: each sample is compared with djpeg.</summary>
public class JpegVariantTests
{
    private const byte QuantizationTables = 0xDB;

    private const string TableMissing = "without defining it. Upload an undamaged copy.";

    private static readonly int[] Scales = [8, 4, 3, 2, 1];

    public static TheoryData<string> HuffmanOptions => new(
        ["-quality 85", "-sample 1x1 -quality 100", "-grayscale", "-sample 2x1 -restart 2", "-sample 1x2 -quality 5", "-rgb"]);

    [ToolTheory("cjpeg", "djpeg")]
    [MemberData(nameof(HuffmanOptions))]
    public void Without_Huffman_tables_the_standard_tables_apply(string options)
    {
        byte[] file = Djpeg.Encode(TestPicture.Rgb(75, 51), options.Split(' '));
        byte[] without = JpegFile.Without(file, JpegFile.HuffmanTables);
        Assert.True(without.Length < file.Length);
        AssertSameAsDjpeg(without);
        AssertSameAsDjpeg(JpegFile.With(JpegFile.Without(without, JpegFile.App0), JpegFile.Segment(JpegFile.App0, [.. "AVI1"u8, 0, 0, .. new byte[8]])));
    }

    [ToolFact("cjpeg", "djpeg")]
    public void Each_missing_Huffman_table_is_a_standard_one()
    {
        byte[] file = Djpeg.Encode(TestPicture.Rgb(75, 51), "-sample", "2x2");
        for (int missing = 0; missing < 4; missing++)
        {
            int table = 0;
            byte[] without = JpegFile.Change(file, JpegFile.HuffmanTables, data => table++ == missing ? null : data);
            Assert.Equal(4, table);
            AssertSameAsDjpeg(without);
        }
    }

    [ToolFact("cjpeg", "djpeg")]
    public void Standard_tables_apply_to_several_scans()
    {
        byte[] file = Djpeg.Encode(TestPicture.Rgb(75, 51), "-scans", Djpeg.ScanScript("0; 1; 2;"), "-sample", "2x1");
        AssertSameAsDjpeg(JpegFile.Without(file, JpegFile.HuffmanTables));
    }

    [ToolFact("cjpeg", "djpeg")]
    public void Frames_without_tables_in_libjpeg_turbo_are_refused()
    {
        byte[] progressive = JpegFile.Without(Djpeg.Encode(TestPicture.Rgb(40, 30), "-progressive"), JpegFile.HuffmanTables);
        byte[] third = JpegFile.Change(
            JpegFile.Without(Djpeg.Encode(TestPicture.Rgb(40, 30)), JpegFile.HuffmanTables), JpegFile.ScanHeader, data => [.. data[..2], 0x22, .. data[3..]]);
        Assert.All((byte[][])[progressive, third], file =>
        {
            Assert.True(Djpeg.Refuses(file));
            Assert.EndsWith(TableMissing, Refusal(file), StringComparison.Ordinal);
        });
    }

    public static TheoryData<byte[], byte[][]> RepeatedIds => new()
    {
        { [1, 1, 1], [[1, 1, 1]] },
        { [1, 2, 2], [[1, 2, 2]] },
        { [1, 1, 2], [[1, 1, 2]] },
        { [1, 2, 1], [[1, 2, 1]] },
        { [0, 0, 0], [[0, 0, 0]] },
        { [255, 1, 1], [[255, 1, 1]] },
    };

    [ToolTheory("cjpeg", "djpeg")]
    [MemberData(nameof(RepeatedIds))]
    public void Repeated_component_ids_go_by_order(byte[] frame, byte[][] scans)
    {
        foreach (string options in (string[])["-sample 2x2", "-sample 1x1 -restart 3", "-sample 1x2,2x1,1x1"])
        {
            byte[] file = Djpeg.Encode(TestPicture.Rgb(75, 51), options.Split(' '));
            byte[] repeated = JpegFile.WithIds(file, frame, scans);
            AssertSameAsDjpeg(repeated);
            Assert.Equal(Decoding.All(file).Samples, Decoding.All(repeated).Samples);
        }
    }

    public static TheoryData<string, byte[], byte[][]> RepeatedIdsOfScans => new()
    {
        { "0; 1; 2;", [1, 1, 1], [[1], [1], [1]] },
        { "0; 1; 2;", [1, 2, 2], [[1], [2], [2]] },
        { "0; 1 2;", [1, 2, 2], [[1], [2, 2]] },
        { "0; 1 2;", [7, 7, 7], [[7], [7, 7]] },
        { "0 1; 2;", [1, 1, 1], [[1, 1], [1]] },
    };

    /// <summary>djpeg mixes such scans up or refuses them: each scan of a sequential file brings other components, so their order is known.</summary>
    [ToolTheory("cjpeg")]
    [MemberData(nameof(RepeatedIdsOfScans))]
    public void Repeated_component_ids_go_by_order_over_several_scans(string scans, byte[] frame, byte[][] ids)
    {
        byte[] file = Djpeg.Encode(TestPicture.Rgb(75, 51), "-scans", Djpeg.ScanScript(scans), "-sample", "2x2");
        byte[] repeated = JpegFile.WithIds(file, frame, ids);
        Assert.NotEqual(file, repeated);
        Assert.All(Scales, eighths => Assert.Equal(Decoding.All(file, eighths).Samples, Decoding.All(repeated, eighths).Samples));
        Assert.Null(Decoding.All(repeated).Note);
    }

    [PythonFact("PIL")]
    public void Repeated_ids_of_CMYK_go_by_order()
    {
        const string Script =
            "import io, sys; from PIL import Image; f = io.BytesIO(); "
            + "Image.frombytes('CMYK', (40, 30), sys.stdin.buffer.read()).save(f, 'JPEG', quality=90); sys.stdout.buffer.write(f.getvalue())";
        byte[] file = ExternalProgram.Run(ExternalProgram.Python("PIL")!, ["-c", Script], TestPicture.Samples(40, 30, 4));
        foreach (byte[] ids in (byte[][])[[1, 1, 1, 1], [1, 2, 2, 1], [0, 1, 2, 2]])
        {
            byte[] repeated = JpegFile.WithIds(file, ids, ids);
            Assert.Null(PillowJudge.Decode([repeated])[0]!.DifferenceFrom(PillowJudge.Decode([file])[0]!));
            Assert.Equal(Decoding.All(file).Samples, Decoding.All(repeated).Samples);
        }
    }

    [ToolTheory("cjpeg", "djpeg")]
    [InlineData(new byte[] { 1, 2, 3 }, new byte[] { 1, 1, 1 })]
    [InlineData(new byte[] { 1, 2, 2 }, new byte[] { 1, 2, 3 })]
    [InlineData(new byte[] { 1, 1, 1 }, new byte[] { 1, 2, 3 })]
    public void A_scan_that_names_an_id_more_often_than_the_frame_is_refused(byte[] frame, byte[] scan)
    {
        byte[] file = JpegFile.WithIds(Djpeg.Encode(TestPicture.Rgb(40, 30)), frame, scan);
        Assert.True(Djpeg.Refuses(file));
        Assert.Contains("which the frame header does not have, or not as often", Refusal(file), StringComparison.Ordinal);
    }

    [ToolFact("cjpeg", "djpeg")]
    public void Tables_that_no_scan_uses_may_be_invalid()
    {
        byte[] overfull = [0x03, 3, .. new byte[15], 1, 2, 3];
        byte[] symbolOver15 = [0x02, 1, .. new byte[15], 16];
        byte[] file = JpegFile.With(
            Djpeg.Encode(TestPicture.Rgb(75, 51)), JpegFile.Segment(JpegFile.HuffmanTables, overfull), JpegFile.Segment(JpegFile.HuffmanTables, symbolOver15));
        AssertSameAsDjpeg(file);

        byte[] used = JpegFile.Change(file, JpegFile.ScanHeader, data => [.. data[..2], 0x20, .. data[3..]]);
        Assert.True(Djpeg.Refuses(used));
        Assert.Contains("a symbol over 15", Refusal(used), StringComparison.Ordinal);
    }

    /// <summary>libjpeg believes the JFIF marker.</summary>
    [ToolTheory("cjpeg", "djpeg")]
    [InlineData(0)]
    [InlineData(1)]
    public void A_JFIF_marker_counts_for_more_than_that_of_Adobe(byte transform)
    {
        byte[] jfif = JpegFile.Segment(JpegFile.App0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        byte[] adobe = JpegFile.Segment(JpegFile.App14, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, transform]);
        byte[] file = JpegFile.Without(Djpeg.Encode(TestPicture.Rgb(75, 51)), JpegFile.App0);
        AssertSameAsDjpeg(JpegFile.With(file, jfif, adobe));
        AssertSameAsDjpeg(JpegFile.With(file, adobe, jfif));
    }

    /// <summary>A component keeps the table that is in force at its first scan (T.81 B.2.4.1; jdinput.c, latch_quant_tables).</summary>
    [ToolTheory("cjpeg", "djpeg")]
    [InlineData("0; 1; 2;", 0)]
    [InlineData("0; 1; 2;", 1)]
    [InlineData("0 1 2: 0-0, 0, 0; 0: 1-63, 0, 0; 1: 1-63, 0, 0; 2: 1-63, 0, 0;", 0)]
    [InlineData("0 1 2: 0-0, 0, 0; 0: 1-63, 0, 0; 1: 1-63, 0, 0; 2: 1-63, 0, 0;", 1)]
    public void A_quantization_table_redefined_between_scans_holds_for_components_that_have_had_no_scan(string script, byte table)
    {
        byte[] file = Djpeg.Encode(TestPicture.Rgb(75, 51), "-scans", Djpeg.ScanScript(script), "-sample", "1x1");
        byte[] redefinition = JpegFile.Segment(QuantizationTables, [table, .. Enumerable.Repeat((byte)40, 64)]);
        for (int scan = 1; scan < script.Count(c => c == ';'); scan++)
        {
            AssertSameAsDjpeg(WithBeforeScan(file, scan, redefinition));
        }
    }

    /// <summary>Damage brings such markers; the interval of the right one is not lost with them.</summary>
    [ToolTheory("cjpeg")]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_restart_marker_far_from_the_expected_one_is_passed_over(int ahead)
    {
        byte[] file = Djpeg.Encode(TestPicture.Rgb(75, 51), "-restart", "3B");
        int at = file.AsSpan().IndexOf((byte[])[0xFF, 0xD2]);
        byte[] stray = [.. file[..at], 0xFF, (byte)(0xD0 + ((2 + ahead) & 7)), .. file[at..]];
        Assert.All(Scales, eighths => Assert.Equal(Decoding.All(file, eighths).Samples, Decoding.All(stray, eighths).Samples));
    }

    /// <summary>Few bits left out are estimated at reduced scales; as many as these must be decoded.</summary>
    [ToolFact("cjpeg", "jpegtran")]
    public void Refinements_from_a_high_bit_on_are_decoded_at_every_scale()
    {
        const string Script =
            "0 1 2: 0-0, 0, 0; 0: 1-63, 0, 4; 0: 1-63, 4, 3; 0: 1-63, 3, 2; 0: 1-63, 2, 1; 0: 1-63, 1, 0; 1: 1-63, 0, 0; 2: 1-63, 0, 0;";
        byte[] file = Djpeg.Encode(TestPicture.Rgb(75, 51), "-scans", Djpeg.ScanScript(Script), "-quality", "95");
        byte[] sequential = Djpeg.ToSequential(file);
        Assert.All(Scales, eighths => Assert.Equal(Decoding.All(sequential, eighths).Samples, Decoding.All(file, eighths).Samples));
    }

    /// <summary>A coefficient whose lowest bits are left out is estimated by the middle of what they can be.</summary>
    [Fact]
    public void The_first_scan_decides_how_many_bits_are_left_out()
    {
        JpegFrame frame = new(progressive: true, 8, 8, [new(0, 1, 1, 1, 0)]);
        using CoefficientStore store = new(frame.Components[0], kept: 5);
        Block block = default;
        (block[1], block[8]) = (12, -20);
        store.Put(0, 0, block);
        BandProgress progress = new(kept: 5);
        progress.Add(new([], 1, 63, 0, 2, 0), dcStep: 16);
        Assert.False(progress.Matters(new([], 1, 63, 2, 1, 0)));
        Block estimate = store.Estimate(0, 0, progress);
        Assert.Equal((14, -22, 0), (estimate[1], estimate[8], estimate[0]));
    }

    /// <summary>Bits that are decoded for another window do not count; the point transform rounds toward zero (T.81 G.1.2.1).</summary>
    [Theory]
    [InlineData(15, 14)]
    [InlineData(-15, -14)]
    [InlineData(3, 0)]
    [InlineData(-3, 0)]
    [InlineData(-4, -6)]
    public void Bits_that_are_left_out_do_not_count(int value, int expected)
    {
        BandProgress progress = new(kept: 2);
        progress.Add(new([], 0, 0, 0, 1, 0), dcStep: 16);
        progress.Add(new([], 1, 63, 0, 2, 0), dcStep: 16);
        Assert.Equal((expected, value), (progress.Estimate(1, value), progress.Estimate(0, value)));
        Assert.Equal(new Vector<int>(expected), progress.Estimate(1, new Vector<int>(value)));
    }

    /// <summary>The point transform of DC shifts, so negative values round down (T.81 G.1.2.1).</summary>
    [Theory]
    [InlineData(5, 13, 12)]
    [InlineData(5, -13, -14)]
    [InlineData(6, 13, 13)]
    public void The_last_bit_of_DC_is_left_out_where_its_quantization_is_fine(int dcStep, int value, int expected)
    {
        BandProgress progress = new(kept: 1);
        progress.Add(new([], 0, 0, 0, 1, 0), dcStep);
        Assert.Equal((dcStep == 5, expected), (progress.IsComplete, progress.Estimate(0, value)));
        Assert.Equal(new Vector<int>(expected), progress.Estimate(0, new Vector<int>(value)));
        Assert.Equal(dcStep == 5 ? 0.5f : 0, progress.DcMiddle);
    }

    [Fact]
    public void The_last_bit_of_DC_counts_where_its_scan_comes_before_scans_that_matter()
    {
        BandProgress progress = new(kept: 5);
        progress.Add(new([], 0, 0, 0, 1, 0), dcStep: 2);
        Assert.True(progress.Matters(new([], 0, 0, 1, 0, 0)));
        progress.Add(new([], 0, 0, 1, 0, 0), dcStep: 2);
        Assert.Equal((13, 0f, false), (progress.Estimate(0, 13), progress.DcMiddle, progress.IsComplete));
    }

    /// <summary>At the coarsest quantization whose last bit is left out, against the same coefficients in one scan.</summary>
    [ToolTheory("cjpeg", "jpegtran")]
    [InlineData(4, 300)]
    [InlineData(3, 180)]
    [InlineData(2, 90)]
    [InlineData(1, 45)]
    public void Thumbnails_without_the_last_bit_of_DC_are_off_by_less_than_half_a_code_in_the_mean(int eighths, int width)
    {
        const string Script = "0 1 2: 0-0, 0, 1; 0: 1-63, 0, 0; 1: 1-63, 0, 0; 2: 1-63, 0, 0; 0 1 2: 0-0, 1, 0;";
        byte[] file = Djpeg.Encode(TestPicture.Rgb(1200, 900), "-scans", Djpeg.ScanScript(Script), "-quality", "84");
        ThumbnailOptions options = new() { Width = width, Height = width * 3 / 4, Format = OutputFormat.Png };
        Thumbnail expected = new Thumbnailer().Make(Djpeg.ToSequential(file), options);
        Thumbnail actual = new Thumbnailer().Make(file, options);
        Assert.Equal((eighths, eighths), (expected.Eighths, actual.Eighths));
        (byte[] all, byte[] most) = (Decoding.All(expected.Data).Samples, Decoding.All(actual.Data).Samples);
        Assert.NotEqual(all, most);
        Assert.InRange(all.Zip(most, (a, b) => Math.Abs(a - b)).Average(), 0, 0.5);
        Assert.InRange(all.Zip(most, (a, b) => a - b).Average(), -0.2, 0.2);
    }

    [ToolFact("cjpeg")]
    public void A_later_scan_without_its_table_is_skipped()
    {
        byte[] file = Djpeg.Encode(TestPicture.Rgb(75, 51), "-progressive", "-grayscale");
        int scan = 0;
        byte[] broken = JpegFile.Change(file, JpegFile.ScanHeader, data => scan++ == 1 ? [.. data[..2], 0x33, .. data[3..]] : data);
        Assert.Equal("The JPEG file is truncated or corrupt; the parts that could not be decoded are gray.", Decoding.All(broken).Note);
    }

    [CorpusFact("djpeg")]
    public void Field_samples_decode_as_djpeg_does()
    {
        AssertSameAsDjpeg(File.ReadAllBytes(Corpus.Files("field", "B02-*.jpg")[0]));
        AssertSameAsDjpeg(File.ReadAllBytes(Corpus.Files("field", "B03-*.jpg")[0]));
    }

    private static void AssertSameAsDjpeg(byte[] file)
    {
        var actual = Decoding.All(file);
        Assert.Null(actual.Note);
        Assert.Equal(0, Djpeg.WorstDifference(Djpeg.Decode(file), actual.Width, actual.Height, actual.Samples));
    }

    /// <summary>The file with a segment in front of the header of a scan, counted from 0.</summary>
    private static byte[] WithBeforeScan(byte[] file, int scan, byte[] segment)
    {
        int at = -1;
        for (int i = 0; i <= scan; i++)
        {
            at += 1 + file.AsSpan(at + 1).IndexOf((byte[])[0xFF, JpegFile.ScanHeader]);
        }

        return [.. file[..at], .. segment, .. file[at..]];
    }

    private static string Refusal(byte[] file) => Assert.Throws<InvalidImageException>(() => Decoding.All(file)).Message;
}
