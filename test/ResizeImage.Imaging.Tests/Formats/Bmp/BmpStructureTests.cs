using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Bmp;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Bmp;

/// <summary>Variants that the corpus lacks: files made by the tests, compared with other programs or with obvious arithmetic.</summary>
public class BmpStructureTests
{
    [PythonFact(PillowJudge.Module)]
    public void Small_images_of_every_depth_and_direction_decode_as_Pillow_does()
    {
        Random random = new(1);
        List<byte[]> files = [];
        foreach (int bits in (int[])[1, 4, 8, 24, 32])
        {
            foreach ((int width, int height) in new[] { (1, 1), (3, -2), (7, 5), (8, -1), (9, 4), (33, 3), (random.Next(10, 90), random.Next(2, 30)) })
            {
                byte[] palette = bits <= 8 ? BmpFile.Palette(random, 1 << bits) : [];
                files.Add(BmpFile.Of(width, height, bits, 0, palette, BmpFile.Rows(random, width, height, bits)));
            }
        }

        AssertAsPillow(files);
    }

    [PythonFact(PillowJudge.Module)]
    public void A_short_color_table_and_unusual_offsets_of_pixels_decode_as_Pillow_does()
    {
        Random random = new(2);
        byte[] palette = BmpFile.Palette(random, 5);
        byte[] indices = [.. BmpFile.Rows(random, 12, 3, 8).Select(index => (byte)(index % 5))];
        byte[] shortTable = BmpFile.Of(12, 3, 8, 0, palette, indices);
        BmpFile.SetInt32(shortTable, 46, 5);
        byte[] gap = BmpFile.Of(12, 3, 8, 0, [.. palette, 1, 2, 3, 4, 5, 6, 7], indices);
        BmpFile.SetInt32(gap, 46, 5);
        byte[] atTable = [.. shortTable];
        BmpFile.SetInt32(atTable, 10, 54);
        byte[] zero = [.. shortTable];
        BmpFile.SetInt32(zero, 10, 0);
        byte[] trueColorZero = BmpFile.Of(5, 2, 24, 0, [], BmpFile.Rows(random, 5, 2, 24));
        BmpFile.SetInt32(trueColorZero, 10, 0);
        AssertAsPillow([shortTable, gap, atTable, zero, trueColorZero]);
    }

    /// <summary>More colors than indices can name, by writers that put the number of something else there.</summary>
    [Theory]
    [InlineData(1000)]
    [InlineData(0x40000001)]
    [InlineData(-1)]
    public void A_number_of_colors_beyond_the_indices_is_a_full_table(int used)
    {
        Random random = new(12);
        byte[] file = BmpFile.Of(12, 3, 8, 0, BmpFile.Palette(random, 256), BmpFile.Rows(random, 12, 3, 8));
        Picture full = Picture.Decode(file);
        BmpFile.SetInt32(file, 46, used);
        Assert.Null(Picture.Decode(file).DifferenceFrom(full));
    }

    /// <summary>BITMAPV3INFOHEADER is the shortest header with a mask of its own for alpha.</summary>
    [Theory]
    [InlineData(52)]
    [InlineData(56)]
    [InlineData(108)]
    public void A_header_of_56_bytes_or_more_has_a_mask_for_alpha(int headerSize)
    {
        Random random = new(13);
        byte[] file = BmpFile.Of(9, 3, 32, 3, new byte[headerSize == 52 ? 4 : 0], BmpFile.Rows(random, 9, 3, 32), headerSize);
        BmpFile.Masks(0x00FF0000, 0x0000FF00, 0x000000FF, 0xFF000000)[..(headerSize == 52 ? 12 : 16)].CopyTo(file, 54);
        Assert.Null(Picture.Decode(file).DifferenceFrom(BmpFile.SlowMasks(file)));
    }

    [Fact]
    public void Any_masks_are_scaled_to_the_nearest_level()
    {
        Random random = new(3);
        for (int i = 0; i < 300; i++)
        {
            int bits = random.Next(3) switch { 0 => 16, 1 => 24, _ => 32 };
            uint[] masks = [.. Enumerable.Range(0, 4).Select(_ => Mask(random, bits))];
            bool alpha = random.Next(2) == 0;
            byte[] file = BmpFile.Of(
                9, random.Next(2) == 0 ? 3 : -3, bits, alpha ? 6 : 3, BmpFile.Masks(alpha ? masks : masks[..3]), BmpFile.Rows(random, 9, 3, bits));
            string? difference = Picture.Decode(file).DifferenceFrom(BmpFile.SlowMasks(file));
            Assert.True(difference is null, $"{bits} bits, masks {string.Join(' ', masks.Select(mask => mask.ToString("X8")))}: {difference}");
        }

        static uint Mask(Random random, int bits)
        {
            int count = random.Next(1, Math.Min(17, bits));
            return ((1u << count) - 1) << random.Next(bits - count + 1);
        }
    }

    [Fact]
    public void Every_value_of_every_width_is_scaled_to_the_nearest_level()
    {
        for (int bits = 1; bits <= 16; bits++)
        {
            uint max = (1u << bits) - 1;
            BmpChannel channel = new(max << 3);
            for (uint value = 0; value <= max; value++)
            {
                Assert.Equal((byte)Math.Round(255.0 * value / max), channel.Of(value << 3));
            }
        }

        Assert.Equal([0, 128, 255], ((uint[])[0, 0x80800000, uint.MaxValue]).Select(new BmpChannel(uint.MaxValue).Of));
    }

