using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Tiff;

/// <summary>Files of libtiff in every combination of options, of pictures that are known exactly.</summary>
public class TiffGeneratedTests
{
    private const int Width = 83;
    private const int Height = 45;

    private static readonly string[] Arrangements =
    [
        "-s", "-s -r 1", "-s -r 7", "-t -w 16 -l 16", "-t -w 48 -l 32", "-t -w 96 -l 64", "-B -r 7", "-B -t -w 32 -l 16", "-8 -r 9", "-8 -B -t -w 16 -l 32",
        "-p separate -r 7", "-p separate -t -w 32 -l 16", "-p separate -B", "-f lsb2msb -r 7",
    ];

    [ToolTheory("tiffcp")]
    [InlineData("none")]
    [InlineData("packbits")]
    [InlineData("lzw:1")]
    [InlineData("lzw:2")]
    [InlineData("zip:1")]
    [InlineData("zip:2")]
    public void Every_arrangement_has_the_samples_of_the_original(string compression)
    {
        foreach ((int bits, int photometric, int samples) in ((int, int, int)[])[(8, 1, 1), (8, 2, 3), (8, 2, 4), (8, 5, 4), (16, 1, 1), (16, 2, 3), (16, 2, 4), (8, 0, 1)])
        {
            byte[] data = TestPicture.Samples(Width, Height, samples * bits / 8, seed: 3);
            byte[] original = TiffFile.Of(Width, Height, bits, photometric, samples, data, fields: samples == 4 && photometric == 2 ? [(338, [2])] : []);
            foreach (string arrangement in Arrangements.Where(arrangement => bits == 8 || !arrangement.Contains("separate", StringComparison.Ordinal)))
            {
                // tiffcp separates planes of 8 bits only.
                (_, _, _, byte[] actual, string? note) = Decoding.All(Libtiff.Copy(original, $"-c {compression} {arrangement}"));
                byte[] expected = photometric == 0 ? [.. data.Select(sample => (byte)~sample)] : data;
                Assert.True(expected.AsSpan().SequenceEqual(actual), $"{bits} bits, photometric {photometric}, {samples} samples, {arrangement}");
                Assert.Null(note);
            }
        }
    }

    [ToolTheory("tiffcp")]
    [InlineData("none")]
    [InlineData("packbits")]
    [InlineData("lzw")]
    [InlineData("zip")]
    [InlineData("g3:1d")]
    [InlineData("g3:1d:fill")]
    [InlineData("g3:2d")]
    [InlineData("g3:2d:fill")]
    [InlineData("g4")]
    public void Bilevel_images_have_the_bits_of_the_original(string compression)
    {
        foreach (int width in (int[])[1, 7, 8, 64, 83, 1728, 5300])
        {
            foreach (int kind in (int[])[0, 1, 2, 3])
            {
                byte[] data = Bits(width, Height, kind);
                byte[] original = TiffFile.Of(width, Height, 1, 0, 1, data);
                foreach (string arrangement in (string[])["-s", "-s -r 5", "-B", "-f lsb2msb", "-t -w 64 -l 16", "-t -w 2048 -l 32 -f lsb2msb"])
                {
                    (_, _, PixelLayout layout, byte[] actual, string? note) = Decoding.All(Libtiff.Copy(original, $"-c {compression} {arrangement}"));
                    Assert.Equal(PixelLayout.Gray8, layout);
                    Assert.Null(note);
                    int stride = (width + 7) / 8;
                    for (int i = 0; i < actual.Length; i++)
                    {
                        (int x, int y) = (i % width, i / width);
                        bool isBlack = ((data[(y * stride) + (x / 8)] >> (7 - (x % 8))) & 1) == 1;
                        Assert.True(actual[i] == (isBlack ? 0 : 255), $"width {width}, kind {kind}, {arrangement}: ({x}, {y})");
                    }
                }
            }
        }
    }

    [ToolTheory("tiffcp", "tiff2rgba")]
    [InlineData("-c jpeg:r:85 -r 16")]
    [InlineData("-c jpeg:85 -r 16")]
    [InlineData("-c jpeg:30")]
    [InlineData("-c jpeg:r:85 -t -w 32 -l 16")]
    [InlineData("-c jpeg:85 -t -w 32 -l 48")]
    [InlineData("-c jpeg:85 -B -8 -t -w 96 -l 48")]
    [InlineData("-c jpeg:r:85 -p separate -r 8")]
    public void Jpeg_is_shown_as_libtiff_does(string options)
    {
        byte[] rgb = TiffFile.Of(Width, Height, 8, 2, 3, TestPicture.Samples(Width, Height, 3));
        byte[] file = Libtiff.Copy(rgb, options);
        Assert.Null(Picture.Decode(file, out string? note).DifferenceFrom(Libtiff.Show(file)!));
        Assert.Null(note);
    }

