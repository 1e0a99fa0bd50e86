using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Tests.Color;

namespace ResizeImage.Imaging.Tests.Formats.Png;

/// <summary>The precedence of color chunks (PNG third edition, 4.3), and the meaning of the simple ones.</summary>
public class PngColorSpaceTests
{
    private static readonly byte[] Plain = Thumbnail();
    private static readonly byte[] Srgb = PngFile.Chunk("sRGB", [0]);
    private static readonly byte[] Linear = Gamma(100000);
    private static readonly byte[] AdobeProfile = ProfiledPicture.Iccp(IccFile.Rgb(2, IccFile.AdobeRgb, IccFile.Gamma(2.19921875)));

    // Adobe RGB's primaries and gamma: red, green, blue after white.
    private static readonly byte[] AdobePrimaries = Chromaticities(31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000);
    private static readonly byte[] AdobeGamma = Gamma(45470);

    [Fact]
    public void CICP_comes_before_iCCP_before_sRGB_before_gAMA()
    {
        byte[] p3 = Thumbnail(Cicp(12, 13));
        Assert.NotEqual(Plain, p3);
        Assert.Equal(p3, Thumbnail(Linear, Srgb, AdobeProfile, Cicp(12, 13)));
        byte[] adobe = Thumbnail(AdobeProfile);
        Assert.NotEqual(Plain, adobe);
        Assert.Equal(adobe, Thumbnail(Linear, Srgb, AdobeProfile));
        Assert.Equal(Plain, Thumbnail(Linear, Srgb));
        Assert.NotEqual(Plain, Thumbnail(Linear));
    }

    [Fact]
    public void Of_chunks_of_one_kind_the_first_counts()
    {
        Assert.Equal(Thumbnail(Linear), Thumbnail(Linear, AdobeGamma));
        Assert.Equal(Thumbnail(AdobePrimaries), Thumbnail(AdobePrimaries, Chromaticities(31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)));
        Assert.Equal(Thumbnail(Cicp(12, 13)), Thumbnail(Cicp(12, 13), Cicp(9, 13)));
        Assert.Equal(Thumbnail(AdobeProfile), Thumbnail(AdobeProfile, ProfiledPicture.Iccp(IccFile.Rgb(2, IccFile.ProPhoto, IccFile.Gamma(1.8)))));
    }

    [Fact]
    public void The_usual_gamma_is_sRGB()
    {
        byte[] srgbPrimaries = Chromaticities(31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000);
        Assert.Equal(Plain, Thumbnail(Gamma(45455)));
        Assert.Equal(Plain, Thumbnail(Gamma(45455), srgbPrimaries));
        Assert.Equal(Plain, Thumbnail(srgbPrimaries));
        Assert.Equal(Plain, Thumbnail(Gamma(0)));
        Assert.Equal(Plain, Thumbnail(PngFile.Chunk("gAMA", [1])));
        Assert.Equal(Plain, Thumbnail(PngFile.Chunk("cHRM", [1, 2, 3])));
    }

    [Fact]
    public void Primaries_and_gamma_are_like_the_profile_of_that_space()
    {
        // gAMA would be taken for sRGB's; the next exponent that is not.
        byte[] exact = ProfiledPicture.Iccp(IccFile.Rgb(2, IccFile.AdobeRgb, IccFile.Gamma(1.8)));
        (double mean, double worst) = DeltaE.Of(Thumbnail(exact), Thumbnail(AdobePrimaries, Gamma(55556)));
        Assert.True(mean < 0.1 && worst < 1, $"{mean}, {worst}");
        (mean, _) = DeltaE.Of(Thumbnail(AdobeProfile), Thumbnail(AdobePrimaries, AdobeGamma));
        Assert.True(mean < 1, $"{mean}");
    }

    [Fact]
    public void A_gamma_of_1_is_linear_light()
    {
        byte[] gray = ProfiledPicture.Actual(ProfiledPicture.Png(8, PngColorType.Grayscale, Linear));
        byte[] samples = ProfiledPicture.Smooth(1);
        for (int i = 0; i < samples.Length; i++)
        {
            double code = 255 * (samples[i] <= 0.0031308 * 255 ? 12.92 * samples[i] / 255 : (1.055 * Math.Pow(samples[i] / 255.0, 1 / 2.4)) - 0.055);
            Assert.InRange(gray[3 * i], code - 0.51, code + 0.51);
        }
    }

