using System.Text;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Unread;

/// <summary>Photos that a client damaged: the refusal names the damage and the change that fixes the upload.</summary>
public class BrokenUploadTests
{
    private const string ReplacedByText = "The file was converted to text on its way: every byte that is not valid UTF-8 was replaced. "
        + "Send the photo as binary data, for example set the API's binary media types.";

    private const string Complete = "Upload the complete file.";

    private static readonly byte[] Jpeg =
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xDB, 0, 67, 0, .. Enumerable.Range(0, 600).Select(i => (byte)(i * 37)),
    ];

    private static readonly byte[] Png = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 200, 0, 0, 0, 150, 8, 2, 0, 0, 0, .. new byte[40]];

    public static TheoryData<byte[]> Images => new() { Jpeg, Png };

    [Theory]
    [MemberData(nameof(Images))]
    public void Bytes_replaced_because_they_are_not_UTF_8(byte[] image) => Assert.Equal(ReplacedByText, Refusal(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(image))));

    [CorpusFact]
    public void Bytes_replaced_after_an_ASCII_signature()
    {
        string[] files =
        [
            .. Corpus.Files("conformance", "*.gif").Take(4), .. Corpus.Files("conformance", "*.webp").Take(4), .. Corpus.Files("conformance", "rgb24.bmp"),
            .. Corpus.Files("photos", "*.jpg").Take(2),
        ];
        Assert.All(files, path => Assert.Equal(ReplacedByText, Refusal(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(File.ReadAllBytes(path))))));
    }

    /// <summary>The color #BDBFEF is stored as the bytes of U+FFFD.</summary>
    [ToolFact("convert")]
    public void An_image_may_have_the_color_of_the_replacement_character()
    {
        foreach (string format in (string[])["bmp", "gif", "png", "webp"])
        {
            foreach (string color in (string[])["#BDBFEF", "#EFBFBD"])
            {
                byte[] file = ExternalProgram.Run("convert", ["-size", "90x60", "xc:" + color, format + ":-"]);
                Assert.Equal(90, new Thumbnailer().Identify(file).Width);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void Bytes_written_as_characters(byte[] image) => Assert.StartsWith(
        "The file was converted to text on its way: every byte from 0x80 on was written as a character of UTF-8. Send the photo as binary data",
        Refusal(Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(image))),
        StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Images))]
    public void Bytes_replaced_by_question_marks(byte[] image) => Assert.StartsWith(
        "The file was converted to text on its way: every byte that is not ASCII was replaced by a question mark. Send the photo as binary data",
        Refusal(Encoding.ASCII.GetBytes(Encoding.Latin1.GetString(image))),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("\r\n", "\n")]
    [InlineData("\n", "\r\n")]
    [InlineData("\n", "\r")]
    public void Line_endings_converted(string from, string to) => Assert.Equal(
        "The PNG was transferred as text: its line endings were converted. Transfer it in binary mode.",
        Refusal(Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Png).Replace(from, to, StringComparison.Ordinal))));

    [Theory]
    [InlineData("data:image/jpeg;base64,", "image/jpeg")]
    [InlineData("\"data:image/png;base64,", "image/png")]
    [InlineData("DATA:IMAGE/WEBP;charset=utf-8;base64,", "IMAGE/WEBP")]
    [InlineData("data:application/octet-stream;base64,", "application/octet-stream")]
    public void Data_URI(string prefix, string type) => Assert.Equal(
        $"The file is a data URI ({type}): the image as text, as pages embed it. Decode it and upload the bytes.",
        Refusal(Encoding.ASCII.GetBytes(prefix + Convert.ToBase64String(Jpeg))));

    [Fact]
    public void Base64()
    {
        byte[] heic = [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8, .. new byte[9]];
        (byte[] File, string Name)[] images =
        [
            (Jpeg, "a JPEG image"), (Png, "a PNG image"), ([.. "GIF89a"u8, .. new byte[30]], "a GIF image"), ([.. "RIFF1234WEBPVP8 "u8, .. new byte[30]], "a WebP image"),
            ([.. "BM"u8, .. new byte[40]], "a BMP image"), (heic, "a HEIC image"),
        ];
        Assert.All(images, image =>
        {
            string expected = $"The file is {image.Name} encoded as base64 text. Decode it before the upload, or have the API do so (isBase64Encoded).";
            string text = Convert.ToBase64String(image.File);
            Assert.Equal(expected, Refusal(Encoding.ASCII.GetBytes(text)));
            Assert.Equal(expected, Refusal(Encoding.ASCII.GetBytes($"\"{text}\"")));
            Assert.Equal(expected, Refusal(Encoding.ASCII.GetBytes(Convert.ToBase64String(image.File, Base64FormattingOptions.InsertLineBreaks))));
            Assert.Equal(expected, Refusal(Encoding.ASCII.GetBytes(text.Replace('+', '-').Replace('/', '_'))));
        });
    }

    [Fact]
    public void Other_texts_for_bytes()
    {
        const string Dumped = "The file is a JPEG image written as hexadecimal text. Decode it before the upload.";
        Assert.Equal(Dumped, Refusal(Encoding.ASCII.GetBytes(Convert.ToHexString(Jpeg))));
        Assert.Equal(Dumped, Refusal(Encoding.ASCII.GetBytes("\\x" + Convert.ToHexString(Jpeg))));
        Assert.Equal(Dumped, Refusal(Encoding.ASCII.GetBytes("b'\\xff\\xd8\\xff\\xe0\\x00\\x10JFIF\\x00\\x01'")));
        Assert.Equal(Dumped, Refusal(Encoding.ASCII.GetBytes("ff d8 ff e0 00 10 4a 46 49 46")));
        Assert.Equal(
            "The file is a Buffer of Node.js written as JSON. Upload the bytes of the buffer.",
            Refusal("{\"type\":\"Buffer\",\"data\":[255,216,255,224,0,16]}"u8.ToArray()));
    }

    [Theory]
    [InlineData("------WebKitFormBoundary7MA4YWxkTrZu0gW\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n")]
    [InlineData("\r\n--b\r\ncontent-type: image/jpeg\r\ncontent-disposition: form-data; name=f\r\n\r\n")]
    public void Body_of_a_form(string head)
    {
        const string Expected =
            "The file is the body of a form (multipart/form-data) with the photo in it. Store the file of the form only: parse the form, or upload with PUT.";
        Assert.Equal(Expected, Refusal([.. Encoding.ASCII.GetBytes(head), .. Jpeg]));
        Assert.Equal(Expected, Refusal(Encoding.ASCII.GetBytes(head + "text")));
    }

    [Fact]
    public void Chunk_signatures_left_in() => Assert.Equal(
        "The file has the chunk signatures of its upload in it (aws-chunked): the store did not decode them. Turn chunked signing off for the upload.",
        Refusal([.. "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n"u8, .. Jpeg]));

    [Theory]
    [InlineData("0D0A", "0D0A", "JPEG")]
    [InlineData("EFBBBF", "EFBBBF", "JPEG")]
    [InlineData("0102030405060708090A", "0102030405060708…", "JPEG")]
    [InlineData("20", "20", "PNG")]
    public void Bytes_before_the_image(string bytes, string shown, string format) => Assert.Equal(
        $"The file has {bytes.Length / 2} bytes ({shown}) before a {format} image. Upload the image without them.",
        Refusal([.. Convert.FromHexString(bytes), .. format == "PNG" ? Png : Jpeg]));

    [Fact]
    public void Files_of_zeros_and_files_of_a_few_bytes()
    {
        Assert.Equal($"The file is empty. {Complete}", Refusal([]));
        Assert.Equal($"The file has 1,500 bytes, all of them 0: its content was lost. {Complete}", Refusal(new byte[1500]));
        Assert.Equal($"The file has only 2 bytes, the beginning of a JPEG image. {Complete}", Refusal(Jpeg[..2]));
        Assert.Equal($"The file has only 7 bytes, the beginning of a PNG image. {Complete}", Refusal(Png[..7]));
        Assert.Equal($"The file has only 4 bytes, the beginning of a GIF image. {Complete}", Refusal("GIF8"u8.ToArray()));
        Assert.Equal($"The file has only 11 bytes, the beginning of a WebP image. {Complete}", Refusal("RIFF1234WEB"u8.ToArray()));
        Assert.Equal($"The file has only 3 bytes: 010203. {Complete}", Refusal([1, 2, 3]));
        Assert.Equal("The JPEG file ends after 3 bytes, before its frame header. Upload the complete file.", Refusal(Jpeg[..3]));
    }

    [CorpusFact]
    public void Field_samples()
    {
        Assert.Equal(ReplacedByText, Field("B10-utf8-mangled*"));
        Assert.StartsWith("The file is a data URI (image/jpeg)", Field("B10-data-uri*"), StringComparison.Ordinal);
        Assert.StartsWith("The file is the body of a form", Field("B10-multipart*"), StringComparison.Ordinal);
        Assert.Contains("it is a JPEG image compressed with gzip", Field("B11-gzip*"), StringComparison.Ordinal);
        Assert.Contains("it is an MP4 video", Field("B09-video-ftyp-mp42*"), StringComparison.Ordinal);
        Assert.Contains("it is a QuickTime video (MOV)", Field("B09-video-ftyp-qt*"), StringComparison.Ordinal);
        Assert.Contains("The file is a JPEG 2000 image", Field("B09-jp2*"), StringComparison.Ordinal);
        Assert.Contains("The file is an SVG drawing", Field("B09-svg*"), StringComparison.Ordinal);

        static string Field(string name) => Refusal(File.ReadAllBytes(Corpus.Files("field", name)[0]));
    }

    /// <summary>Texts and headers that were changed at random: naming a file fails with an image error or not at all.</summary>
    [Fact]
    public void Naming_a_file_throws_only_image_errors()
    {
        byte[][] seeds =
        [
            "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'b'>]><!-- c --><svg/>"u8.ToArray(), "data:image/png;base64,iVBORw0KGgo="u8.ToArray(),
            "--b\r\nContent-Disposition: form-data"u8.ToArray(), "<Error><Code>A</Code></Error>"u8.ToArray(), "{\"a\":[1]}"u8.ToArray(),
            [0, 0, 0, 24, .. "ftypmp42"u8, 0, 0, 0, 0, .. "isommp42"u8], [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x0F, 1, 2, 0, 9, 0, 0, 0, 26, 0, 0, 0],
            [0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0, 68, 4, 0, 0, 22, 0, 0, 0, 40], [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B, 4, 0],
            Encoding.Unicode.GetBytes("\uFEFF<svg/>"), [.. new byte[18], 0x18, 0x20],
        ];
        Random random = new(5);
        for (int i = 0; i < 200_000; i++)
        {
            byte[] file = [.. seeds[random.Next(seeds.Length)]];
            for (int changes = random.Next(1, 5); changes > 0; changes--)
            {
                int at = random.Next(file.Length);
                file = random.Next(4) switch
                {
                    0 => file[..at],
                    1 => [.. file[..at], (byte)random.Next(256), .. file[at..]],
                    2 => [.. file[..at], .. "<!-?[]>\""u8.ToArray().Skip(random.Next(8)).Take(1), .. file[(at + 1)..]],
                    _ => [.. file[..at], (byte)random.Next(256), .. file[(at + 1)..]],
                };
                file = file.Length == 0 ? [0x3C] : file;
            }

            Exception? refusal = Record.Exception(() => new Thumbnailer().Identify(file));
            Assert.True(refusal is null or ImageException, $"{Convert.ToHexString(file)}: {refusal}");
            Assert.DoesNotContain(refusal?.Message ?? "", c => char.IsControl(c));
        }
    }

    private static string Refusal(byte[] file) => RefusalAdvice.AssertAdvises(Assert.Throws<InvalidImageException>(() => RefuseUnsupported(file))).Message;

    private static void RefuseUnsupported(byte[] file)
    {
        try
        {
            new Thumbnailer().Identify(file);
        }
        catch (UnsupportedImageException e)
        {
            throw new InvalidImageException(e.Message);
        }
    }
}