    [ToolFact("tiff2rgba")]
    public void Data_units_of_YCbCr_are_shown_as_libtiff_does()
    {
        foreach ((int h, int v) in ((int, int)[])[(1, 1), (2, 1), (2, 2), (1, 2), (4, 1), (4, 2), (4, 4)])
        {
            // Of 4 × 4, whole units: a row of others has half a byte in libtiff's arithmetic, which drops it and with it the last units.
            foreach ((int columns, int rows) in ((int, int)[])((h, v) == (4, 4) ? [(80, 44), (80, 47)] : [(80, 44), (83, 45), (82, 47), (81, 46), (1, 1), (5, 3)]))
            {
                byte[] data = TestPicture.Samples((columns + h - 1) / h * ((rows + v - 1) / v) * ((h * v) + 2), 1, 1);
                byte[] file = TiffFile.Of(columns, rows, 8, 6, 3, data, fields: [(530, [(uint)h, (uint)v])]);
                Assert.True(Picture.Decode(file).DifferenceFrom(Libtiff.Show(file)!, tolerance: 1) is null, $"{h} × {v}, {columns} × {rows}");
            }
        }
    }

    [ToolFact("tiff2rgba")]
    public void Small_samples_and_palettes_are_shown_as_libtiff_does()
    {
        Random random = new(8);
        foreach (int bits in (int[])[1, 2, 4, 8])
        {
            foreach (int photometric in (int[])[0, 1, 3])
            {
                int stride = ((Width * bits) + 7) / 8;
                uint[] colors = [.. Enumerable.Range(0, 3 << bits).Select(_ => (uint)random.Next(65536))];
                byte[] file = TiffFile.Of(
                    Width, Height, bits, photometric, 1, TestPicture.Samples(stride, Height, 1), isLittleEndian: bits != 2, photometric == 3 ? [(320, colors)] : []);
                Assert.True(Picture.Decode(file).DifferenceFrom(Libtiff.Show(file)!) is null, $"{bits} bits, photometric {photometric}");
            }
        }
    }

    [ToolFact("tiffcp")]
    public void Any_window_equals_that_part_of_the_image()
    {
        Random random = new(5);
        byte[] original = TiffFile.Of(Width, Height, 8, 2, 3, TestPicture.Samples(Width, Height, 3));
        foreach (string options in (string[])[.. Arrangements, "-c lzw:2 -r 7", "-c zip:2 -t -w 16 -l 16", "-c jpeg:80 -t -w 32 -l 16", "-c jpeg:80 -r 16"])
        {
            byte[] file = Libtiff.Copy(original, options);
            Picture whole = Picture.Decode(file);
            for (int i = 0; i < 12; i++)
            {
                (int x, int y) = (random.Next(Width), random.Next(Height));
                DecodeWindow window = new(8, x, y, 1 + random.Next(Width - x), 1 + random.Next(Height - y));
                string? difference = Picture.Decode(file, window, out _).DifferenceFrom(whole.Cut(window));
                Assert.True(difference is null, $"{options}, {window}: {difference}");
            }
        }
    }

    /// <summary>Rows of packed bits: noise, runs of every length, runs like the row above, and blank with a line.</summary>
    private static byte[] Bits(int width, int height, int kind)
    {
        Random random = new(width + kind);
        int stride = (width + 7) / 8;
        byte[] data = new byte[stride * height];
        int change = random.Next(width);
        for (int y = 0; y < height; y++)
        {
            bool isBlack = false;
            change = Math.Clamp(change + random.Next(-4, 5), 0, width);
            for (int x = 0, left = 0; x < width; x++)
            {
                if (--left <= 0)
                {
                    isBlack = !isBlack;
                    left = kind == 0 ? 1 + random.Next(3) : 1 + random.Next(1 + random.Next(width));
                }

                bool black = kind switch
                {
                    2 => x >= change && x < change + (width / 3),
                    3 => y % 9 == 4,
                    _ => isBlack,
                };
                data[(y * stride) + (x / 8)] |= (byte)(black ? 0x80 >> (x % 8) : 0);
            }
        }

        return data;
    }
}
