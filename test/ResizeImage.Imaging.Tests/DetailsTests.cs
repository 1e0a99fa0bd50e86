using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Tests.Formats.Heif;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests;

/// <summary>What Thumbnailer.Describe says of files of every format.</summary>
public class DetailsTests
{
    [SamplesTheory]
    [InlineData("jpeg/420-q75.jpg", "YCbCr 4:2:0, 8 bits, sRGB (assumed), opaque, sequential DCT")]
    [InlineData("jpeg/410-q70.jpg", "YCbCr 4:1:0, 8 bits, sRGB (assumed), opaque, sequential DCT")]
    [InlineData("jpeg/441-q70.jpg", "YCbCr, chroma of 1 × 4 pixels, 8 bits, sRGB (assumed), opaque, sequential DCT")]
    [InlineData("jpeg/uneven-chroma.jpg", "YCbCr, factors 2 × 2, 1 × 2, 2 × 1, 8 bits, sRGB (assumed), opaque, sequential DCT")]
    [InlineData("jpeg/progressive-444.jpg", "YCbCr 4:4:4, 8 bits, sRGB (assumed), opaque, progressive DCT")]
    [InlineData("jpeg/gray-q90.jpg", "gray, 8 bits, sRGB (assumed), opaque, sequential DCT")]
    [InlineData("jpeg/rgb-q85.jpg", "RGB, 8 bits, sRGB (assumed), opaque, sequential DCT")]
    [InlineData("jpeg/cmyk.jpg", "CMYK, 8 bits, sRGB (assumed), opaque, sequential DCT")]
    [InlineData("jpeg/srgb-profile.jpg", "YCbCr 4:2:0, 8 bits, sRGB built-in, opaque, sequential DCT")]
    [InlineData("png/gray-16-interlaced.png", "gray, 16 bits, sRGB (assumed), opaque, Deflate, interlaced")]
    [InlineData("png/gray-alpha-8.png", "gray, 8 bits, sRGB (assumed), alpha, Deflate")]
    [InlineData("png/palette-2.png", "palette, 2 bits, sRGB (assumed), opaque, Deflate")]
    [InlineData("png/gamma-and-primaries.png", "RGB, 8 bits, primaries and gamma of the file, opaque, Deflate")]
    [InlineData("webp/lossy-q80.webp", "YCbCr 4:2:0, 8 bits, sRGB (assumed), opaque, VP8, lossy")]
    [InlineData("webp/alpha-lossy.webp", "YCbCr 4:2:0, 8 bits, sRGB (assumed), alpha, VP8, lossy")]
    [InlineData("webp/animated-small-first-frame.webp", "YCbCr 4:2:0, 8 bits, sRGB (assumed), alpha, VP8, lossy")]
    [InlineData("webp/lossless.webp", "RGB, 8 bits, sRGB (assumed), opaque, VP8L, lossless")]
    [InlineData("gif/colors-256.gif", "palette, 8 bits, sRGB (assumed), opaque, LZW")]
    [InlineData("gif/transparent-interlaced.gif", "palette, 8 bits, sRGB (assumed), alpha, LZW, interlaced")]
    [InlineData("bmp/palette-4.bmp", "palette, 4 bits, sRGB (assumed), opaque, none")]
    [InlineData("bmp/rgb-565.bmp", "RGB, 6 bits, sRGB (assumed), opaque, none")]
    [InlineData("bmp/rgba-32-v4.bmp", "RGB, 8 bits, sRGB (assumed), alpha, none")]
    [InlineData("bmp/rle8.bmp", "palette, 8 bits, sRGB (assumed), opaque, RLE8")]
    [InlineData("tiff/bilevel-packbits.tif", "gray, 1 bits, sRGB (assumed), opaque, PackBits")]
    [InlineData("tiff/fax-group4.tif", "gray, 1 bits, sRGB (assumed), opaque, CCITT group 4")]
    [InlineData("tiff/rgb-lzw-predictor.tif", "RGB, 8 bits, sRGB (assumed), opaque, LZW with predictor")]
    [InlineData("tiff/rgba-lzw.tif", "RGB, 8 bits, sRGB (assumed), alpha, LZW with predictor")]
    [InlineData("tiff/ycbcr-jpeg-tiles.tif", "YCbCr, 8 bits, sRGB (assumed), opaque, JPEG, 2 × 2 tiles of 32 × 16")]
    [InlineData("qoi/scene.qoi", "RGB, 8 bits, sRGB (assumed), opaque, QOI")]
    [InlineData("qoi/linear.qoi", "RGB, 8 bits, sRGB linear, opaque, QOI")]
    [InlineData("pnm/plain.pbm", "gray, 1 bits, sRGB (assumed), opaque, none, plain text")]
    [InlineData("pnm/raw-1023.pgm", "gray, 10 bits, sRGB (assumed), opaque, none")]
    [InlineData("pnm/rgb-alpha-65535.pam", "RGB, 16 bits, sRGB (assumed), alpha, none")]
    [InlineData("ico/palette-4.ico", "palette, 4 bits, sRGB (assumed), alpha, none")]
    [InlineData("ico/png.ico", "RGB, 8 bits, sRGB (assumed), alpha, Deflate")]
    [InlineData("tga/palette-rle.tga", "palette, 8 bits, sRGB (assumed), opaque, RLE")]
    [InlineData("tga/rgb-15.tga", "RGB, 5 bits, sRGB (assumed), opaque, none")]
    [InlineData("tga/rgba-32.tga", "RGB, 8 bits, sRGB (assumed), alpha, none")]
    [InlineData("raw/nef.nef", "YCbCr 4:2:0, 8 bits, sRGB (assumed), opaque, sequential DCT")]
    public void Samples_are_described(string name, string expected)
    {
        byte[] file = File.ReadAllBytes(Samples.InRepository("conformance/" + Path.GetDirectoryName(name), Path.GetFileName(name))[0]);
        ImageDetails details = new Thumbnailer().Describe(file);
        Assert.Equal(new Thumbnailer().Identify(file), details.Info);
        Assert.Equal(expected, Line(details));
    }

