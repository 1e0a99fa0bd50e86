using ResizeImage.Imaging.Formats.Jpeg;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Jpeg;

/// <summary>Speculative decoding at three positions at once gives the result of sequential decoding.</summary>
public class LookAheadScanTests
{
    [SamplesFact]
    public void Photos() => Assert.All(Samples.Files("photos", "*.jpg").Where(path => !path.EndsWith("progressive.jpg", StringComparison.Ordinal)), path => AssertSame(File.ReadAllBytes(path), path));

    [ToolTheory("cjpeg")]
    [InlineData("-sample 2x2 -quality 100")] // codes of 16 bits, blocks that end without end-of-block
    [InlineData("-sample 1x1 -quality 98 -optimize")]
    [InlineData("-sample 2x1 -quality 75 -optimize")]
    [InlineData("-grayscale -quality 90")]
    [InlineData("-rgb -quality 90")] // all blocks use the same tables
    [InlineData("-quality 90 -restart 1")]
    [InlineData("-quality 97 -restart 7B")]
    [InlineData("-quality 90 -restart 1B")] // short intervals: each of three lanes decodes one
    [InlineData("-sample 2x1 -quality 96 -restart 4B")]
    [InlineData("-quality 30 -optimize -restart 60B")]
    [InlineData("-sample 1x1 -quality 99 -restart 140B")] // too long to read ahead in part
    [InlineData("-quality 3")] // blocks of a few bits
    public void Files_of_cjpeg(string options)
    {
        byte[] file = Djpeg.Encode(TestPicture.Rgb(1100, 900), options.Split(' '));
        AssertSame(file, options);
        AssertSame(file.AsMemory(0, file.Length * 2 / 3), options + ", cut off");
    }

    [CorpusFact]
    public void Damaged_files()
    {
        byte[] photo = File.ReadAllBytes(Corpus.Files("photos", "htc*.jpg")[0]);
        byte[][] restarts = Array.ConvertAll(
            (string[])["9B", "2B", "70B"], interval => Djpeg.Encode(TestPicture.Rgb(700, 500), "-quality", "95", "-restart", interval));
        var random = new Random(1);
        for (int trial = 0; trial < 120; trial++)
        {
            byte[] damaged = [.. trial % 4 == 3 ? photo : restarts[trial % 4]];
            for (int i = 0; i <= trial % 5; i++)
            {
                random.NextBytes(damaged.AsSpan(random.Next(1000, damaged.Length - 8), random.Next(1, 8)));
            }

            AssertSame(damaged, $"trial {trial}");
        }
    }

    [Fact]
    public void More_blocks_in_an_MCU_than_the_standard_allows()
    {
        byte[] file = JpegEncoder.Encode(new Bitmap(700, 500, 3, TestPicture.Samples(700, 500, 3)), 80);
        int frame = file.AsSpan().IndexOf([(byte)0xFF, JpegMarker.StartOfFrameBaseline]);
        for (int component = 0; component < 3; component++)
        {
            file[frame + 11 + (3 * component)] = 0x44; // 16 blocks each; the standard allows 10 in all
        }

        AssertSame(file, "48 blocks in an MCU");
    }

    private static void AssertSame(ReadOnlyMemory<byte> file, string what)
    {
        (Blocks[] whole, bool wholeIsDamaged) = Decode(file, 63);
        foreach (int last in (int[])[0, 1, 2, 3, 4, 5, 6, 7, 9, 14])
        {
            (Blocks[] low, bool lowIsDamaged) = Decode(file, last);
            Assert.Equal(wholeIsDamaged, lowIsDamaged);
            for (int c = 0; c < whole.Length; c++)
            {
                Assert.Equal(whole[c].Values.Keys.Order(), low[c].Values.Keys.Order());
                foreach ((var place, short[] block) in whole[c].Values)
                {
                    Assert.True(block.AsSpan(0, last + 1).SequenceEqual(low[c].Values[place]), $"{what}: component {c}, block {place}, {last}");
                }
            }
        }
    }

    private static (Blocks[] Components, bool Damaged) Decode(ReadOnlyMemory<byte> file, int last)
    {
        var segments = new JpegSegmentReader(file);
        ScanHeader header = segments.ReadToFirstScan();
        JpegFrame frame = segments.Frame!;

        // Not the first block columns, and not the last ones.
        Blocks[] sinks = [.. frame.Components.Select(c => new Blocks(new BlockDemand(1, c.PaddedBlocksPerRow - 1, 0, c.PaddedBlockRows, last)))];
        using var scan = SequentialScan.Open(new ScanContext(frame, header, segments.Tables, file), sinks);
        for (int row = 0; row < scan.McuRows; row++)
        {
            scan.DecodeMcuRow(row);
        }

        return (sinks, scan.Damaged);
    }

    /// <summary>Keeps all blocks, in zig-zag order.</summary>
    private sealed class Blocks(BlockDemand demand) : BlockSink
    {
        public Dictionary<(int Row, int Column), short[]> Values { get; } = [];

        public override BlockDemand Demand => demand;

        public override void Put(int column, int row, ReadOnlySpan<short> coefficients)
        {
            short[] block = new short[64];
            for (int k = 0; k < 64; k++)
            {
                block[k] = coefficients[ZigZag.NaturalOrder[k]];
            }

            Values.Add((row, column), block);
        }

        public override void PutRow(int row, CoefficientRow coefficients)
        {
            for (int i = 0; i < coefficients.Blocks; i++)
            {
                Values.Add((row, coefficients.FirstColumn + i), [.. Enumerable.Range(0, demand.LastCoefficient + 1).Select(k => (short)coefficients[k, i])]);
            }
        }
    }
}