    [Theory]
    [InlineData(0u, 255)]
    [InlineData(0x80000000u, 128)]
    public void Alpha_counts_only_if_some_pixel_has_it(uint last, int expected)
    {
        byte[] pixels = BmpFile.Masks(0x00112233, 0x00445566, 0x00778899, 0x00AABBCC | last);
        byte[] file = BmpFile.Of(2, -2, 32, 6, BmpFile.Masks(0xFF0000, 0xFF00, 0xFF, 0xFF000000), pixels);
        Picture picture = Picture.Decode(file);
        Assert.Equal((byte[])[0xAA, 0xBB, 0xCC, (byte)expected], picture[1, 1]);
        Assert.Equal((byte[])[0x11, 0x22, 0x33, last == 0 ? (byte)255 : (byte)0], picture[0, 0]);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(36)]
    [InlineData(48)]
    [InlineData(64)]
    [InlineData(200)]
    public void A_header_of_any_size_is_read(int headerSize)
    {
        Random random = new(4);
        byte[] rows = BmpFile.Rows(random, 5, 4, 24);
        Picture expected = Picture.Decode(BmpFile.Of(5, 4, 24, 0, [], rows));
        Assert.Null(Picture.Decode(BmpFile.Of(5, 4, 24, 0, [], rows, headerSize)).DifferenceFrom(expected));
    }

    [Fact]
    public void An_embedded_profile_is_read()
    {
        byte[] profile = [9, 8, 7, 6, 5];
        byte[] file = [.. BmpFile.Of(1, 1, 24, 0, [], [1, 2, 3, 0], headerSize: 124), .. profile];
        BmpFile.SetInt32(file, 14 + 112, file.Length - profile.Length - 14);
        BmpFile.SetInt32(file, 14 + 116, profile.Length);
        Assert.True(InputFormat.Open(file).ReadIccProfile().IsEmpty);
        BmpFile.SetInt32(file, 14 + 56, 0x4D424544);
        Assert.Equal(profile, InputFormat.Open(file).ReadIccProfile().ToArray());
        BmpFile.SetInt32(file, 14 + 116, profile.Length + 1);
        Assert.True(InputFormat.Open(file).ReadIccProfile().IsEmpty);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-3, 1)]
    [InlineData(3, 0)]
    [InlineData(3, int.MinValue)]
    [InlineData(int.MinValue, int.MinValue)]
    public void Impossible_sizes_are_invalid(int width, int height) =>
        RefusalAdvice.AssertAdvises(Assert.Throws<InvalidImageException>(() => InputFormat.Open(BmpFile.Of(width, height, 24, 0, [], new byte[64]))));

    [Theory]
    [InlineData(3, 0)]
    [InlineData(24, 1)]
    [InlineData(8, 2)]
    [InlineData(8, 3)]
    [InlineData(24, 7)]
    [InlineData(24, 100)]
    public void Contradictory_depths_and_compressions_are_invalid(int bits, int compression) =>
        RefusalAdvice.AssertAdvises(
            Assert.Throws<InvalidImageException>(() => InputFormat.Open(BmpFile.Of(3, 3, bits, compression, new byte[1024], new byte[64]))));

    [Theory]
    [InlineData(0, 4, 40, "JPEG")]
    [InlineData(32, 11, 40, "CMYK")]
    [InlineData(1, 3, 64, "fax")]
    [InlineData(64, 0, 40, "64 bits")]
    public void Kinds_for_printers_and_faxes_are_unsupported(int bits, int compression, int headerSize, string word)
    {
        byte[] file = BmpFile.Of(3, 3, bits, compression, [], new byte[64], headerSize);
        UnsupportedImageException e = RefusalAdvice.AssertAdvises(Assert.Throws<UnsupportedImageException>(() => InputFormat.Open(file)));
        Assert.Contains(word, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_file_shows_its_rows()
    {
        byte[] file = BmpFile.Of(4, 4, 24, 0, [], BmpFile.Rows(new Random(5), 4, 4, 24));
        Picture whole = Picture.Decode(file);
        Picture cut = Picture.Decode(file[..^13], out string? note);
        Assert.Equal("The BMP is truncated: only 2 of its 4 rows are there; the others are blank.", note);
        Assert.Equal(whole.Row(3), cut.Row(3));
        Assert.Equal(whole.Row(2), cut.Row(2));
        Assert.Equal((byte[])[128, 128, 128, 255], cut[3, 1]);
        RefusalAdvice.AssertAdvises(Assert.Throws<InvalidImageException>(() => Picture.Decode(file[..^37])));
    }

    [Fact]
    public void Missing_padding_of_the_last_row_is_harmless()
    {
        byte[] file = BmpFile.Of(3, 2, 24, 0, [], BmpFile.Rows(new Random(6), 3, 2, 24));
        Picture.Decode(file[..^3], out string? note);
        Assert.Null(note);
    }

    [Theory]
    [InlineData("BMW is a maker of cars and motorcycles.")]
    [InlineData("BA, but no array of anything at all")]
    public void Text_is_not_an_image(string text)
    {
        var e = Assert.Throws<InvalidImageException>(() => InputFormat.Open(System.Text.Encoding.ASCII.GetBytes(text)));
        Assert.Contains("not an image; it is text", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_array_of_bitmaps_is_unsupported()
    {
        byte[] file = [(byte)'B', (byte)'A', .. new byte[12], .. BmpFile.Of(1, 1, 24, 0, [], new byte[4])];
        Assert.Contains("array of bitmaps", Assert.Throws<UnsupportedImageException>(() => InputFormat.Open(file)).Message, StringComparison.Ordinal);
    }

    private static void AssertAsPillow(List<byte[]> files)
    {
        IReadOnlyList<Picture?> expected = PillowJudge.Decode(files);
        for (int i = 0; i < files.Count; i++)
        {
            Assert.Null(Picture.Decode(files[i], out string? note).DifferenceFrom(expected[i]!));
            Assert.Null(note);
        }
    }
}
