using ResizeImage.Imaging.Formats.Png;

namespace ResizeImage.Imaging.Tests.Formats.Png;

public class PngFilterTests
{
    [Fact]
    public void Filters_are_those_of_the_specification_at_every_length_and_distance()
    {
        Random random = new(4);
        foreach (int stride in (int[])[1, 2, 3, 4, 6, 8])
        {
            for (int pixels = 1; pixels < 70; pixels++)
            {
                byte[] above = RandomLine(random, stride, pixels);
                byte[] line = RandomLine(random, stride, pixels);
                for (byte filter = 0; filter < PngFilter.Count; filter++)
                {
                    byte[] expected = SlowFilter(filter, line, above, stride);
                    byte[] filtered = new byte[expected.Length];
                    PngFilter.Apply(filter, line, above, stride, filtered);
                    Assert.Equal(expected, filtered);

                    byte[] restored = new byte[line.Length];
                    PngFilter.Undo(filter, filtered, above, restored, stride);
                    Assert.Equal(line, restored);
                }
            }
        }
    }

    [Fact]
    public void Two_lines_of_Paeth_at_once_equal_one_after_the_other()
    {
        Random random = new(9);
        foreach (int stride in (int[])[1, 2, 3, 4, 6, 8])
        {
            for (int pixels = 1; pixels < 40; pixels++)
            {
                byte[] above = RandomLine(random, stride, pixels);
                byte[] first = RandomLine(random, stride, pixels);
                byte[] second = RandomLine(random, stride, pixels);
                byte[] firstRestored = new byte[first.Length];
                byte[] secondRestored = new byte[first.Length];
                PngFilter.UndoPaethPair(
                    SlowFilter(PngFilter.Paeth, first, above, stride),
                    SlowFilter(PngFilter.Paeth, second, first, stride),
                    above,
                    firstRestored,
                    secondRestored,
                    stride);
                Assert.Equal(first, firstRestored);
                Assert.Equal(second, secondRestored);
            }
        }
    }

    [Fact]
    public void Adaptive_filtering_chooses_the_smallest_sum_of_magnitudes()
    {
        Random random = new(5);
        byte[] pixels = new byte[37 * 20 * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            // Areas of several kinds, so that several filters win.
            pixels[i] = (byte)((i / 111 / 5) switch
            {
                0 => random.Next(256),
                1 => i / 111 * 40,
                2 => i % 111 * 7,
                _ => (i % 111) + (i / 111 * 9) + random.Next(3),
            });
        }

        byte[] data = PngFilteredData.Adaptive(new(new(37, 20, 8, PngColorType.Truecolor, false), pixels, [], []));
        HashSet<byte> used = [];
        byte[] above = new byte[3 + 111];
        for (int y = 0; y < 20; y++)
        {
            byte[] line = [0, 0, 0, .. pixels.AsSpan(y * 111, 111)];
            byte best = Enumerable.Range(0, 5).Select(f => (byte)f).MinBy(f => SlowFilter(f, line, above, 3).Sum(b => Math.Abs((int)(sbyte)b)));
            used.Add(best);
            Assert.Equal([best, .. SlowFilter(best, line, above, 3)], data[(y * 112)..((y + 1) * 112)]);
            above = line;
        }

        Assert.True(used.Count >= 3);
    }

    private static byte[] RandomLine(Random random, int stride, int pixels)
    {
        byte[] line = new byte[stride * (pixels + 1)];
        random.NextBytes(line.AsSpan(stride));
        return line;
    }

    /// <summary>PNG 9.2, word for word.</summary>
    private static byte[] SlowFilter(int filter, byte[] line, byte[] above, int stride)
    {
        byte[] result = new byte[line.Length - stride];
        for (int i = 0; i < result.Length; i++)
        {
            (int x, int a, int b, int c) = (line[i + stride], line[i], above[i + stride], above[i]);
            result[i] = (byte)(filter switch
            {
                0 => x,
                1 => x - a,
                2 => x - b,
                3 => x - (int)Math.Floor((a + b) / 2.0),
                _ => x - SlowPaeth(a, b, c),
            });
        }

        return result;
    }

    private static int SlowPaeth(int a, int b, int c)
    {
        int p = a + b - c;
        int pa = Math.Abs(p - a);
        int pb = Math.Abs(p - b);
        int pc = Math.Abs(p - c);
        if (pa <= pb && pa <= pc)
        {
            return a;
        }

        return pb <= pc ? b : c;
    }
}
