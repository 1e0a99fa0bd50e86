using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Pixels;
using static ResizeImage.Imaging.Tests.Formats.Heif.HeifFile;
using static ResizeImage.Imaging.Tests.Formats.Heif.HeifRead;
using static ResizeImage.Imaging.Tests.Formats.Heif.PaintCodec;

namespace ResizeImage.Imaging.Tests.Formats.Heif;

/// <summary>Boxes, items, locations, properties and derived images, in files made by the tests.</summary>
public class HeifContainerTests
{
    private static readonly PictureHeader Tile = new(8, 6, ChromaFormat.Yuv420, 8, 8, null);

    /// <summary>Every way to say where the data of a grid and its tiles is gives the same pixels.</summary>
    [Fact]
    public void Versions_of_boxes_do_not_change_the_image()
    {
        byte[] expected = Luma(GridFile());
        Assert.Equal(Enumerable.Range(0, 11 * 15).Select(i => (byte)(10 * ((i / 15 / 6 * 2) + (i % 15 / 8) + 1))), expected);
        HeifFile[] files =
        [
            GridFile(file => file.LongIds = true),
            GridFile(file => file.IlocVersion = 1),
            GridFile(file => (file.IlocVersion, file.InIdat) = (1, ["grid"])),
            GridFile(file => (file.LongIds, file.InIdat) = (true, ["grid", "hvc1"])),
            GridFile(file => file.Sizes = (8, 8, 0)),
            GridFile(file => file.Sizes = (8, 4, 8)),
            GridFile(file => file.Sizes = (0, 4, 4)),
            GridFile(file => file.Extents = 3),
            GridFile(file => file.LongIndexes = true),
            GridFile(file => file.IndexZero = true),
            GridFile(file => (file.IndexZero, file.LongIndexes) = (true, true)),
            GridFile(file => file.DataFirst = true),
            GridFile(file => (file.DataFirst, file.MdatSize) = (true, 1)),
            GridFile(file => file.MdatSize = 1),
            GridFile(file => file.MdatSize = 0),
            GridFile(file => file.Others = (Box("free", new byte[9]), Box("sefd", new byte[20]))),
            GridFile(file => file.Others = ([.. Box("wide"), .. Box("mdat", new byte[5]), .. Box("uuid", new byte[16])], Box("mpvd", new byte[200]))),
        ];
        for (int i = 0; i < files.Length; i++)
        {
            Assert.True(expected.AsSpan().SequenceEqual(Luma(files[i])), $"variant {i}");
        }
    }

    [Fact]
    public void The_primary_item_is_shown_whatever_its_order()
    {
        HeifFile file = new HeifFile { Primary = 7 }.Item(3, "hvc1", Flat(1, 0, 0), HvcC(Tile)).Item(7, "hvc1", Flat(77, 0, 0), HvcC(Tile));
        Assert.All(Luma(file), sample => Assert.Equal(77, sample));
    }

    [Fact]
    public void Identity_and_tone_map_show_their_first_input()
    {
        Assert.All(Luma(GridFile(file => file.Primary = 20).Item(20, "tmap", [0]).Reference("dimg", 20, 1, 2)).Take(8), sample => Assert.Equal(10, sample));
        HeifFile turned = GridFile(file => file.Primary = 20).Item(20, "iden", [], Irot(1)).Reference("dimg", 20, 1);
        Assert.Equal((15, 11, 8), (Open(turned).Info.Width, Open(turned).Info.Height, Open(turned).Info.Orientation));
    }

    [Fact]
    public void Only_tiles_of_the_window_are_read()
    {
        HeifFile file = GridFile(change: null, (4, "U"u8.ToArray()));
        ImageDecoder decoder = Open(file);
        (_, _, string? note) = Rows(decoder, new(8, 0, 0, 8, 11) { WillBeDownscaled = true });
        Assert.NotNull(note);
        (_, _, note) = Rows(Open(file), new(1, 8, 0, 7, 11) { WillBeDownscaled = true });
        Assert.Null(note);
    }

    [Fact]
    public void Missing_tiles_are_gray_and_noted()
    {
        foreach (byte[] data in (byte[][])["U"u8.ToArray(), "X"u8.ToArray(), Cut(0)])
        {
            ImageDecoder decoder = Open(GridFile(change: null, (3, data)));
            (PixelLayout layout, byte[] rows, string? note) = Rows(decoder);
            Assert.Equal(PixelLayout.YCbCr8, layout);
            Assert.Equal([10, 128, 30], [rows[0], rows[8], rows[45 * 6]]);
            Assert.Equal("The HEIC is truncated or corrupt: 1 of the 4 tiles that the thumbnail shows could not be read completely; what is missing is gray.", note);
        }
    }

