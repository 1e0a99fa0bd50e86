using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Unread;

/// <summary>Files that are not read and that take more than a signature to name.</summary>
public class UnreadFileTests
{
    private static readonly string Readable = $"{InputFormat.List()} are read";

    public static TheoryData<string, string[], string> Brands => new()
    {
        { "avif", ["avif", "mif1", "miaf"], "an AVIF image" },
        { "avis", ["avis", "msf1"], "an AVIF image" },
        { "mif1", ["mif1", "avif"], "an AVIF image" },
        { "crx ", ["crx ", "isom"], "a Canon raw photo (CR3)" },
        { "jp2 ", ["jp2 "], "a JPEG 2000 image" },
    };

    [Theory]
    [MemberData(nameof(Brands))]
    public void Brands_tell_images_apart(string major, string[] compatible, string name) => Assert.Equal(Unsupported(name), Unsupported(Ftyp(major, compatible)));

    public static TheoryData<string, string[], string> VideoBrands => new()
    {
        { "mp42", ["isom", "mp42"], "an MP4 video" },
        { "mp41", [], "an MP4 video" },
        { "isom", ["isom", "iso2", "avc1", "mp41"], "an MP4 video" },
        { "iso5", ["avc1"], "an MP4 video" },
        { "MSNV", ["MSNV", "mp42"], "an MP4 video" },
        { "XAVC", ["XAVC", "mp42"], "an MP4 video" },
        { "hvc1", ["isom"], "an MP4 video" },
        { "M4V ", ["M4V ", "mp42"], "an MP4 video (M4V)" },
        { "qt  ", ["qt  "], "a QuickTime video (MOV)" },
        { "3gp4", ["isom", "3gp4"], "a 3GP video" },
        { "3gp6", ["3gp6"], "a 3GP video" },
        { "3g2a", ["3g2a"], "a 3GP video" },
    };

    [Theory]
    [MemberData(nameof(VideoBrands))]
    public void Videos_are_not_taken_for_HEIC(string major, string[] compatible, string name) => Assert.Equal(Video(name), Invalid(Ftyp(major, compatible)));

    [Fact]
    public void Other_media_files()
    {
        Assert.Equal(Other("an MP4 audio file (M4A)"), Invalid(Ftyp("M4A ", "mp42", "isom")));
        Assert.Equal(Other("a media file of the brand \"zz:y\""), Invalid(Ftyp("zz:y")));
        Assert.Equal(Other("a media file of the brand \"a\""), Invalid(Ftyp("\r\u001b\u0085a")));
        Assert.Equal(Video("a QuickTime video (MOV)"), Invalid([0, 0, 16, 0, .. "moov"u8, 0, 0, 0, 108, .. "mvhd"u8]));
        Assert.Equal(Video("a QuickTime video (MOV)"), Invalid([0, 0, 0, 8, .. "wide"u8, 0, 1, 0, 0, .. "mdat"u8]));
        Assert.Equal(Video("a WebM video"), Invalid([0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x86, 0x81, 1, 0x42, 0x82, 0x84, .. "webm"u8, 0x42, 0x87, 0x81, 4]));
        Assert.Equal(Video("a Matroska video (MKV)"), Invalid([0x1A, 0x45, 0xDF, 0xA3, 0xA3, 0x42, 0x82, 0x88, .. "matroska"u8, 0x42, 0x87, 0x81, 4]));
        Assert.Equal(Video("an MPEG transport stream (video)"), Invalid(Packets(188, 0)));
        Assert.Equal(Video("an MPEG transport stream (video)"), Invalid(Packets(192, 4)));
        Assert.Equal(Other("an MP3 audio file"), Invalid([0xFF, 0xFB, 0x90, 0x64, .. new byte[100]]));
        Assert.Equal(Other("an AAC audio file"), Invalid([0xFF, 0xF1, 0x50, 0x80, .. new byte[100]]));

        static byte[] Packets(int length, int sync) => [.. Enumerable.Range(0, 4 * length).Select(i => i % length == sync ? (byte)0x47 : (byte)(i | 0x80))];
    }

