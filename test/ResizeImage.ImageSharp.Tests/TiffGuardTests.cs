using System.Diagnostics;
using ResizeImage.ImageSharp.Tests.Support;
using ResizeImage.Imaging;

namespace ResizeImage.ImageSharp.Tests;

/// <summary>
/// Kinds of TIFF on which ImageSharp 3.1.12 loops or writes out of bounds are refused before it decodes them. A file that gets past the guard
/// can end the process of these tests.
/// </summary>
public class TiffGuardTests
{
    private const ushort ModifiedHuffman = 2;
    private const ushort Group3 = 3;
    private const ushort Group4 = 4;

    private static readonly byte[] Data = RandomData(1);

    public static TheoryData<bool, ushort, bool, string> Fax => new()
    {
        { true, ModifiedHuffman, false, "CCITT modified Huffman" },
        { true, ModifiedHuffman, true, "CCITT modified Huffman" },
        { true, Group3, false, "CCITT group 3" },
        { true, Group3, true, "CCITT group 3" },
        { true, Group4, true, "CCITT group 4 in tiles" },
        { false, ModifiedHuffman, false, "CCITT modified Huffman" },
        { false, ModifiedHuffman, true, "CCITT modified Huffman" },
        { false, Group3, false, "CCITT group 3" },
        { false, Group3, true, "CCITT group 3" },
        { false, Group4, true, "CCITT group 4 in tiles" },
    };

    [Theory]
    [MemberData(nameof(Fax))]
    public void Fax_compression_is_refused(bool little, ushort compression, bool tiled, string kind)
    {
        TiffFile tiff = new(little);
        string expected = $"The file is a TIFF image compressed as a fax ({kind}), which ImageSharp does not read safely. Convert it to JPEG or PNG first.";
        Assert.Equal(expected, Refusal(tiff.Of(Data, TiffFile.Bilevel(compression, tiled))));

        // In any of several directories; ImageSharp decodes the first one only, but that is its decision.
        Assert.Equal(expected, Refusal(tiff.Of(Data, TiffFile.Bilevel(1), TiffFile.Bilevel(compression, tiled))));
        Assert.Equal(expected, Refusal(tiff.Of(Data, TiffFile.Bilevel(compression, tiled), TiffFile.Bilevel(1))));
        Assert.Equal(expected, Refusal(tiff.Of(Data, TiffFile.Bilevel(1), TiffFile.Bilevel(1, tiled: true), TiffFile.Bilevel(compression, tiled))));
    }

    /// <summary>The files are such that ImageSharp reads them where they are not compressed as a fax.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_same_files_without_compression_are_read(bool little)
    {
        TiffFile tiff = new(little);
        byte[] striped = Make(tiff.Of(Data, TiffFile.Bilevel(1)));
        Assert.Equal(striped, Make(tiff.Of(Data, TiffFile.Bilevel(1, tiled: true))));
        Assert.Equal(striped, Make(tiff.Of(Data, TiffFile.Bilevel(1), TiffFile.Bilevel(1, tiled: true))));
    }

    /// <summary>
    /// The tag can have another type, more values than one, or stand twice. What ImageSharp makes of that counts: it is refused, or is no
    /// fax to ImageSharp either. No file of any of these may end the process.
    /// </summary>
    [Fact]
    public void Odd_tags_lead_past_no_check()
    {
        int refused = 0;
        foreach (bool little in (bool[])[true, false])
        {
            TiffFile tiff = new(little);
            foreach (ushort compression in (ushort[])[ModifiedHuffman, Group3, Group4])
            {
                for (ushort type = 0; type < 19; type++)
                {
                    foreach (uint count in (uint[])[0, 1, 2, 5, uint.MaxValue])
                    {
                        TiffFile.Entry[] odd = TiffFile.Bilevel(compression, tiled: true, type, count);
                        TiffFile.Entry[] plain = TiffFile.Bilevel(1, tiled: true);
                        foreach (TiffFile.Entry[] entries in (TiffFile.Entry[][])[odd, [.. odd, .. plain], [.. plain, .. odd]])
                        {
                            Exception? exception = Record.Exception(() => Make(tiff.Of(Data, entries)));
                            Assert.True(exception is null or ImageException, $"{exception}");
                            refused += exception is UnsupportedImageException && exception.Message.Contains("fax", StringComparison.Ordinal) ? 1 : 0;
                        }
                    }
                }
            }
        }

        Assert.InRange(refused, 6, int.MaxValue);
    }

    /// <summary>Untiled group 4 stays readable; random data must do no more than fail.</summary>
    [Fact]
    public void Random_group_4_in_strips_is_tame()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            TiffFile tiff = new(seed % 2 == 0);
            Exception? exception = Record.Exception(() => Make(tiff.Of(RandomData(seed), TiffFile.Bilevel(Group4))));
            Assert.True(exception is null or ImageException, $"{exception}");
        }
    }

    [Theory]
    [InlineData("49492B000800000010000000000000000000000000000000")]
    [InlineData("4D4D002B0008000000000000000000100000000000000000")]
    [InlineData("49492B00080000001000000000000000FFFFFFFFFFFFFFFF")]
    [InlineData("4D4D002B000800000000000000000010FFFFFFFFFFFFFFFF")]
    [InlineData("49492B01")]
    [InlineData("4D4D012B")]
    public void BigTIFF_is_refused_before_its_header_is_read(string file)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Assert.Equal(
            "The file is a BigTIFF image, which ImageSharp does not read safely. Convert it to JPEG or PNG first.", Refusal(Convert.FromHexString(file)));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [CorpusFact]
    public void Files_that_ended_the_process_are_refused()
    {
        Assert.Contains("CCITT group 3", Field("t4-oob.tif"), StringComparison.Ordinal);
        Assert.Contains("CCITT modified Huffman", Field("mh-oob.tif"), StringComparison.Ordinal);
        Assert.Contains("compressed as a fax", Field("tiled-oob.tif"), StringComparison.Ordinal);
        Assert.Contains("BigTIFF", Field("bigtiff-loop.tif"), StringComparison.Ordinal);

        static string Field(string name) => Refusal(File.ReadAllBytes(Corpus.Files("field", name)[0]));
    }

    private static byte[] RandomData(int seed)
    {
        byte[] data = new byte[256];
        new Random(seed).NextBytes(data);
        return data;
    }

    private static byte[] Make(byte[] file) => new ImageSharpThumbnailer().Make(file, new ThumbnailOptions { Format = OutputFormat.Png }).Data;

    private static string Refusal(byte[] file)
    {
        string message = Assert.Throws<UnsupportedImageException>(() => Make(file)).Message;
        Assert.Equal(message, Assert.Throws<UnsupportedImageException>(() => new ImageSharpThumbnailer().Identify(file)).Message);
        return message;
    }
}
