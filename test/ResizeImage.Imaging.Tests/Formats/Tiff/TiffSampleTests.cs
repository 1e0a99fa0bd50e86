using System.Runtime.InteropServices;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Formats.Gif;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Tiff;

/// <summary>Kinds of samples and of compression that libtiff's programs neither write nor show, against the formulas of their specifications.</summary>
public class TiffSampleTests
{
    private const int Width = 37;
    private const int Height = 19;

    /// <summary>ISO/CIE 11664-4, and the matrix from XYZ relative to D50 to linear sRGB after a Bradford adaptation, as B. Lindbloom publishes it.</summary>
    [Theory]
    [InlineData(8, false)]
    [InlineData(9, true)]
    public void Lab_becomes_sRGB(int photometric, bool isOffset)
    {
        byte[] lab = TestPicture.Samples(Width, Height, 3, seed: 4);
        byte[] white = [255, (byte)(isOffset ? 128 : 0), (byte)(isOffset ? 128 : 0)];
        white.CopyTo(lab, 0);
        byte[] actual = Decoding.All(TiffFile.Of(Width, Height, 8, photometric, 3, lab)).Samples;
        Assert.Equal([255, 255, 255], actual[..3]);
        for (int i = 0; i < lab.Length; i += 3)
        {
            (byte Red, byte Green, byte Blue) expected = OfLab(lab[i] / 2.55, Signed(lab[i + 1]), Signed(lab[i + 2]));
            Assert.InRange(actual[i], expected.Red - 1, expected.Red + 1);
            Assert.InRange(actual[i + 1], expected.Green - 1, expected.Green + 1);
            Assert.InRange(actual[i + 2], expected.Blue - 1, expected.Blue + 1);
        }

        double Signed(byte sample) => isOffset ? sample - 128 : (sbyte)sample;
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(12)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(32)]
    public void Samples_of_any_number_of_bits_are_scaled(int bits)
    {
        Random random = new(bits);
        foreach ((int photometric, int samples, bool isLittleEndian) in ((int, int, bool)[])[(0, 1, true), (1, 1, false), (1, 1, true), (2, 3, true), (2, 3, false)])
        {
            long most = (1L << bits) - 1;
            long[] values = [.. Enumerable.Range(0, Width * samples * Height).Select(i => i < 2 ? i * most : random.NextInt64(most + 1))];
            byte[] file = TiffFile.Of(Width, Height, bits, photometric, samples, Pack(values, bits, Width * samples, isLittleEndian), isLittleEndian);
            (_, _, PixelLayout layout, byte[] actual, string? note) = Decoding.All(file);
            Assert.Null(note);
            Assert.Equal((samples, bits > 8) switch { (1, false) => PixelLayout.Gray8, (1, true) => PixelLayout.Gray16, (_, false) => PixelLayout.Rgb8, _ => PixelLayout.Rgb16 }, layout);
            int largest = bits > 8 ? ushort.MaxValue : byte.MaxValue;
            for (int i = 0; i < values.Length; i++)
            {
                double expected = (double)(photometric == 0 ? most - values[i] : values[i]) * largest / most;
                int sample = bits > 8 ? MemoryMarshal.Cast<byte, ushort>(actual)[i] : actual[i];
                Assert.True(Math.Abs(sample - expected) < 1, $"{values[i]} of {most}: {sample}, {expected} expected");
                Assert.True((values[i] != 0 && values[i] != most) || sample == expected, "black and white are exact");
            }
        }
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(8, 3)]
    [InlineData(16, 1)]
    [InlineData(16, 3)]
    public void Alpha_is_straight_premultiplied_or_ignored(int bits, int colors)
    {
        int samples = colors + 1;
        int most = (1 << bits) - 1;
        byte[] data = TestPicture.Samples(Width, Height, samples * bits / 8, seed: 6);
        int[] values = [.. Enumerable.Range(0, Width * Height * samples).Select(i => bits == 8 ? data[i] : BitConverter.ToUInt16(data, 2 * i))];
        foreach (uint extra in (uint[])[0, 1, 2])
        {
            (_, _, PixelLayout layout, byte[] decoded, _) = Decoding.All(TiffFile.Of(Width, Height, bits, colors == 1 ? 1 : 2, samples, data, fields: [(338, [extra])]));
            bool hasAlpha = extra != 0;
            Assert.Equal(hasAlpha, layout.HasAlpha());
            int channels = hasAlpha ? 4 : colors;
            for (int i = 0; i < Width * Height; i++)
            {
                int alpha = values[(i * samples) + colors];
                for (int c = 0; c < channels; c++)
                {
                    int value = values[(i * samples) + (c == 3 ? colors : Math.Min(c, colors - 1))];
                    double expected = extra != 1 || c == 3 ? value : alpha == 0 ? double.NaN : Math.Min((double)value * most / alpha, most);
                    int actual = bits == 8 ? decoded[(i * channels) + c] : BitConverter.ToUInt16(decoded, 2 * ((i * channels) + c));
                    Assert.True(double.IsNaN(expected) || Math.Abs(actual - expected) <= 0.51, $"extra {extra}, pixel {i}, channel {c}: {actual}, {expected} expected");
                }
            }
        }
    }