    [Fact]
    public void Raw_photos_in_TIFF_are_distinguished_from_TIFF()
    {
        (ushort Tag, object Value) preview = (0xFE, 1u);
        (ushort Tag, object Value) subIfds = (0x14A, 500u);
        const string WithoutSize = "The TIFF is corrupt: its directory says 0 × 0 pixels. Upload an undamaged copy.";
        foreach (bool little in (bool[])[true, false])
        {
            Assert.Equal(WithoutSize, new Refused(Tiff(little, (0x103, (ushort)5), (0x10F, "NIKON CORPORATION"))).Message);
            Assert.Equal(Unsupported("a raw photo (DNG)"), Unsupported(Tiff(little, preview, (0x10F, "Apple"), (0xC612, 0x01040000u))));
            Assert.Equal(Unsupported("a Nikon raw photo (NEF)"), Unsupported(Tiff(little, preview, (0x10F, "NIKON CORPORATION"), subIfds)));
            Assert.Equal(Unsupported("a Sony raw photo (ARW)"), Unsupported(Tiff(little, preview, (0x10F, "SONY"), subIfds)));
            Assert.Equal(Unsupported("a Pentax raw photo (PEF)"), Unsupported(Tiff(little, (0x103, (ushort)65535), (0x10F, "PENTAX Corporation"))));
            Assert.Equal(Unsupported("a Samsung raw photo (SRW)"), Unsupported(Tiff(little, preview, (0x10F, "SAMSUNG"), subIfds)));
            Assert.Equal(WithoutSize, new Refused(Tiff(little, preview, (0x10F, "Adobe"), subIfds)).Message);
        }

        Assert.Equal(Unsupported("a Canon raw photo (CR2)"), Unsupported([.. "II*\0"u8, 16, 0, 0, 0, .. "CR"u8, 2, 0]));
        Assert.Equal("The TIFF ends after 4 bytes, before its directory. Upload the complete file.", new Refused("II*\0"u8.ToArray()).Message);
        Assert.Equal(
            "The TIFF ends after 11 bytes, before its directory. Upload the complete file.", new Refused([.. "MM\0*"u8, 0xFF, 0xFF, 0xFF, 0xF0, 1, 2, 3]).Message);
    }

    [ToolFact("convert")]
    public void Formats_without_a_signature_are_known_by_their_header()
    {
        byte[] picture = new Pnm(33, 21, 3, TestPicture.Samples(33, 21, 3)).ToFile();
        (string Format, string[] Options, string Name)[] formats =
        [
            ("pcx", [], "a PCX image"),
            ("pfm", [], Pfm),
        ];
        Assert.All(formats, format =>
        {
            byte[] file = ExternalProgram.Run("convert", ["ppm:-", .. format.Options, format.Format + ":-"], picture);
            Assert.Equal(Unsupported(format.Name), Unsupported(file));
        });
    }

    private const string Pfm = "a PFM image (Netpbm with floating-point samples)";

    [Fact]
    public void PFM_is_known_by_its_sizes() => Assert.Equal(Unsupported(Pfm), Unsupported("PF\r\n10 10\n-1.0\n"u8.ToArray()));

    public static TheoryData<string, string> Drawings => new()
    {
        { "<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing" },
        { "<?xml version='1.0' encoding='UTF-8'?>\n<svg width='1'/>", "an SVG drawing" },
        { "\uFEFF<?xml version='1.0'?><svg/>", "an SVG drawing" },
        { "  \r\n<!-- by hand --><!-- <html> --><svg:svg xmlns:svg='http://www.w3.org/2000/svg'/>", "an SVG drawing" },
        { "<?xml version='1.0'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'><svg/>", "an SVG drawing" },
        { "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY ns 'http://www.w3.org/2000/svg'> <!ENTITY a '>'>]><svg xmlns='&ns;'/>", "an SVG drawing" },
    };

