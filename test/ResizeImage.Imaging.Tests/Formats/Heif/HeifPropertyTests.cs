using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Heif;
using ResizeImage.Imaging.Pixels;
using static ResizeImage.Imaging.Tests.Formats.Heif.HeifFile;
using static ResizeImage.Imaging.Tests.Formats.Heif.HeifRead;
using static ResizeImage.Imaging.Tests.Formats.Heif.PaintCodec;

namespace ResizeImage.Imaging.Tests.Formats.Heif;

/// <summary>Transformations, color, alpha, overlays and embedded thumbnails.</summary>
public class HeifPropertyTests
{
    private static readonly PictureHeader Picture = new(8, 6, ChromaFormat.Yuv420, 8, 8, null);
    private static readonly byte[] Flat1 = Flat(100, 128, 128);

    /// <summary>All sequences of three transformations against pixels that are moved one by one.</summary>
    [Fact]
    public void Transformations_in_any_order_are_a_crop_and_an_orientation()
    {
        byte[][] boxes =
        [
            Irot(0), Irot(1), Irot(2), Irot(3), Imir(0), Imir(1),
            Clap(5, 1, 3, 1, 1, 2, -1, 2), Clap(6, 2, 8, 4, 0, 1, 0, 1),
        ];
        foreach (byte[] first in boxes)
        {
            foreach (byte[] second in boxes)
            {
                foreach (byte[] third in boxes)
                {
                    List<ItemProperty> properties = [.. new[] { first, second, third }.Select(box => new ItemProperty(BoxType.Of(System.Text.Encoding.ASCII.GetString(box, 4, 4)), box.AsMemory(8), false))];
                    (int X, int Y)[,] expected = properties.Aggregate(Grid(0, 0, 9, 7, 1), Moved);
                    HeifTransform actual = new HeifTransform(0, 0, 9, 7).Then(properties);
                    Assert.Equal(expected, Grid(actual.X, actual.Y, actual.Width, actual.Height, actual.Orientation));
                }
            }
        }
    }

