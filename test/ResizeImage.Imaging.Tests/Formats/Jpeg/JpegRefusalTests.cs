using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Jpeg;

/// <summary>The refusals of JPEG files: only truncated files get the advice "Upload the complete file."</summary>
public class JpegRefusalTests
{
    private const string Complete = "Upload the complete file.";
    private const string Undamaged = "Upload an undamaged copy.";

    private static readonly byte[] Tables = JpegFile.Segment(0xDB, [0, .. Enumerable.Repeat((byte)8, 64)]);
    private static readonly byte[] Gray = JpegFile.Segment(JpegFile.FrameHeader, [8, 0, 8, 0, 8, 1, 1, 0x11, 0]);
    private static readonly byte[] Scan = JpegFile.Segment(JpegFile.ScanHeader, [1, 1, 0, 0, 63, 0]);
    private static readonly byte[] End = [0xFF, JpegFile.EndOfImage];

    public static TheoryData<string, byte[], string> Refusals => new()
    {
        { "tables only", [.. Tables, .. End], "The JPEG file is corrupt: it has no frame header. " + Undamaged },
        { "no scan", [.. Tables, .. Gray, .. End], "The JPEG file is corrupt: it has no scan. " + Undamaged },
        { "ends after its tables", Tables, "The JPEG file ends after 71 bytes, before its frame header. " + Complete },
        { "ends after its frame header", [.. Tables, .. Gray], "The JPEG file ends after 84 bytes, before its scan. " + Complete },
        { "ends after its scan header", [.. Tables, .. Gray, .. Scan], "The JPEG file ends after 94 bytes, before its first pixels. " + Complete },
        { "empty scan", [.. Tables, .. Gray, .. Scan, .. End], "The JPEG file is corrupt: none of its image data can be decoded. " + Undamaged },
        { "ends within a segment", [.. Tables[..^1]], "The JPEG file ends after 70 bytes, within the segment of marker 0xFFDB at byte 2. " + Complete },
        { "ends within a length", [0xFF, 0xDB, 0], "The JPEG file ends after 5 bytes, within the segment of marker 0xFFDB at byte 2. " + Complete },
        {
            "whole, with a length that is too large",
            [0xFF, 0xEE, 0x20, 0x0E, .. "Adobe"u8, .. Tables, .. Gray, .. Scan, .. new byte[900], .. End, (byte)'\r', (byte)'\n'],
            "The JPEG file is corrupt: the segment of marker 0xFFEE at byte 2 gives its length as 8,206, but the file has 1,007 bytes. " + Undamaged
        },
        {
            "a length that leads past the frame header",
            [0xFF, 0xE1, 0, 82, .. Tables, .. Gray[..^2], .. Scan, .. End],
            "The JPEG file is corrupt: a scan comes before the frame header. " + Undamaged
        },
        { "a length of 1", [0xFF, 0xDB, 0, 1, .. End], "The JPEG file is corrupt: the segment of marker 0xFFDB at byte 2 gives its length as 1, less than 2. " + Undamaged },
        { "two frame headers", [.. Tables, .. Gray, .. Gray, .. Scan, .. End], "The JPEG file is corrupt: it has a second frame header. " + Undamaged },
        { "zeros after SOI", [0xFF, 0, .. new byte[90]], "The JPEG file ends after 94 bytes, before its frame header. " + Complete },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_corrupt_header_is_distinguished_from_a_truncated_file(string what, byte[] segments, string expected)
    {
        byte[] file = [0xFF, 0xD8, .. segments];
        Assert.True(expected == RefusalAdvice.AssertAdvises(Assert.Throws<InvalidImageException>(() => new Thumbnailer().Make(file, new ThumbnailOptions()))).Message, what);
    }

    public static TheoryData<byte, byte[], string> Unread => new()
    {
        { 0xC3, Frame(), "a lossless JPEG (SOF3)" },
        { 0xC5, Frame(), "a hierarchical JPEG (SOF5)" },
        { 0xC6, Frame(), "a hierarchical JPEG (SOF6)" },
        { 0xC7, Frame(), "a hierarchical JPEG (SOF7)" },
        { 0xC9, Frame(), "an arithmetic-coded JPEG (SOF9)" },
        { 0xCA, Frame(), "an arithmetic-coded JPEG (SOF10)" },
        { 0xCB, Frame(), "an arithmetic-coded JPEG (SOF11)" },
        { 0xCF, Frame(), "an arithmetic-coded JPEG (SOF15)" },
        { 0xDE, Frame(), "a hierarchical JPEG (DHP)" },
        { 0xF7, Frame(), "a JPEG-LS image (SOF55)" },
        { 0xC1, Frame(precision: 12), "a JPEG with 12 bits per sample" },
        { 0xC0, Frame(height: 0), "a JPEG that gives its height only after the image data (DNL marker)" },
        { 0xC0, Frame(components: 2), "a JPEG with 2 color components" },
        { 0xC0, Frame(components: 5), "a JPEG with 5 color components" },
    };

    [Theory]
    [MemberData(nameof(Unread))]
    public void Unsupported_processes_are_named(byte marker, byte[] frame, string kind)
    {
        byte[] file = [0xFF, 0xD8, .. Tables, .. JpegFile.Segment(marker, frame), .. Scan, .. new byte[20], .. End];
        Assert.Equal(
            $"The file is {kind}; baseline and progressive JPEG are read. Convert it to JPEG or PNG first.",
            Assert.Throws<UnsupportedImageException>(() => new Thumbnailer().Identify(file)).Message);
    }

    /// <summary>A symbol of 16, which is valid only in lossless files (T.81 H.1.2.2), is no reason to call the file corrupt.</summary>
    [CorpusFact]
    public void Field_samples_are_named()
    {
        Assert.Contains("a JPEG-LS image (SOF55)", Refusal("B09-jpegls*"), StringComparison.Ordinal);
        Assert.Contains("a lossless JPEG (SOF3)", Refusal("B09-lossless*"), StringComparison.Ordinal);

        static string Refusal(string name) =>
            Assert.Throws<UnsupportedImageException>(() => new Thumbnailer().Identify(File.ReadAllBytes(Corpus.Files("field", name)[0]))).Message;
    }

    private static byte[] Frame(byte precision = 8, byte height = 8, byte components = 1) =>
        [precision, 0, height, 0, 8, components, .. Enumerable.Range(1, components).SelectMany(id => (byte[])[(byte)id, 0x11, 0])];
}