    /// <summary>The codes of GIF: the lowest bit first, widths that grow when they must.</summary>
    [Fact]
    public void Old_style_LZW_has_the_samples_of_the_original()
    {
        byte[] data = TestPicture.Samples(300, 200, 3);
        byte[] codes = GifFile.Compress(data, 8);
        Assert.True(data.AsSpan().SequenceEqual(Decoding.All(TiffFile.Of(300, 200, 8, 2, 3, codes, fields: [(259, [5])])).Samples));
    }

    [ToolTheory("cjpeg")]
    [InlineData(2, true)]
    [InlineData(2, false)]
    [InlineData(6, true)]
    [InlineData(6, false)]
    public void Old_style_JPEG_is_the_JPEG_file_in_it(int photometric, bool hasSamplesPerPixel)
    {
        byte[] jpeg = Djpeg.Encode(TestPicture.Rgb(Width, Height));
        List<(ushort, uint[])> fields = [(259, [6]), (513, [8]), (514, [(uint)jpeg.Length])];
        if (!hasSamplesPerPixel)
        {
            fields.AddRange([(277, []), (258, [])]);
        }

        Picture actual = Picture.Decode(TiffFile.Of(Width, Height, 8, photometric, 3, jpeg, fields: [.. fields]), out string? note);
        Assert.Null(note);
        Assert.Null(actual.DifferenceFrom(Picture.Decode(jpeg)));
    }

    /// <summary>Horizontal mode codes runs in pairs: here, no white before the first pixel and no black after the last one.</summary>
    [Fact]
    public void A_fax_row_has_up_to_two_changes_more_than_pixels()
    {
        const string Row = "001" + "00110101" + "010" + "001" + "000111" + "0000110111";
        const string SameAsAbove = "1" + "1" + "1";
        string bits = (Row + SameAsAbove + Row).PadRight(80, '0');
        byte[] data = [.. bits.Chunk(8).Select(octet => Convert.ToByte(new string(octet), 2))];
        (_, _, _, byte[] samples, string? note) = Decoding.All(TiffFile.Of(2, 3, 1, 0, 1, data, fields: [(259, [4])]));
        Assert.Equal([0, 255, 0, 255, 0, 255], samples);
        Assert.Null(note);
    }

    private static (byte Red, byte Green, byte Blue) OfLab(double lightness, double a, double b)
    {
        double fy = (lightness + 16) / 116;
        double x = 0.96422 * Inverse(fy + (a / 500));
        double y = Inverse(fy);
        double z = 0.82521 * Inverse(fy - (b / 200));
        return (
            Encode((3.1338561 * x) - (1.6168667 * y) - (0.4906146 * z)),
            Encode((-0.9787684 * x) + (1.9161415 * y) + (0.0334540 * z)),
            Encode((0.0719453 * x) - (0.2289914 * y) + (1.4052427 * z)));

        static double Inverse(double f) => f * f * f > 216 / 24389.0 ? f * f * f : ((116 * f) - 16) / (24389 / 27.0);

        static byte Encode(double linear)
        {
            linear = Math.Clamp(linear, 0, 1);
            return (byte)Math.Round(255 * (linear <= 0.0031308 ? 12.92 * linear : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055));
        }
    }

    /// <summary>Rows of samples: 16, 24 and 32 bits in the file's byte order, others the highest bit first; each row begins with a byte.</summary>
    private static byte[] Pack(long[] values, int bits, int perRow, bool isLittleEndian)
    {
        List<byte> data = [];
        foreach (long[] row in values.Chunk(perRow))
        {
            string digits = string.Concat(row.Select(value => Convert.ToString(value, 2).PadLeft(bits, '0')));
            byte[] bytes = [.. digits.Chunk(8).Select(octet => Convert.ToByte(new string(octet).PadRight(8, '0'), 2))];
            data.AddRange(isLittleEndian && (bits is 16 or 24 or 32) ? bytes.Chunk(bits / 8).SelectMany(sample => sample.Reverse()) : bytes);
        }

        return [.. data];
    }
}
