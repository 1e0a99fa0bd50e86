using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Qoi;

/// <summary>QOI: samples as ffmpeg decodes them, chunks as the specification (qoiformat.org) has them, and refusals.</summary>
public class QoiConformanceTests
{
    [SamplesFact(FfmpegJudge.Program)]
    public void Files_decode_exactly_as_ffmpeg_does() => Assert.All(Samples.Files("conformance/qoi", "*.qoi"), path =>
    {
        byte[] file = File.ReadAllBytes(path);
        Picture actual = Picture.Decode(file, out string? note);
        Assert.Null(note);
        Assert.Null(actual.DifferenceFrom(FfmpegJudge.Decode(file, "qoi_pipe", actual.Width)));
    });

    /// <summary>Each kind of chunk: the pixels beside it.</summary>
    [Fact]
    public void Chunks_are_those_of_the_specification()
    {
        byte[] chunks =
        [
            0xFE, 10, 20, 30, // QOI_OP_RGB: 10 20 30 255
            0x40 | (3 << 4) | (2 << 2) | 0, // QOI_OP_DIFF +1 0 -2: 11 20 28 255
            0x80 | (32 + 5), ((8 - 3) << 4) | (8 + 7), // QOI_OP_LUMA green +5, red 5 - 3, blue 5 + 7: 13 25 40 255
            0xFF, 250, 0, 1, 128, // QOI_OP_RGBA: 250 0 1 128
            0x40 | (3 << 4) | (1 << 2) | 2, // +1 -1 0, which wraps around: 251 255 1 128
            0xC0 | 1, // QOI_OP_RUN of 2
            ((10 * 3) + (20 * 5) + (30 * 7) + (255 * 11)) % 64, // QOI_OP_INDEX: the first pixel
        ];
        byte[] expected = [10, 20, 30, 255, 11, 20, 28, 255, 13, 25, 40, 255, 250, 0, 1, 128, 251, 255, 1, 128, 251, 255, 1, 128, 251, 255, 1, 128, 10, 20, 30, 255];
        Assert.Equal(expected, Picture.Decode(Of(4, 2, 4, 0, chunks)).Samples);
    }

    /// <summary>The first pixel before any is black and opaque, and the table of seen pixels begins transparent.</summary>
    [Fact]
    public void The_state_begins_as_specified()
    {
        Assert.Equal([0, 0, 0, 255, 0, 0, 0, 255], Picture.Decode(Of(2, 1, 4, 0, [0xC1])).Samples);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0], Picture.Decode(Of(2, 1, 4, 0, [5, 5])).Samples);
    }

    [Fact]
    public void Linear_files_are_brighter()
    {
        ThumbnailOptions options = new() { Width = 1, Height = 1, Format = OutputFormat.Png };
        byte[] srgb = Picture.Decode(new Thumbnailer().Make(Of(1, 1, 3, 0, [0xFE, 128, 128, 128]), options).Data).Samples;
        byte[] linear = Picture.Decode(new Thumbnailer().Make(Of(1, 1, 3, 1, [0xFE, 128, 128, 128]), options).Data).Samples;
        Assert.Equal(128, srgb[0]);
        Assert.Equal(188, linear[0]); // 1.055 · (128 / 255)^(1 / 2.4) − 0.055
    }

    [Theory]
    [InlineData(0, 1, 3, 0)]
    [InlineData(1, 0, 3, 0)]
    [InlineData(-1, 1, 3, 0)]
    [InlineData(1, 1, 2, 0)]
    [InlineData(1, 1, 5, 0)]
    [InlineData(1, 1, 4, 2)]
    public void Headers_of_other_values_are_corrupt(int width, int height, byte channels, byte colorspace) =>
        Assert.Contains(" is corrupt: ", Invalid(Of(width, height, channels, colorspace, [0xC0])), StringComparison.Ordinal);

    [Fact]
    public void Files_without_a_row_are_truncated()
    {
        byte[] file = Of(2, 2, 3, 0, [0xC0]);
        Assert.Equal("The QOI is truncated before the end of its first row of pixels. Upload the complete file.", Invalid(file[..15]));
        Assert.Equal("The QOI is truncated within its header. Upload the complete file.", Invalid(file[..13]));
    }

    private static string Invalid(byte[] file) =>
        RefusalAdvice.AssertAdvises(Assert.Throws<InvalidImageException>(() => new Thumbnailer().Make(file, new ThumbnailOptions()))).Message;

    private static byte[] Of(int width, int height, byte channels, byte colorspace, byte[] chunks) =>
    [
        .. "qoif"u8, (byte)(width >> 24), (byte)(width >> 16), (byte)(width >> 8), (byte)width,
        (byte)(height >> 24), (byte)(height >> 16), (byte)(height >> 8), (byte)height, channels, colorspace, .. chunks, 0, 0, 0, 0, 0, 0, 0, 1,
    ];
}