    [Fact]
    public void Rows_of_tiles_before_the_first_readable_one_are_gray()
    {
        (_, byte[] rows, string? note) = Rows(Open(GridFile(change: null, (2, Cut(0)), (3, "U"u8.ToArray()))));
        Assert.Equal([128, 30], [rows[0], rows[45 * 6]]);
        Assert.Contains("2 of the 4 tiles", note, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_tile_the_first_problem_is_the_refusal()
    {
        byte[] other = "U"u8.ToArray();
        Assert.Equal("The picture is coded in another way, which is not read. Convert it to JPEG or PNG first.", Unsupported(GridFile(change: null, (2, other), (3, other), (4, other), (5, other))));
        Assert.Equal("The HEIC is truncated or corrupt: none of its pixels can be read. Upload the complete file.", Invalid(GridFile(change: null, (2, Cut(0)), (3, Cut(0)), (4, Cut(0)), (5, Cut(0)))));
    }

    [Fact]
    public void A_truncated_picture_is_shown_as_far_as_it_goes()
    {
        (_, byte[] rows, string? note) = Rows(Open(new HeifFile().Item(1, "hvc1", Cut(2), HvcC(Tile))));
        Assert.Equal("The HEIC is truncated or corrupt: only the first 2 of its 6 rows can be read; the others are gray.", note);
        Assert.Equal([255, 128], [rows[0], rows[24 * 2]]);
        Assert.Contains("none of its pixels", Invalid(new HeifFile().Item(1, "hvc1", Cut(0), HvcC(Tile))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("av01", "The HEIC has an image of type \"av01\" (AV1, as in AVIF), which is not read.")]
    [InlineData("avc1", "The HEIC has an image of type \"avc1\" (AVC), which is not read.")]
    [InlineData("unci", "The HEIC has an image of type \"unci\" (uncompressed), which is not read.")]
    [InlineData("abcd", "The HEIC has an image of type \"abcd\", which is not read.")]
    public void Other_codecs_are_refused_by_name(string type, string message) =>
        Assert.Equal($"{message} Convert it to JPEG or PNG first.", Unsupported(new HeifFile().Item(1, type, [1], Ispe(8, 6))));

    [Fact]
    public void Contradictions_are_refused()
    {
        byte[] hvcC = HvcC(Tile);
        byte[] flat = Flat(1, 2, 3);
        Assert.Contains("no primary", Corrupt(Box("meta", U32(0))), StringComparison.Ordinal);
        Assert.Contains("which does not exist", Invalid(new HeifFile { Primary = 9 }.Item(1, "hvc1", flat, hvcC)), StringComparison.Ordinal);
        Assert.Contains("no property \"hvcC\"", Invalid(new HeifFile().Item(1, "hvc1", flat, Ispe(8, 6))), StringComparison.Ordinal);
        Assert.Contains("9 × 6 pixels by its header", Invalid(new HeifFile().Item(1, "hvc1", flat, hvcC, Ispe(9, 6))), StringComparison.Ordinal);
        Assert.Contains("0 × 6 pixels by its header", Invalid(new HeifFile().Item(1, "hvc1", flat, hvcC, Ispe(0, 6))), StringComparison.Ordinal);
        Assert.Contains("refers to itself", Invalid(new HeifFile().Item(1, "grid", Grid(1, 1, 8, 6)).Reference("dimg", 1, 1)), StringComparison.Ordinal);
        Assert.Contains("refers to item 2 twice", Invalid(TwoTiles(Grid(1, 2, 16, 6)).Reference("dimg", 1, 2, 2)), StringComparison.Ordinal);
        Assert.Contains("17 × 6 pixels, and 2 × 1 tiles of 8 × 6", Invalid(TwoTiles(Grid(1, 2, 17, 6)).Reference("dimg", 1, 2, 3)), StringComparison.Ordinal);
        Assert.Contains("4294967295 × 6 pixels", Invalid(TwoTiles(Grid(1, 2, uint.MaxValue, 6, isLong: true)).Reference("dimg", 1, 2, 3)), StringComparison.Ordinal);
        Assert.Contains("differ in size", Invalid(TwoTiles(Grid(1, 2, 16, 6), Tile with { Width = 10 }).Reference("dimg", 1, 2, 3)), StringComparison.Ordinal);
        Assert.Contains("differ in size", Invalid(TwoTiles(Grid(1, 2, 16, 6), Tile with { LumaBits = 10 }).Reference("dimg", 1, 2, 3)), StringComparison.Ordinal);
        Assert.Contains("no tiles", Invalid(TwoTiles(Grid(1, 2, 16, 6))), StringComparison.Ordinal);
        Assert.Contains("essential property \"abcd\"", Unsupported(new HeifFile().Item(1, "hvc1", flat, [(hvcC, true), (Box("abcd"), true)])), StringComparison.Ordinal);
        Assert.Contains("more than 2 steps", Unsupported(Nested()), StringComparison.Ordinal);
        Assert.Contains("image sequence", Assert.Throws<UnsupportedImageException>(() => Open([.. Box("ftyp", "msf1"u8.ToArray()), .. Box("moov")])).Message, StringComparison.Ordinal);
        Assert.Contains("smaller than its header", Corrupt([.. U32(4), .. "free"u8]), StringComparison.Ordinal);

        HeifFile TwoTiles(byte[] grid, PictureHeader? second = null) =>
            new HeifFile().Item(1, "grid", grid).Item(2, "hvc1", flat, hvcC).Item(3, "hvc1", flat, HvcC(second ?? Tile));

        HeifFile Nested()
        {
            HeifFile file = new HeifFile().Item(9, "hvc1", flat, hvcC);
            for (uint i = 1; i < 9; i++)
            {
                file.Item(i, "iden", []).Reference("dimg", i, i + 1);
            }

            return file;
        }
    }

    /// <summary>A file that ends within its description is truncated; Samsung writes the description last.</summary>
    [Fact]
    public void Truncations_are_told_apart()
    {
        byte[] file = GridFile(file => file.DataFirst = true).ToArray();
        for (int length = 24; length < file.Length; length++)
        {
            var refusal = Assert.ThrowsAny<ImageException>(() => Open(file[..length]));
            Assert.EndsWith("Upload the complete file.", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("heic", "mif1", true)]
    [InlineData("heix", "jpeg", true)]
    [InlineData("mif1", "heic", true)]
    [InlineData("mif1", "miaf", true)]
    [InlineData("msf1", "hevc", true)]
    [InlineData("mif1", "avif", false)]
    [InlineData("avif", "mif1", false)]
    [InlineData("crx ", "heix", false)]
    [InlineData("mp42", "isom", false)]
    [InlineData("abcd", "efgh", false)]
    public void Brands_decide(string major, string compatible, bool isRead) =>
        Assert.Equal(isRead, HeifBrandsMatch([.. U32(24), .. "ftyp"u8, .. System.Text.Encoding.Latin1.GetBytes(major), 0, 0, 0, 0, .. System.Text.Encoding.Latin1.GetBytes(compatible), 0, 0, 0, 0]));

    private static bool HeifBrandsMatch(byte[] file) => ResizeImage.Imaging.Formats.Heif.HeifDecoder.Matches(file);

    private static string Corrupt(byte[] boxes) =>
        Support.RefusalAdvice.AssertAdvises(Assert.Throws<InvalidImageException>(() => Open([.. Box("ftyp", "heic"u8.ToArray(), U32(0)), .. boxes]))).Message;

    /// <summary>2 × 2 tiles of 8 × 6 pixels, cropped to 15 × 11, of luma 10 to 40.</summary>
    private static HeifFile GridFile(Action<HeifFile>? change = null, params (uint Id, byte[] Data)[] tiles)
    {
        HeifFile file = new();
        file.Item(1, "grid", Grid(2, 2, 15, 11), Ispe(15, 11));
        foreach (uint id in (uint[])[5, 3, 2, 4])
        {
            // Tiles are in another order in the file: 5 is the last of the grid.
            byte[] data = Array.Find(tiles, tile => tile.Id == id) is { Data: { } other } ? other : Flat(10 * Array.IndexOf(Order, id) + 10, 128, 128);
            file.Item(id, "hvc1", data, HvcC(Tile), Ispe(8, 6));
        }

        file.Reference("dimg", 1, Order);
        change?.Invoke(file);
        return file;
    }

    private static readonly uint[] Order = [2, 3, 4, 5];
}
