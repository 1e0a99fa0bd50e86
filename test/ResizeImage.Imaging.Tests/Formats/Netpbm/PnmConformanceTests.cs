using System.Runtime.InteropServices;
using System.Text;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Netpbm;

/// <summary>Netpbm's formats: samples as its own programs decode them, and the rules of pbm(5) to pam(5).</summary>
public class PnmConformanceTests
{
    [SamplesFact("pamdepth")]
    public void Files_decode_exactly_as_pamdepth_does() => Assert.All(Samples.Files("conformance/pnm", "*.*"), path =>
    {
        byte[] file = File.ReadAllBytes(path);
        (int width, int height, PixelLayout layout, byte[] samples, string? note) = Decoding.All(file);
        Assert.Null(note);
        bool wide = layout is PixelLayout.Gray16 or PixelLayout.Rgb16 or PixelLayout.Rgba16;
        byte[] expected = ExternalProgram.Run("pamdepth", [wide ? "65535" : "255"], file);

        // The raster of the output is its end; that of a concatenation begins after its first header, which has three lines.
        int stored = width * height * Channels(file) * (wide ? 2 : 1);
        byte[] raster = Path.GetFileName(path) == "concatenated.ppm" ? expected[11..][..stored] : expected[^stored..];
        Assert.Equal(Widened(raster, wide, Channels(file) == 2), samples);
    });

    /// <summary>Pixels of big-endian samples in the engine's layout.</summary>
    private static byte[] Widened(byte[] raster, bool wide, bool grayAlpha)
    {
        ushort[] samples = [.. Enumerable.Range(0, raster.Length / (wide ? 2 : 1)).Select(i => wide ? (ushort)((raster[2 * i] << 8) | raster[(2 * i) + 1]) : raster[i])];
        if (grayAlpha)
        {
            samples = [.. samples.Chunk(2).SelectMany(pixel => (ushort[])[pixel[0], pixel[0], pixel[0], pixel[1]])];
        }

        return wide ? MemoryMarshal.AsBytes<ushort>(samples).ToArray() : [.. samples.Select(sample => (byte)sample)];
    }

    private static int Channels(byte[] file)
    {
        if (file[1] != '7')
        {
            return file[1] is (byte)'3' or (byte)'6' ? 3 : 1;
        }

        string header = Encoding.Latin1.GetString(file[..120]);
        return header[header.IndexOf("DEPTH ", StringComparison.Ordinal) + 6] - '0';
    }

    public static TheoryData<string, byte[]> Valid => new()
    {
        { "P5 2 1 255 AB", [65, 66] },
        { "P5\n# a comment\n2 # another\n1\n255\nAB", [65, 66] },
        { "P5\r2\r1\r255\rAB", [65, 66] },
        { "P5\t2\v1\f255\nAB", [65, 66] },
        { "P5 2 1 255\n#B", [35, 66] }, // a comment cannot begin after the single white space
        { "P2 2 1 255\n65\n # in the raster\n66", [65, 66] },
        { "P2 2 1 10 5 99", [128, 255] }, // above the maximum; 5 · 255 / 10 is 127.5
        { "P2 2 1 10 1 2", [26, 51] },
        { "P1 4 1 10 1\n0", [0, 255, 0, 255] },
        { "P4 4 1\n\u00a0", [0, 255, 0, 255] },
        { "P7\nWIDTH 2\nHEIGHT 1\nDEPTH 1\nMAXVAL 255\nENDHDR\nAB", [65, 66] },
        { "P7\n#\nMAXVAL 255\n\nDEPTH 1\n  HEIGHT   1 \nWIDTH\t2\nTUPLTYPE GRAYSCALE\nENDHDR\nAB", [65, 66] },
    };

    [Theory]
    [MemberData(nameof(Valid))]
    public void Grammar_is_that_of_Netpbm(string text, byte[] expected)
    {
        (_, _, PixelLayout layout, byte[] samples, string? note) = Decoding.All(Encoding.Latin1.GetBytes(text));
        Assert.Equal((PixelLayout.Gray8, null), (layout, note));
        Assert.Equal(expected, samples);
    }

    [Theory]
    [InlineData("P5 0 1 255\nA", "is corrupt: its width")]
    [InlineData("P5 1 99999999999 255\nA", "is corrupt: its height")]
    [InlineData("P5 1 1 0\nA", "is corrupt: its maximum")]
    [InlineData("P5 1 1 65536\nA", "is corrupt: its maximum")]
    [InlineData("P5 1 1 2x\nA", "is corrupt: its maximum")]
    [InlineData("P5 1 1 ", "truncated within its header")]
    [InlineData("P5 2 1 255\nA", "before the end of its first row")]
    [InlineData("P2 2 1 255\n1", "before the end of its first row")]
    [InlineData("P2 2 1 255\n1 x", "before the end of its first row")]
    [InlineData("P2 2 1 255\n1 -1", "before the end of its first row")]
    [InlineData("P1 2 1\n12", "before the end of its first row")]
    [InlineData("P7\nWIDTH 2\nHEIGHT 1\nDEPTH 1\nENDHDR\nAB", "lacks WIDTH")]
    [InlineData("P7\nWIDTH 2\nHEIGHT 1\nDEPTH 2\nMAXVAL 9\nTUPLTYPE RGB\nENDHDR\nAB", "depth 3 is expected")]
    [InlineData("P7\nWIDTH 2\nHEIGHT 1\nDEPTHS 2\nMAXVAL 9\nENDHDR\nAB", "\"DEPTHS\"")]
    [InlineData("P7\nWIDTH -2\n", "its width")]
    [InlineData("P7\nWIDTH 2\n", "truncated within its header")]
    public void Corrupt_files_are_refused(string text, string part) => Assert.Contains(
        part,
        RefusalAdvice.AssertAdvises(Assert.Throws<InvalidImageException>(() => new Thumbnailer().Make(Encoding.Latin1.GetBytes(text), new ThumbnailOptions()))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE CMYK\nENDHDR\nABCD", "a PAM of tuple type CMYK;")]
    [InlineData("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 7\nMAXVAL 255\nENDHDR\nABCD", "a PAM of 7 samples a pixel;")]
    [InlineData("PF\n1 1\n-1.0\nABCD", "a PFM image")]
    public void Other_kinds_are_refused_by_name(string text, string part) => Assert.Contains(
        part,
        RefusalAdvice.AssertAdvises(Assert.Throws<UnsupportedImageException>(() => new Thumbnailer().Make(Encoding.Latin1.GetBytes(text), new ThumbnailOptions()))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_long_comment_does_not_hide_the_format()
    {
        byte[] file = Encoding.ASCII.GetBytes($"P5\n#{new string('x', 100_000)}\n2 1 255\nAB");
        Assert.Equal([65, 66], Decoding.All(file).Samples);
    }
}