    [Theory]
    [InlineData(8, 0, 6, 1, 0, 1, 0, 1, "divides by zero")]
    [InlineData(8, 1, 6, 1, 0, 0, 0, 1, "divides by zero")]
    [InlineData(0, 1, 6, 1, 0, 1, 0, 1, "leaves nothing")]
    [InlineData(2, 1, 2, 1, 100, 1, 0, 1, "leaves nothing")]
    [InlineData(4294967295, 1, 4294967295, 4294967295, 2147483647, 4294967295, 4294967295, 1, null)]
    [InlineData(4294967295, 4294967295, 4294967295, 1, -2147483648, 1, 2147483647, 4294967295, "leaves nothing")]
    public void Hostile_crops(long a, long b, long c, long d, long e, long f, long g, long h, string? problem)
    {
        HeifFile file = new HeifFile().Item(1, "hvc1", Flat1, HvcC(Picture), Clap(a, b, c, d, e, f, g, h));
        if (problem is not null)
        {
            Assert.Contains(problem, Invalid(file), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal((8, 1), (Open(file).Info.Width, Open(file).Info.Height));
        }
    }

    [Fact]
    public void Cropped_pixels_are_those_of_the_picture()
    {
        foreach ((int width, int left) in ((int, int)[])[(5, 0), (4, 2), (3, 3)])
        {
            // The offset of the center, in halves.
            ImageDecoder decoder = Open(new HeifFile().Item(1, "hvc1", Pattern(5), HvcC(Picture), Clap(width, 1, 6, 1, (2 * left) - (8 - width), 2, 0, 1)));
            byte[] row = Rows(decoder).Rows[..width];
            Assert.Equal(Enumerable.Range(left, width).Select(x => (byte)Sample(5, 0, x, 0, 8)), row);
        }
    }

    /// <summary>The item's profile, its code points, those of its tiles, the coded picture's, the default.</summary>
    [Fact]
    public void Color_has_an_order_of_truth()
    {
        byte[] coded = HvcC(Picture with { Signal = new(9, 16, 9, IsFullRange: false) });
        byte[] plain = HvcC(Picture);
        YCbCrMatrix bt709 = YCbCrMatrix.Of(0.2126, 0.0722, isFullRange: true);
        Assert.Equal(YCbCrMatrix.Jfif, Color(plain).YCbCr);
        Assert.Equal(YCbCrMatrix.Of(0.2627, 0.0593, isFullRange: false), Color(coded).YCbCr);
        Assert.Equal(bt709, Color(coded, Nclx(1, 13, 1, isFull: true)).YCbCr);
        Assert.Equal(YCbCrMatrix.Bt601Limited, Color(coded, Nclx(2, 2, 2, isFull: false)).YCbCr);
        ImageDecoder both = Color(coded, Nclx(1, 13, 1, isFull: true), Icc([1, 2, 3]));
        Assert.Equal((bt709, 3), (both.YCbCr, both.ReadIccProfile().Length));
        HeifFile tiles = new HeifFile().Item(1, "grid", HeifFile.Grid(1, 1, 8, 6)).Item(2, "hvc1", Flat1, coded, Icc([1, 2])).Reference("dimg", 1, 2);
        Assert.Equal(2, Open(tiles).ReadIccProfile().Length);
        Assert.Same(ColorTransform.Srgb, Color(plain, Nclx(1, 6, 6, isFull: true)).ReadColorEncoding().ToTransform(ColorModel.Rgb));
        Assert.Same(ColorTransform.Srgb, Color(plain, Nclx(2, 2, 2, isFull: true)).ReadColorEncoding().ToTransform(ColorModel.Rgb));
        Assert.NotSame(ColorTransform.Srgb, Color(coded).ReadColorEncoding().ToTransform(ColorModel.Rgb));

        static ImageDecoder Color(params byte[][] properties) => Open(new HeifFile().Item(1, "hvc1", Flat1, properties));
    }

    [Theory]
    [InlineData("urn:mpeg:hevc:2015:auxid:1", true)]
    [InlineData("urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", true)]
    [InlineData("urn:mpeg:hevc:2015:auxid:2", false)]
    [InlineData("urn:com:apple:photo:2020:aux:hdrgainmap", false)]
    public void Alpha_is_used_and_other_auxiliary_images_are_not(string name, bool isAlpha)
    {
        PictureHeader alpha = Picture with { Chroma = ChromaFormat.Monochrome };
        (PixelLayout layout, byte[] rows, _) = Rows(Open(WithAlpha(alpha, name)));
        Assert.Equal(isAlpha ? PixelLayout.YCbCrA8 : PixelLayout.YCbCr8, layout);
        Assert.Equal(isAlpha, isAlpha && rows[24..32].SequenceEqual(Enumerable.Range(0, 8).Select(x => (byte)Sample(9, 0, x, 0, 8))));
    }

    [Fact]
    public void Alpha_of_another_size_and_depth_is_resampled()
    {
        PictureHeader alpha = new(4, 3, ChromaFormat.Yuv420, 10, 10, null);
        (_, byte[] rows, _) = Rows(Open(WithAlpha(alpha, "urn:mpeg:hevc:2015:auxid:1")));
        for (int i = 0; i < 48; i++)
        {
            Assert.Equal(Math.Round(Sample(9, 0, i % 8 / 2, i / 8 / 2, 10) * 255 / 1023.0), rows[(i / 8 * 32) + 24 + (i % 8)]);
        }
    }

    [Fact]
    public void Premultiplied_color_is_divided_and_broken_alpha_noted()
    {
        PictureHeader gray = Picture with { Chroma = ChromaFormat.Monochrome };
        HeifFile file = new HeifFile().Item(1, "hvc1", Flat(61, 128, 128), HvcC(Picture)).Item(2, "hvc1", Flat(120, 0, 0), HvcC(gray), AuxC("urn:mpeg:hevc:2015:auxid:1"));
        (PixelLayout layout, byte[] rows, _) = Rows(Open(file.Reference("auxl", 2, 1).Reference("prem", 1, 2)));
        Assert.Equal(PixelLayout.Rgba8, layout);
        Assert.Equal([130, 130, 130, 120], rows[..4]);

        HeifFile broken = new HeifFile().Item(1, "hvc1", Flat1, HvcC(Picture)).Item(2, "hvc1", [1], HvcC(gray), AuxC("urn:mpeg:hevc:2015:auxid:1")).Reference("auxl", 2, 1);
        (_, rows, string? note) = Rows(Open(broken));
        Assert.Equal("The transparency of the HEIC could not be read; the image is opaque.", note);
        Assert.Equal(255, rows[24]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Overlays_are_painted_in_order(bool isLong)
    {
        HeifFile file = new HeifFile()
            .Item(1, "iovl", Overlay([0x1000, 0x2000, 0x3000, 0xFFFF], 12, 9, isLong, (-2, -1), (4, 3)))
            .Item(2, "hvc1", Flat(50, 128, 128), HvcC(Picture)).Item(3, "hvc1", Flat(90, 128, 128), HvcC(Picture)).Reference("dimg", 1, 2, 3);
        foreach (DecodeWindow window in (DecodeWindow[])[new(8, 0, 0, 12, 9), new(8, 3, 2, 6, 5), new(8, 11, 0, 1, 9)])
        {
            (PixelLayout layout, byte[] rows, _) = Rows(Open(file), window);
            Assert.Equal(PixelLayout.Rgb8, layout);
            for (int i = 0; i < window.Width * window.Height; i++)
            {
                (int x, int y) = (window.X + (i % window.Width), window.Y + (i / window.Width));
                byte[] expected = x >= 4 && y >= 3 ? [90, 90, 90] : x < 6 && y < 5 ? [50, 50, 50] : [0x10, 0x20, 0x30];
                Assert.Equal(expected, rows[(3 * i)..((3 * i) + 3)]);
            }
        }
    }

    [Fact]
    public void The_embedded_thumbnail_stands_in()
    {
        PictureHeader large = new(800, 600, ChromaFormat.Yuv420, 8, 8, null);
        PictureHeader small = new(160, 120, ChromaFormat.Yuv420, 8, 8, null);
        ThumbnailOptions options = new() { Width = 100, Height = 100 };
        const string Made = "The thumbnail is made from the embedded thumbnail (120 × 160 pixels).";
        Assert.Null(Make(File(Flat1), options).Note);
        Assert.Equal(Made, Make(File(Flat1), options with { Width = 96, Height = 80 }).Note);
        Thumbnail limited = Make(File(Flat1), options with { Limits = new() { MaxPixels = 400_000 } });
        Assert.Equal($"The image has 800 × 600 = 480,000 pixels; the limit is 400,000. {Made}", limited.Note);
        Assert.Equal((100, 100, 800, 6), (limited.Width, limited.Height, limited.Source.Width, limited.Source.Orientation));
        Assert.EndsWith(Made, Make(File(Flat1), options with { Limits = new() { MaxWork = 1_500_000 } }).Note, StringComparison.Ordinal);
        Assert.EndsWith(Made, Make(File("U"u8.ToArray()), options).Note, StringComparison.Ordinal);
        Assert.Equal(nameof(ImageLimits.MaxPixels), Assert.Throws<ImageLimitException>(() => Make(File(Flat1), options with { Limits = new() { MaxPixels = 4 } })).Limit);

        HeifFile File(byte[] data) => new HeifFile().Item(1, "hvc1", data, HvcC(large), Irot(3)).Item(2, "hvc1", Flat(50, 128, 128), HvcC(small)).Reference("thmb", 2, 1);
    }

    private static HeifFile WithAlpha(PictureHeader alpha, string name) => new HeifFile()
        .Item(1, "hvc1", Flat1, HvcC(Picture)).Item(2, "hvc1", Pattern(9), HvcC(alpha), AuxC(name)).Reference("auxl", 2, 1);

    /// <summary>The stored coordinates of each upright pixel, by row and column.</summary>
    private static (int X, int Y)[,] Grid(int x, int y, int width, int height, int orientation)
    {
        (int w, int h) = orientation >= 5 ? (height, width) : (width, height);
        var grid = new (int X, int Y)[h, w];
        for (int v = 0; v < h; v++)
        {
            for (int u = 0; u < w; u++)
            {
                (int right, int down) = (width - 1, height - 1);
                (int a, int b) = orientation switch
                {
                    1 => (u, v),
                    2 => (right - u, v),
                    3 => (right - u, down - v),
                    4 => (u, down - v),
                    5 => (v, u),
                    6 => (v, down - u),
                    7 => (right - v, down - u),
                    _ => (right - v, u),
                };
                grid[v, u] = (x + a, y + b);
            }
        }

        return grid;
    }

    private static (int X, int Y)[,] Moved((int X, int Y)[,] grid, ItemProperty property)
    {
        (int h, int w) = (grid.GetLength(0), grid.GetLength(1));
        ReadOnlySpan<byte> data = property.Payload.Span;
        if (property.Type == BoxType.Clap)
        {
            double N(int i) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(property.Payload.Span[(4 * i)..]);
            (double width, double height) = (N(0) / N(1), N(2) / N(3));
            int left = (int)Math.Floor((N(4) / N(5)) + ((w - width) / 2) + 0.5);
            int top = (int)Math.Floor((N(6) / N(7)) + ((h - height) / 2) + 0.5);
            (int fromX, int toX) = (Math.Max(left, 0), Math.Min(left + (int)width, w));
            (int fromY, int toY) = (Math.Max(top, 0), Math.Min(top + (int)height, h));
            return Make(toY - fromY, toX - fromX, (y, x) => grid[fromY + y, fromX + x]);
        }

        if (property.Type == BoxType.Imir)
        {
            return data[0] == 0 ? Make(h, w, (y, x) => grid[h - 1 - y, x]) : Make(h, w, (y, x) => grid[y, w - 1 - x]);
        }

        for (int i = 0; i < data[0]; i++)
        {
            // Counter-clockwise: the right column becomes the top row.
            (int X, int Y)[,] before = grid;
            int last = before.GetLength(1) - 1;
            grid = Make(before.GetLength(1), before.GetLength(0), (y, x) => before[x, last - y]);
        }

        return grid;

        static (int X, int Y)[,] Make(int height, int width, Func<int, int, (int X, int Y)> of)
        {
            var made = new (int X, int Y)[height, width];
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    made[y, x] = of(y, x);
                }
            }

            return made;
        }
    }
}