    [Theory]
    [MemberData(nameof(Drawings))]
    public void SVG_is_an_image(string text, string name)
    {
        Assert.Equal(Unsupported(name), Unsupported(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(Unsupported(name), Unsupported([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text.TrimStart('\uFEFF'))]));
        Assert.Equal(Unsupported(name), Unsupported([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text.TrimStart('\uFEFF'))]));
        Assert.Equal(Unsupported($"{name} compressed with gzip (SVGZ)"), Unsupported(Gzip(Encoding.UTF8.GetBytes(text))));
    }

    public static TheoryData<string, string> Texts => new()
    {
        { "hello, this is text", "text: \"hello, this is text\"" },
        { "hi", "text: \"hi\"" },
        { "BMW 320d, first owner", "text: \"BMW 320d, first owner\"" },
        { "P6 is a name", "text: \"P6 is a name\"" },
        { "P1 2nd floor", "text: \"P1 2nd floor\"" },
        { "P7 too", "text: \"P7 too\"" },
        { "The wide angle", "text: \"The wide angle\"" },
        { "The ftypmp42", "text: \"The ftypmp42\"" },
        { "MM. and II. are numbers", "text: \"MM. and II. are numbers\"" },
        { "PK, Rar and 7z are archives", "text: \"PK, Rar and 7z are archives\"" },
        { "ID3 tags", "text: \"ID3 tags\"" },
        { "MZ", "text: \"MZ\"" },
        { "  one\r\ntwo\tthree " + "x x x x x x x x x x x x x x x x x x x x x x x", "text: \"one two three x x x x x x x x x x x x x x…\"" },
        { "red\u001b[31m and \u202Eback\u2028line \u200Fmark", "text: \"red[31m and back line mark\"" },
        { "größer", "text: \"größer\"" },
        { "\uFEFFwith a mark", "text: \"with a mark\"" },
        { " \r\n\t", "white space only" },
        { "{\"message\":\"Forbidden\"}", "JSON: \"{\"message\":\"Forbidden\"}\"" },
        { "[{\"a\": 1}]", "JSON: \"[{\"a\": 1}]\"" },
        { "{}", "JSON: \"{}\"" },
        { "{braces} are text", "text: \"{braces} are text\"" },
        { "<!DOCTYPE html><title>404</title>", "an HTML page" },
        { "\n<HTML><body>404", "an HTML page" },
        { "<!-- cached --><!doctype HTML>", "an HTML page" },
        { "<html lang='en'>", "an HTML page" },
        { "<?php echo 1;", "text: \"<?php echo 1;\"" },
        { "<", "text: \"<\"" },
        { "<!--", "text: \"<!--\"" },
        { "<3 you", "text: \"<3 you\"" },
        { "<?xml version='1.0'?><ListBucketResult xmlns='http://s3.amazonaws.com/doc/2006-03-01/'>", "an XML document (ListBucketResult)" },
        { "<?xml version='1.0'?>", "an XML document" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_is_named_by_its_kind_or_quoted(string text, string name) => Assert.Equal(Other(name), Invalid(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Text_of_older_code_pages_is_text() =>
        Assert.Equal(Other("text: \"Grüße aus Köln, viele schöne Bilder\""), Invalid(Encoding.Latin1.GetBytes("Grüße aus Köln, viele schöne Bilder")));

    [Theory]
    [InlineData("AccessDenied")]
    [InlineData("NoSuchKey")]
    public void Error_responses_of_S3_are_named(string code) => Assert.Equal(
        $"The file is not an image; it is an error response of S3 ({code}). Check the answer of the download before storing it.",
        Invalid(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>Access Denied</Message></Error>")));

    [ToolFact("cjpeg")]
    public void Gzip_is_named_by_what_is_in_it()
    {
        const string Uncompressed = "Upload it uncompressed, or with Content-Encoding: gzip.";
        byte[] jpeg = Djpeg.Encode(TestPicture.Rgb(16, 16));
        Assert.Equal($"The file is not an image; it is a JPEG image compressed with gzip. {Uncompressed}", Invalid(Gzip(jpeg)));
        Assert.Equal($"The file is not an image; it is a file compressed with gzip. {Uncompressed}", Invalid(Gzip(new byte[100])));
        Assert.Equal($"The file is not an image; it is a file compressed with gzip. {Uncompressed}", Invalid([0x1F, 0x8B, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 255]));
    }

    [Fact]
    public void Unknown_bytes_are_shown() => Assert.Equal(
        $"The file is not an image; it begins with the bytes 0102030405060708. Upload an image: {Readable}.",
        Invalid([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]));

    private static string Unsupported(string name) => $"The file is {name}; {Readable}. Convert it to JPEG or PNG first.";

    private static string Video(string name) => $"The file is not an image; it is {name}. Upload a photo, or a frame of the video as JPEG or PNG.";

    private static string Other(string name) => $"The file is not an image; it is {name}. Upload an image: {Readable}.";

    private static string Unsupported(byte[] file) => RefusalAdvice.AssertAdvises(Assert.Throws<UnsupportedImageException>(() => new Thumbnailer().Identify(file))).Message;

    private static string Invalid(byte[] file) => RefusalAdvice.AssertAdvises(Assert.Throws<InvalidImageException>(() => new Thumbnailer().Identify(file))).Message;

    private static byte[] Ftyp(string major, params string[] compatible)
    {
        byte[] box = [0, 0, 0, 0, .. "ftyp"u8, .. Encoding.Latin1.GetBytes(major), 0, 0, 0, 0, .. compatible.SelectMany(Encoding.Latin1.GetBytes)];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        return [.. box, 0, 0, 0, 8, .. "free"u8];
    }

    private static byte[] Gzip(byte[] data)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Optimal))
        {
            gzip.Write(data);
        }

        return compressed.ToArray();
    }

    /// <summary>A TIFF of one directory, whose values are a ushort, a uint or text.</summary>
    private static byte[] Tiff(bool little, params (ushort Tag, object Value)[] entries)
    {
        List<byte> file = [.. little ? "II*\0"u8 : "MM\0*"u8, .. Int32(8)];
        List<byte> texts = [];
        file.AddRange(Int16((ushort)entries.Length));
        int textsAt = file.Count + (12 * entries.Length) + 4;
        foreach ((ushort tag, object value) in entries)
        {
            file.AddRange(Int16(tag));
            file.AddRange(value switch
            {
                ushort number => (byte[])[.. Int16(3), .. Int32(1), .. Int16(number), 0, 0],
                uint number => [.. Int16(4), .. Int32(1), .. Int32(number)],
                _ => [.. Int16(2), .. Int32((uint)((string)value).Length + 1), .. Int32((uint)(textsAt + texts.Count))],
            });
            texts.AddRange(value is string text ? [.. Encoding.ASCII.GetBytes(text), 0] : []);
        }

        return [.. file, 0, 0, 0, 0, .. texts];

        byte[] Int16(ushort number) => little ? [(byte)number, (byte)(number >> 8)] : [(byte)(number >> 8), (byte)number];

        byte[] Int32(uint number) => little ? [.. Int16((ushort)number), .. Int16((ushort)(number >> 16))] : [.. Int16((ushort)(number >> 16)), .. Int16((ushort)number)];
    }

    /// <summary>The refusal of a file; empty where it is read.</summary>
    private sealed class Refused
    {
        public Refused(byte[] file) => Message = Record.Exception(() => new Thumbnailer().Identify(file)) is ImageException refusal ? refusal.Message : "";

        public string Message { get; }
    }
}
