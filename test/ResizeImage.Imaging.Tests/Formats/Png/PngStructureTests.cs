using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Png;

/// <summary>Files that are right but odd, and files that are wrong.</summary>
public class PngStructureTests
{
    private static readonly byte[] Header = PngFile.Header(2, 3, 8, PngColorType.Grayscale);

    // Filters 0, 1 and 2.
    private static readonly byte[] Scanlines = [0, 10, 20, 1, 30, 5, 2, 1, 2];
    private static readonly byte[] Compressed = PngFile.Deflate(Scanlines);
    private static readonly byte[] Expected = [10, 20, 30, 35, 31, 37];

    [Fact]
    public void A_plain_file_decodes() => AssertDecodes(PngFile.Of(Header, PngFile.Data(Scanlines), PngFile.End));

    [Fact]
    public void Data_may_be_split_anywhere()
    {
        byte[][] single = [.. Compressed.Select(b => PngFile.Chunk("IDAT", [b]))];
        byte[] empty = PngFile.Chunk("IDAT", []);
        AssertDecodes(PngFile.Of([Header, .. single, PngFile.End]));
        AssertDecodes(PngFile.Of([Header, empty, empty, .. single.SelectMany(chunk => new[] { chunk, empty }), PngFile.End]));
    }

    [Fact]
    public void Data_after_the_image_is_ignored()
    {
        byte[] file = PngFile.Of(Header, PngFile.Data(Scanlines), PngFile.End);
        AssertDecodes([.. file, 1, 2, 3]);
        AssertDecodes([.. file, .. file]);
        AssertDecodes(PngFile.Of(Header, PngFile.Data([.. Scanlines, 0, 1, 2, 3]), PngFile.End));
        AssertDecodes(PngFile.Of(Header, PngFile.Chunk("IDAT", [.. Compressed, 1, 2, 3]), PngFile.End));
        AssertDecodes(PngFile.Of(Header, PngFile.Data(Scanlines)));
    }