    [CorpusTheory]
    [InlineData("iphone7-ios12.1.heic", "YCbCr 4:2:0, 8 bits, Display P3, opaque, HEVC, 8 × 6 tiles of 512 × 512")]
    [InlineData("ios18-screenshot-heix-10bit-alpha.heic", "YCbCr 4:2:0, 10 bits, Display P3, alpha, HEVC, 4 × 2 tiles of 512 × 512")]
    [InlineData("canon-pq-422-10bit.hif", "YCbCr 4:2:2, 10 bits, BT.2020 PQ, opaque, HEVC, 2 × 2 tiles of 1216 × 832")]
    [InlineData("x265-422.heic", "YCbCr 4:2:2, 8 bits, sRGB, opaque, HEVC")]
    [InlineData("xiaomi-5mp.heic", "YCbCr 4:2:0, 8 bits, BT.470 System B, G with the curve of sRGB, opaque, HEVC, 6 × 4 tiles of 512 × 512")]
    [InlineData("nokia-overlay-iovl.heic", "YCbCr 4:2:0, 8 bits, sRGB (assumed), opaque, HEVC, overlay of 4")]
    public void HEIC_photos_are_described(string name, string expected) =>
        Assert.Equal(expected, Line(new Thumbnailer().Describe(File.ReadAllBytes(Corpus.Files("heif/heic", name)[0]))));

    [Theory]
    [InlineData(1, 13, "sRGB")]
    [InlineData(12, 13, "Display P3")]
    [InlineData(9, 18, "BT.2020 HLG")]
    [InlineData(9, 13, "BT.2020 with the curve of sRGB")]
    [InlineData(1, 8, "BT.709 linear")]
    [InlineData(2, 2, "sRGB (assumed)")]
    public void Code_points_have_names(int primaries, int transfer, string expected)
    {
        PictureHeader header = new(8, 6, ChromaFormat.Yuv444, 12, 12, null);
        ImageDecoder decoder = HeifRead.Open(new HeifFile().Item(
            1, "hvc1", PaintCodec.Flat(1, 2, 3), PaintCodec.HvcC(header), HeifFile.Nclx(primaries, transfer, 1, true)));
        Assert.Equal($"YCbCr 4:4:4, 12 bits, {expected}, opaque, HEVC", Line(decoder.Describe()));
    }

