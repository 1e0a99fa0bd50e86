using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Bmp;

/// <summary>Run-length encoded images, compared with a slow decoder that holds the whole image.</summary>
public class BmpRunTests
{
    private static readonly (int Bits, int Compression, int HeaderSize)[] Kinds = [(8, 1, 40), (4, 2, 40), (24, 4, 64)];

    [Fact]
    public void Random_codes_decode_as_a_slow_decoder_does()
    {
        Random random = new(1);
        for (int i = 0; i < 3000; i++)
        {
            (int bits, int compression, int headerSize) = Kinds[i % 3];
            int width = random.Next(1, 20);
            int height = random.Next(1, 12);
            byte[] palette = bits <= 8 ? BmpFile.Palette(random, 1 << bits) : [];
            byte[] codes = Codes(random, bits, width, height);
            bool topDown = random.Next(4) == 0;
            byte[] file = BmpFile.Of(width, topDown ? -height : height, bits, compression, palette, [.. codes, 0, 1], headerSize);
            string? difference = Picture.Decode(file, out string? note).DifferenceFrom(Slow(codes, bits, width, height, topDown, palette));
            Assert.True(difference is null && note is null, $"{i}: {width}×{height}, {bits} bits, {Convert.ToHexString(codes)}: {difference} {note}");
        }
    }

    [Fact]
    public void A_truncated_file_shows_its_complete_rows()
    {
        // Two rows, and half of a third; the picture is stored from the bottom.
        byte[] codes = [4, 1, 0, 0, 0, 4, 1, 0, 1, 0, 0, 0, 2, 1];
        byte[] file = BmpFile.Of(4, 4, 8, 1, [.. new byte[4], 9, 8, 7, 0, .. new byte[1016]], codes);
        Picture cut = Picture.Decode(file, out string? note);
        Assert.Equal("The BMP is truncated: only 2 of its 4 rows are there; the others are blank.", note);
        Assert.Equal((byte[])[7, 8, 9, 255], cut[3, 3]);
        Assert.Equal((byte[])[0, 0, 0, 255], cut[3, 2]);
        Assert.Equal((byte[])[128, 128, 128, 255], cut[0, 1]);
        Assert.Throws<InvalidImageException>(() => Picture.Decode(file[..^13]));
    }

    [Fact]
    public void The_end_of_the_last_row_is_an_end()
    {
        byte[] file = BmpFile.Of(4, 2, 8, 1, new byte[1024], [4, 1, 0, 0, 4, 2]);
        Picture.Decode(file, out string? note);
        Assert.Null(note);
    }

    /// <summary>Codes of every kind; some exceed the row or the image.</summary>
    private static byte[] Codes(Random random, int bits, int width, int height)
    {
        List<byte> codes = [];
        for (int n = random.Next(1, 6 * height); n > 0; n--)
        {
            switch (random.Next(6))
            {
                case 0:
                    codes.AddRange([0, 0]);
                    break;
                case 1 when random.Next(3) == 0:
                    codes.AddRange([0, 2, (byte)random.Next(width + 2), (byte)random.Next(3)]);
                    break;
                case 2 or 3:
                    int count = random.Next(3, width + 5);
                    byte[] pixels = new byte[bits * count / 8 + (bits == 4 ? count & 1 : 0)];
                    random.NextBytes(pixels);
                    codes.AddRange([0, (byte)count, .. pixels, .. new byte[pixels.Length & 1]]);
                    break;
                default:
                    codes.Add((byte)random.Next(1, width + 3));
                    codes.AddRange(Enumerable.Range(0, bits == 24 ? 3 : 1).Select(_ => (byte)random.Next(256)));
                    break;
            }
        }

        return [.. codes];
    }

    private static Picture Slow(byte[] codes, int bits, int width, int height, bool topDown, byte[] palette)
    {
        byte[] samples = [.. Enumerable.Range(0, width * height).SelectMany(_ => Color(palette, 0, 0, 0, 0))];
        (int x, int y) = (0, 0);
        for (int at = 0; at < codes.Length;)
        {
            (int count, int code) = (codes[at], codes[at + 1]);
            if (count > 0)
            {
                for (int i = 0; i < count; i++)
                {
                    Set(bits, at + 1, i, repeat: true);
                }

                at += bits == 24 ? 4 : 2;
            }
            else if (code == 0)
            {
                (x, y, at) = (0, y + 1, at + 2);
            }
            else if (code == 2)
            {
                (x, y, at) = (x + codes[at + 2], y + codes[at + 3], at + 4);
            }
            else
            {
                for (int i = 0; i < code; i++)
                {
                    Set(bits, at + 2, i, repeat: false);
                }

                int bytes = ((code * bits) + 7) / 8;
                at += 2 + bytes + (bytes & 1);
            }
        }

        return new(width, height, samples);

        void Set(int bits, int from, int i, bool repeat)
        {
            byte[] color = bits switch
            {
                8 => Color(palette, codes[repeat ? from : from + i], 0, 0, 0),
                4 => Color(palette, (codes[repeat ? from : from + (i / 2)] >> (i % 2 == 0 ? 4 : 0)) & 15, 0, 0, 0),
                _ => Color([], 0, codes[repeat ? from : from + (3 * i)], codes[(repeat ? from : from + (3 * i)) + 1], codes[(repeat ? from : from + (3 * i)) + 2]),
            };
            if (x < width && y < height)
            {
                color.CopyTo(samples, 4 * (((topDown ? y : height - 1 - y) * width) + x));
            }

            x++;
        }

        static byte[] Color(byte[] palette, int index, byte blue, byte green, byte red) =>
            palette.Length > 0 ? [palette[(4 * index) + 2], palette[(4 * index) + 1], palette[4 * index], 255] : [red, green, blue, 255];
    }
}
