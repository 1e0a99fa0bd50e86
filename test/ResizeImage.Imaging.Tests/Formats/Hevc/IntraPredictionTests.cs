using ResizeImage.Imaging.Formats.Hevc.Prediction;

namespace ResizeImage.Imaging.Tests.Formats.Hevc;

/// <summary>All modes against <see cref="SlowPrediction"/>.</summary>
public class IntraPredictionTests
{
    public static TheoryData<int, int> Blocks
    {
        get
        {
            TheoryData<int, int> blocks = [];
            foreach (int bits in (int[])[8, 9, 10, 11, 12])
            {
                for (int log2Size = 2; log2Size <= 5; log2Size++)
                {
                    blocks.Add(log2Size, bits);
                }
            }

            return blocks;
        }
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Every_mode_is_as_in_the_standard(int log2Size, int bits)
    {
        int size = 1 << log2Size;
        Random random = new(size + bits);
        for (int i = 0; i < 35 * 12; i++)
        {
            NeighborAvailability available = i < 70
                ? new(2 * size, true, true, size)
                : new(random.Next(3) == 0 ? 0 : size + random.Next(size + 1), random.Next(2) == 0, random.Next(3) > 0, random.Next(2) * random.Next(size + 1));
            AssertSame(log2Size, bits, i % 35, available, random);
        }
    }

    [Fact]
    public void Every_availability_is_as_in_the_standard()
    {
        Random random = new(1);
        foreach (int left in (int[])[0, 4, 5, 8])
        {
            foreach (int aboveRight in (int[])[0, 1, 4])
            {
                for (int flags = 0; flags < 4; flags++)
                {
                    for (int mode = 0; mode < 35; mode++)
                    {
                        AssertSame(2, 8, mode, new(left, (flags & 1) != 0, (flags & 2) != 0, aboveRight), random);
                    }
                }
            }
        }
    }

    private static void AssertSame(int log2Size, int bits, int mode, NeighborAvailability available, Random random)
    {
        int size = 1 << log2Size;
        int stride = (3 * size) + 5;
        (int left, int top) = (size + 2, 3);
        ushort[] picture = new ushort[stride * (3 + (2 * size))];
        int kind = random.Next(3);
        (int across, int down) = (random.Next(-2, 3), random.Next(-2, 3));
        for (int i = 0; i < picture.Length; i++)
        {
            // Noise, a ramp with a little noise, which is smoothed strongly, or nothing but the extremes.
            int ramp = (1 << (bits - 1)) + (across * (i % stride)) + (down * (i / stride)) + random.Next(2);
            picture[i] = (ushort)(kind == 0 ? random.Next(1 << bits) : kind == 1 ? Math.Clamp(ramp, 0, (1 << bits) - 1) : random.Next(2) * ((1 << bits) - 1));
        }

        Dictionary<(int X, int Y), int> neighbors = [];
        for (int i = -1; i < 2 * size; i++)
        {
            if (i < 0 ? available.Corner : i < available.Left)
            {
                neighbors[(-1, i)] = picture[((top + i) * stride) + left - 1];
            }

            if (i >= 0 && (i < size ? available.Above : i - size < available.AboveRight))
            {
                neighbors[(i, -1)] = picture[((top - 1) * stride) + left + i];
            }
        }

        int first = (top * stride) + left;
        ushort[] before = [.. picture];
        foreach ((int cIdx, bool is444, bool isStrong) in ((int, bool, bool)[])[(0, false, false), (0, false, true), (1, false, true), (1, true, true)])
        {
            before.CopyTo(picture, 0);
            new IntraPredictor(isStrong).Predict(
                ref picture[first], stride, ref picture[first - stride], log2Size, mode, available, cIdx == 0, cIdx == 0 || is444, bits);
            int[] expected = new SlowPrediction(size, bits).Predict(neighbors, mode, cIdx, is444, isStrong);
            for (int i = 0; i < picture.Length; i++)
            {
                (int x, int y) = ((i % stride) - left, (i / stride) - top);
                bool isInside = x >= 0 && x < size && y >= 0 && y < size;
                int sample = isInside ? expected[(y * size) + x] : before[i];
                Assert.True(picture[i] == sample, $"size {size}, mode {mode}, cIdx {cIdx}, {available}: ({x}, {y}) is {picture[i]}, not {sample}");
            }
        }
    }
}
