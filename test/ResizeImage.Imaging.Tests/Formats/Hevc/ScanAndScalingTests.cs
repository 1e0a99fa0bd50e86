using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Hevc.Headers;

namespace ResizeImage.Imaging.Tests.Formats.Hevc;

/// <summary>Scans by H.265 6.5.3 to 6.5.5, and scaling factors by 7.4.5.</summary>
public class ScanAndScalingTests
{
    // Table 7-6.
    private static readonly int[] DefaultIntra =
    [
        16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 17, 16, 17, 16, 17, 18, 17, 18, 18, 17, 18, 21, 19, 20, 21, 20, 19, 21, 24, 22, 22, 24,
        24, 22, 22, 24, 25, 25, 27, 30, 27, 25, 25, 29, 31, 35, 35, 31, 29, 36, 41, 44, 41, 36, 47, 54, 54, 47, 65, 70, 65, 88, 88, 115,
    ];

    [Fact]
    public void Scans_are_those_of_the_standard()
    {
        for (int log2Size = 0; log2Size <= 3; log2Size++)
        {
            int size = 1 << log2Size;
            Assert.Equal(UpRight(size).Select(p => (byte)((p.Y * size) + p.X)), ScanOrder.Of(log2Size, ScanOrder.UpRightDiagonal));
            Assert.Equal(UpRight(size).Select(p => (byte)((p.Y * size) + p.X)), ScanOrder.Diagonal(log2Size).ToArray());
            IEnumerable<int> all = Enumerable.Range(0, size * size);
            Assert.Equal(all.Select(i => (byte)i), ScanOrder.Of(log2Size, ScanOrder.Horizontal));
            Assert.Equal(all.Select(i => (byte)((i % size * size) + (i / size))), ScanOrder.Of(log2Size, ScanOrder.Vertical));
        }
    }

    [Fact]
    public void Default_factors_are_those_of_the_tables()
    {
        for (int log2Size = 2; log2Size <= 5; log2Size++)
        {
            for (int plane = 0; plane < 3; plane++)
            {
                Assert.Equal(Expand(log2Size, log2Size == 2 ? [.. Enumerable.Repeat(16, 16)] : DefaultIntra, 16), ScalingLists.Default.Factors(log2Size, plane).Select(b => (int)b));
            }
        }
    }

    [Fact]
    public void Factors_that_were_read_are_those_that_were_written()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            ChromaFormat chroma = (ChromaFormat)(seed % 4);
            HevcBits bits = new();
            (int[] List, int Dc)[,] lists = new (int[] List, int Dc)[4, 6];
            for (int size = 0; size < 4; size++)
            {
                int step = size == 3 ? 3 : 1;
                for (int matrix = 0; matrix < 6; matrix += step)
                {
                    lists[size, matrix] = Write(bits, random, lists, size, matrix, step);
                }
            }

            RbspReader reader = new(bits.ToArray());
            ScalingLists read = ScalingLists.Read(ref reader, chroma);
            for (int size = 0; size < 4; size++)
            {
                // Without 4:4:4, chroma has no transforms of 32 samples; with it, their factors are those of 16.
                for (int plane = 0; plane < (size == 3 && chroma != ChromaFormat.Yuv444 ? 1 : 3); plane++)
                {
                    (int[] list, int dc) = lists[size == 3 && plane > 0 ? 2 : size, plane];
                    Assert.Equal(Expand(size + 2, list, dc), read.Factors(size + 2, plane).Select(b => (int)b));
                }
            }
        }
    }

    /// <summary>6.5.3, as it is written.</summary>
    private static List<(int X, int Y)> UpRight(int size)
    {
        List<(int X, int Y)> scan = [];
        (int x, int y) = (0, 0);
        while (scan.Count < size * size)
        {
            while (y >= 0)
            {
                if (x < size && y < size)
                {
                    scan.Add((x, y));
                }

                y--;
                x++;
            }

            y = x;
            x = 0;
        }

        return scan;
    }

    private static int[] Expand(int log2Size, int[] list, int dc)
    {
        int size = 1 << log2Size;
        int listSize = Math.Min(size, 8);
        int[] factors = new int[size * size];
        List<(int X, int Y)> scan = UpRight(listSize);
        for (int i = 0; i < list.Length; i++)
        {
            for (int n = 0; n < size * size; n++)
            {
                if ((n % size * listSize / size, n / size * listSize / size) == scan[i])
                {
                    factors[n] = list[i];
                }
            }
        }

        factors[0] = size > 8 ? dc : factors[0];
        return factors;
    }

    /// <summary>Writes a list: the default one, a copy of an earlier one, or its own.</summary>
    private static (int[] List, int Dc) Write(HevcBits bits, Random random, (int[] List, int Dc)[,] lists, int size, int matrix, int step)
    {
        int kind = random.Next(4);
        bits.Write(kind > 1 ? 1u : 0, 1);
        if (kind == 0 || (kind == 1 && matrix == 0))
        {
            bits.Unsigned(0);
            return matrix < 3 || size == 0 ? (size == 0 ? [.. Enumerable.Repeat(16, 16)] : DefaultIntra, 16) : ([], 16);
        }

        if (kind == 1)
        {
            int delta = 1 + random.Next(matrix / step);
            bits.Unsigned(delta);
            return lists[size, matrix - (delta * step)];
        }

        int dc = random.Next(1, 256);
        int next = 8;
        if (size > 1)
        {
            bits.Signed(dc - 8);
            next = dc;
        }

        int[] list = new int[size == 0 ? 16 : 64];
        for (int i = 0; i < list.Length; i++)
        {
            list[i] = random.Next(1, 256);
            int delta = list[i] - next;
            bits.Signed(delta > 127 ? delta - 256 : delta < -128 ? delta + 256 : delta);
            next = list[i];
        }

        return (list, dc);
    }
}