    [Fact]
    public void A_profile_has_the_name_in_its_description()
    {
        Assert.Equal("Display P3", NameOf(Desc("Display P3\0")));
        Assert.Equal("Display P3", NameOf(Mluc(("de", "Anzeige P3"), ("en", "Display P3"), ("fr", "Affichage P3"))));
        Assert.Equal("Anzeige P3", NameOf(Mluc(("de", "Anzeige P3"))));
        Assert.Equal("ICC profile", NameOf(Mluc()));
        Assert.Equal("ICC profile", NameOf("text\0\0\0\0x"u8.ToArray()));
    }

    /// <summary>A file must not reach the terminal that shows its details.</summary>
    [Fact]
    public void A_description_is_printable_and_short()
    {
        Assert.Equal("?[31mred?]0;", NameOf(Desc("\u001b[31mred\u009d]0;\0")));
        Assert.Equal("a?b??", NameOf(Mluc(("en", "a\u202eb\ud83d\ude00"))));
        Assert.Equal(new string('x', 100), NameOf(Desc(new string('x', 5000))));
        Assert.Equal(new string('x', 100), NameOf(Mluc(("en", new string('x', 5000)))));
    }

    [Fact]
    public void Corrupt_descriptions_and_profiles_are_ignored()
    {
        byte[] valid = Mluc(("en", "Display P3"));
        for (int i = 0; i < valid.Length; i++)
        {
            foreach (byte value in (byte[])[0, 1, 127, 255])
            {
                Assert.NotEmpty(NameOf([.. valid[..i], value, .. valid[(i + 1)..]]));
            }

            Assert.NotEmpty(NameOf(valid[..i]));
        }

        Assert.Equal("sRGB (assumed; the ICC profile is ignored: it is truncated)", ColorEncoding.OfIccProfile(new byte[20]).Name);
    }

    private static string Line(ImageDetails details) =>
        $"{details.Color}, {details.BitsPerSample} bits, {details.ColorProfile}, {(details.HasAlpha ? "alpha" : "opaque")}, {details.Compression}"
        + (details.Tiles is { } tiles ? $", {tiles.Columns} × {tiles.Rows} tiles of {tiles.Width} × {tiles.Height}" : "");

    /// <summary>The name of a profile whose only tag is "desc".</summary>
    private static string NameOf(byte[] desc)
    {
        byte[] profile = new byte[128 + 4 + 12];
        profile[8] = 4;
        "RGB XYZ "u8.CopyTo(profile.AsSpan(16));
        "acsp"u8.CopyTo(profile.AsSpan(36));
        byte[] table = [0, 0, 0, 1, .. "desc"u8, .. HeifFile.U32(profile.Length), .. HeifFile.U32(desc.Length)];
        table.CopyTo(profile, 128);
        return ColorEncoding.OfIccProfile((byte[])[.. profile, .. desc]).Name;
    }

    private static byte[] Desc(string text) => [.. "desc\0\0\0\0"u8, .. HeifFile.U32(text.Length), .. System.Text.Encoding.Latin1.GetBytes(text)];

    private static byte[] Mluc(params (string Language, string Text)[] records)
    {
        List<byte> table = [.. "mluc\0\0\0\0"u8, .. HeifFile.U32(records.Length), .. HeifFile.U32(12)];
        List<byte> texts = [];
        foreach ((string language, string text) in records)
        {
            byte[] utf16 = System.Text.Encoding.BigEndianUnicode.GetBytes(text);
            table.AddRange([.. System.Text.Encoding.ASCII.GetBytes(language + "US"), .. HeifFile.U32(utf16.Length), .. HeifFile.U32(16 + (12 * records.Length) + texts.Count)]);
            texts.AddRange(utf16);
        }

        return [.. table, .. texts];
    }
}