    [Fact]
    public void Transparency_of_another_color_type_is_ignored()
    {
        AssertDecodes(PngFile.Of(Header, PngFile.Chunk("tRNS", [10]), PngFile.Data(Scanlines), PngFile.End));
        AssertDecodes(PngFile.Of(Header, PngFile.Chunk("tRNS", [0, 10, 0, 10, 0, 10]), PngFile.Data(Scanlines), PngFile.End));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Orientation_is_found_before_and_after_the_pixels(bool before)
    {
        byte[] exif = PngFile.Chunk("eXIf", [.. "MM\0*\0\0\0\b\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006\0\0"u8]);
        byte[] file = before
            ? PngFile.Of(Header, exif, PngFile.Data(Scanlines), PngFile.End)
            : PngFile.Of(Header, PngFile.Data(Scanlines), exif, PngFile.End);
        AssertDecodes(file);
        Assert.Equal(new(ImageFormat.Png, 2, 3, 6), PngDecoder.Read(file).Info);
    }

    [Fact]
    public void The_header_alone_is_enough_for_the_dimensions()
    {
        PngDecoder decoder = PngDecoder.Read(PngFile.Of(Header));
        Assert.Equal(new(ImageFormat.Png, 2, 3, 1), decoder.Info);
        Assert.Throws<InvalidImageException>(() => decoder.Open(new(8, 0, 0, 2, 3)));
    }

    public static TheoryData<string, byte[]> WrongFiles()
    {
        byte[] data = PngFile.Data(Scanlines);
        byte[] palette = PngFile.Chunk("PLTE", [1, 2, 3]);
        byte[] badHeader = [.. Header];
        badHeader[^1] ^= 1;
        byte[] badPalette = [.. palette];
        badPalette[^1] ^= 1;
        byte[] indexed = PngFile.Header(2, 3, 8, PngColorType.Indexed);
        return new()
        {
            { "nothing", [] },
            { "signature", PngFile.Signature },
            { "text mode", [.. PngFile.Of(Header, data, PngFile.End).Where(b => b != 13)] },
            { "no header", PngFile.Of(data, PngFile.End) },
            { "two headers", PngFile.Of(Header, Header, data, PngFile.End) },
            { "long header", PngFile.Of(PngFile.Chunk("IHDR", new byte[14]), data, PngFile.End) },
            { "no width", PngFile.Of(PngFile.Header(0, 3, 8, PngColorType.Grayscale), data, PngFile.End) },
            { "negative height", PngFile.Of(PngFile.Header(2, -3, 8, PngColorType.Grayscale), data, PngFile.End) },
            { "3 bits", PngFile.Of(PngFile.Header(2, 3, 3, PngColorType.Grayscale), data, PngFile.End) },
            { "4 bit RGB", PngFile.Of(PngFile.Header(2, 3, 4, PngColorType.Truecolor), data, PngFile.End) },
            { "color type 1", PngFile.Of(PngFile.Header(2, 3, 8, (PngColorType)1), data, PngFile.End) },
            { "compression 1", PngFile.Of(PngFile.Chunk("IHDR", [0, 0, 0, 2, 0, 0, 0, 3, 8, 0, 1, 0, 0]), data, PngFile.End) },
            { "filter 1", PngFile.Of(PngFile.Chunk("IHDR", [0, 0, 0, 2, 0, 0, 0, 3, 8, 0, 0, 1, 0]), data, PngFile.End) },
            { "interlace 2", PngFile.Of(PngFile.Chunk("IHDR", [0, 0, 0, 2, 0, 0, 0, 3, 8, 0, 0, 0, 2]), data, PngFile.End) },
            { "no data", PngFile.Of(Header, PngFile.End) },
            { "no palette", PngFile.Of(indexed, data, PngFile.End) },
            { "palette behind", PngFile.Of(indexed, data, palette, PngFile.End) },
            { "empty palette", PngFile.Of(indexed, PngFile.Chunk("PLTE", []), data, PngFile.End) },
            { "palette of 4 bytes", PngFile.Of(indexed, PngFile.Chunk("PLTE", new byte[4]), data, PngFile.End) },
            { "palette of 257", PngFile.Of(indexed, PngFile.Chunk("PLTE", new byte[257 * 3]), data, PngFile.End) },
            { "two palettes", PngFile.Of(indexed, palette, palette, data, PngFile.End) },
            { "not a chunk", PngFile.Of(Header, PngFile.Chunk("a b1", []), data, PngFile.End) },
            { "chunk of 2³¹", PngFile.Of(Header, [0x80, 0, 0, 0, .. "tEXt"u8], data, PngFile.End) },
            { "wrong CRC of the header", PngFile.Of(badHeader, data, PngFile.End) },
            { "wrong CRC of the palette", PngFile.Of(indexed, badPalette, data, PngFile.End) },
            { "wrong CRC of a palette that is not needed", PngFile.Of(Header, badPalette, data, PngFile.End) },
            { "not zlib", PngFile.Of(Header, PngFile.Chunk("IDAT", [1, 2, 3, 4, 5, 6, 7, 8]), PngFile.End) },
            { "preset dictionary", PngFile.Of(Header, PngFile.Chunk("IDAT", [0x78, 0xBB, 0, 0, 0, 1, .. Compressed[2..]]), PngFile.End) },
            { "filter type 5 in the first row", PngFile.Of(Header, PngFile.Data([5, 1, 2, 0, 1, 2, 0, 1, 2]), PngFile.End) },
            { "a row and a byte", PngFile.Of(Header, PngFile.Data(Scanlines[..2]), PngFile.End) },
            { "data interrupted", PngFile.Of(Header, PngFile.Chunk("IDAT", Compressed[..3]), PngFile.Chunk("tEXt", []), PngFile.Chunk("IDAT", Compressed[3..]), PngFile.End) },
        };
    }

    [Theory]
    [MemberData(nameof(WrongFiles))]
    public void A_file_that_breaks_the_rules_is_refused(string what, byte[] file)
    {
        InvalidImageException e = RefusalAdvice.AssertAdvises(Assert.Throws<InvalidImageException>(() => DecodedPng.Decode(file)));
        Assert.True(e.Message.StartsWith("The PNG is ", StringComparison.Ordinal), $"{what}: {e.Message}");
    }

    [Fact]
    public void An_unknown_critical_chunk_is_unsupported()
    {
        byte[] rest = [.. PngFile.Data(Scanlines), .. PngFile.End];
        var e = Assert.Throws<UnsupportedImageException>(() => DecodedPng.Decode(PngFile.Of(Header, PngFile.Chunk("NEWS", []), rest)));
        Assert.Equal("The file is a PNG with the critical chunk NEWS, an extension; standard PNG is read. Convert it to JPEG or PNG first.", e.Message);
        Assert.Throws<UnsupportedImageException>(() => DecodedPng.Decode(PngFile.Of(PngFile.Chunk("CgBI", new byte[4]), Header, rest)));
    }

    [Theory]
    [InlineData(int.MaxValue, int.MaxValue, 16, 6)]
    [InlineData(int.MaxValue, int.MaxValue, 1, 0)]
    [InlineData(1, int.MaxValue, 8, 2)]
    [InlineData(100_000_000, 1, 8, 2)]
    public void Huge_dimensions_with_little_data_cost_nothing(int width, int height, int depth, int color)
    {
        foreach (bool interlaced in new[] { false, true })
        {
            byte[] file = PngFile.Of(PngFile.Header(width, height, depth, (PngColorType)color, interlaced), PngFile.Data(Scanlines), PngFile.End);
            long before = GC.GetAllocatedBytesForCurrentThread();
            PngDecoder decoder = PngDecoder.Read(file);
            Assert.Equal(new(ImageFormat.Png, width, height, 1), decoder.Info);
            Assert.True(decoder.EstimateMemory(new(8, 0, 0, width, height)) > 0);
            Exception? e = Record.Exception(() =>
            {
                using RowReader reader = decoder.Open(new(8, 0, 0, width, height));
                byte[] row = new byte[8];
                for (int y = 0; y < 100; y++)
                {
                    reader.ReadRow(row);
                }

                Assert.NotNull(reader.Note);
            });
            Assert.True(e is null or ImageException, $"{e}");
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
        }
    }

    [Fact]
    public void A_row_that_no_array_can_hold_is_over_the_limit()
    {
        // A file of 2 MB could hold the rows of 1.6 GB that it claims, but not in RGBA.
        byte[] header = PngFile.Header(1_600_000_000, 1, 8, PngColorType.Grayscale);
        byte[] file = PngFile.Of(header, PngFile.Chunk("tRNS", [0, 0]), PngFile.Chunk("IDAT", new byte[2 << 20]), PngFile.End);
        var e = Assert.Throws<ImageLimitException>(() => PngDecoder.Read(file).Open(new(8, 0, 0, 1_600_000_000, 1)));
        Assert.Contains("6,400,000,000", e.Message, StringComparison.Ordinal);
    }

    private static void AssertDecodes(byte[] file)
    {
        PngDecoder decoder = PngDecoder.Read(file);
        using RowReader reader = decoder.Open(new(8, 0, 0, 2, 3));
        Assert.Equal(PixelLayout.Gray8, reader.Layout);
        byte[] pixels = new byte[6];
        for (int y = 0; y < 3; y++)
        {
            reader.ReadRow(pixels.AsSpan(2 * y, 2));
        }

        Assert.Equal(Expected, pixels);
        Assert.Null(reader.Note);
    }
}