    [Fact]
    public void Sixteen_bits_keep_their_precision()
    {
        // All within one 8-bit code of linear light, near black where a code of sRGB is far smaller.
        const int Levels = 13;
        byte[] line = [0, .. Enumerable.Range(0, Levels).SelectMany(i => (byte[])[0, (byte)(i * 20)])];
        byte[] file = PngFile.Of(PngFile.Header(Levels, 1, 16, PngColorType.Grayscale), Linear, PngFile.Data(line), PngFile.End);
        Thumbnail made = new Thumbnailer().Make(file, new ThumbnailOptions { Width = Levels, Height = 1, Format = OutputFormat.Png });
        byte[] actual = Support.Decoding.All(made.Data).Samples;
        Assert.Equal(Enumerable.Range(0, Levels).Select(i => (byte)Math.Round(i * 20 / 65535.0 * 12.92 * 255)), actual);
        Assert.True(actual.Distinct().Count() > 10);
    }

    [Fact]
    public void Unusable_color_chunks_are_reported()
    {
        const string Unknown = "The PNG's color space (chunk cICP) is not known and was ignored; its colors may be off.";
        Assert.Equal(Plain, Thumbnail(Unknown, Cicp(2, 13)));
        Assert.Equal(Plain, Thumbnail(Unknown, PngFile.Chunk("cICP", [12, 13, 1, 1])));
        Assert.Equal(Plain, Thumbnail(Unknown, PngFile.Chunk("cICP", [12, 13, 0, 0])));
        Assert.Equal(Plain, Thumbnail(Unknown, PngFile.Chunk("cICP", [12])));
        const string Senseless = "The image's color primaries make no sense and were ignored; its colors may be off.";
        Assert.Equal(Plain, Thumbnail(Senseless, Chromaticities(31270, 32900, 64000, 33000, 64000, 33000, 64000, 33000)));
        Assert.Equal(Plain, Thumbnail(Senseless, Chromaticities(0, 0, 0, 0, 0, 0, 0, 0)));
        const string Damaged = "The PNG's ICC profile was ignored: its chunk (iCCP) is corrupt. Its colors may be off.";
        Assert.Equal(Plain, Thumbnail(Damaged, PngFile.Chunk("iCCP", [.. "name"u8])));
        Assert.Equal(Plain, Thumbnail(Damaged, PngFile.Chunk("iCCP", [.. "name\0\x01"u8, .. PngFile.Deflate(new byte[300])])));
        const string Packed = "The PNG's ICC profile was ignored: it cannot be unpacked. Its colors may be off.";
        Assert.Equal(Plain, Thumbnail(Packed, PngFile.Chunk("iCCP", [.. "name\0\0"u8, 1, 2, 3, 4])));
        Assert.Equal(Plain, Thumbnail(Packed, PngFile.Chunk("iCCP", [.. "name\0\0"u8, .. PngFile.Deflate([1, 2, 3])])));
    }

    [Fact]
    public void A_profile_that_unpacks_to_a_gigabyte_costs_little()
    {
        byte[] bomb = PngFile.Deflate([0x7F, 0xFF, 0xFF, 0xFF, .. new byte[64 << 20]]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Plain, Thumbnail("The image's ICC profile was ignored: it is no profile. Its colors may be off.", PngFile.Chunk("iCCP", [.. "name\0\0"u8, .. bomb])));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 12 << 20);
    }

    private static byte[] Thumbnail(params byte[][] chunks) => Thumbnail(null, chunks);

    private static byte[] Thumbnail(string? note, params byte[][] chunks) =>
        ProfiledPicture.Actual(ProfiledPicture.Png(8, PngColorType.Truecolor, chunks), note: note);

    private static byte[] Cicp(byte primaries, byte transfer) => PngFile.Chunk("cICP", [primaries, transfer, 0, 1]);

    private static byte[] Gamma(uint value) => PngFile.Chunk("gAMA", PngFile.Big(value));

    private static byte[] Chromaticities(params uint[] values) => PngFile.Chunk("cHRM", [.. values.SelectMany(PngFile.Big)]);
}
