using System.Text;
using ResizeImage.Imaging.Formats.Deflate;
using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Png;

public class ChecksumTests
{
    private const string PythonChecksums = """
        import sys, zlib
        data = sys.stdin.buffer.read()
        for n in list(range(200)) + [5535, 5536, 5537, 11072, len(data)]:
            print(zlib.crc32(data[:n]), zlib.adler32(data[:n]))
        """;

    [Fact]
    public void Published_check_values()
    {
        Assert.Equal(0xCBF43926, Crc32.Append(0, "123456789"u8));
        Assert.Equal(0x11E60398u, Adler32.Of("Wikipedia"u8));
    }

    [PythonFact("zlib")]
    public void Checksums_are_those_of_zlib()
    {
        byte[] data = new byte[100_000];
        new Random(1).NextBytes(data);
        data.AsSpan(0, 6000).Fill(255);
        int[] lengths = [.. Enumerable.Range(0, 200), 5535, 5536, 5537, 11072, data.Length];
        string expected = Encoding.ASCII.GetString(ExternalProgram.Run(ExternalProgram.Python("zlib")!, ["-c", PythonChecksums], data));
        string actual = string.Concat(lengths.Select(n => $"{Crc32.Append(0, data.AsSpan(0, n))} {Adler32.Of(data.AsSpan(0, n))}\n"));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void A_CRC_can_be_continued_anywhere()
    {
        byte[] data = new byte[200];
        new Random(2).NextBytes(data);
        uint whole = Crc32.Append(0, data);
        for (int i = 0; i <= data.Length; i++)
        {
            Assert.Equal(whole, Crc32.Append(Crc32.Append(0, data.AsSpan(0, i)), data.AsSpan(i)));
        }
    }
}
