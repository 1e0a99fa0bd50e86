using ResizeImage.Imaging.Formats.Jpeg;

namespace ResizeImage.Imaging.Tests.Formats.Jpeg;

/// <summary>The formulas of T.81 A.3.3, in double precision, judge the transforms.</summary>
public class DctTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    [InlineData(2)]
    [InlineData(1)]
    public void The_inverse_gives_the_means_of_the_samples_of_the_formula(int size)
    {
        var random = new Random(size);
        for (int trial = 0; trial < 2000; trial++)
        {
            (short[] coefficients, ushort[] quantization) = RandomBlock(random);
            double[] exact = Inverse(coefficients, quantization);
            byte[] samples = new byte[size * 11];
            InverseDct.Transform(coefficients, quantization, size, samples, 11);
            int step = 8 / size;
            for (int y = 0; y < size; y++)
            {
                for (int x = 0; x < size; x++)
                {
                    double mean = 0;
                    for (int i = 0; i < step * step; i++)
                    {
                        mean += exact[(((y * step) + (i / step)) * 8) + (x * step) + (i % step)] / (step * step);
                    }

                    Assert.True(Math.Abs(Math.Clamp(mean + 128, 0, 255) - samples[(y * 11) + x]) < 0.6);
                }
            }
        }
    }

    [Theory]
    [InlineData(8, 63)]
    [InlineData(8, 9)]
    [InlineData(4, 9)]
    [InlineData(4, 4)]
    [InlineData(2, 4)]
    [InlineData(1, 0)]
    public void The_corner_is_the_same_where_the_rest_is_0(int size, int last)
    {
        var random = new Random(size);
        for (int trial = 0; trial < 2000; trial++)
        {
            (short[] coefficients, ushort[] quantization) = RandomBlock(random);
            for (int k = last + 1; k < 64; k++)
            {
                coefficients[ZigZag.NaturalOrder[k]] = 0;
            }

            if (last == 4)
            {
                coefficients[ZigZag.NaturalOrder[3]] = 0; // its counterpart, 5, is not there either
            }

            byte[] all = new byte[64];
            byte[] corner = new byte[64];
            InverseDct.Transform(coefficients, quantization, size, all, 8);
            InverseDct.TransformCorner(coefficients, quantization, last, size, corner, 8);
            int tolerance = (size, last) == (8, 9) ? 1 : 0; // factorised otherwise, so rounded otherwise
            Assert.All(all.Zip(corner), pair => Assert.InRange(pair.Second - pair.First, -tolerance, tolerance));
        }
    }

    [Fact]
    public void The_forward_transform_gives_eight_times_the_formula()
    {
        var random = new Random(1);
        for (int trial = 0; trial < 2000; trial++)
        {
            int[] block = Enumerable.Range(0, 64).Select(_ => random.Next(-128, 128)).ToArray();
            int[] original = [.. block];
            ForwardDct.Transform(block);
            for (int i = 0; i < 64; i++)
            {
                double exact = 0;
                for (int j = 0; j < 64; j++)
                {
                    exact += original[j] * Basis(i / 8, j / 8) * Basis(i % 8, j % 8);
                }

                Assert.True(Math.Abs((exact * 8) - block[i]) < 1.6, $"{exact * 8} {block[i]}");
            }
        }
    }

    [Fact]
    public void Absurd_coefficients_do_no_harm()
    {
        short[] coefficients = Enumerable.Range(0, 64).Select(i => i % 2 == 0 ? short.MaxValue : short.MinValue).ToArray();
        ushort[] quantization = Enumerable.Repeat(ushort.MaxValue, 64).ToArray();
        foreach (int size in (int[])[8, 4, 2, 1])
        {
            InverseDct.Transform(coefficients, quantization, size, new byte[64], 8);
            foreach (int last in (int[])[63, 9, 4, 0])
            {
                InverseDct.TransformCorner(coefficients, quantization, last, size, new byte[64], 8);
            }
        }
    }

    /// <summary>Few coefficients, falling off like those of photos.</summary>
    private static (short[] Coefficients, ushort[] Quantization) RandomBlock(Random random)
    {
        short[] coefficients = new short[64];
        ushort[] quantization = new ushort[64];
        for (int i = 0; i < 64; i++)
        {
            int frequency = (i / 8) + (i % 8);
            quantization[i] = (ushort)random.Next(1, 20);
            int range = 600 / ((1 + frequency) * quantization[i]);
            coefficients[i] = (short)random.Next(-range, range + 1);
        }

        return (coefficients, quantization);
    }

    private static double[] Inverse(short[] coefficients, ushort[] quantization)
    {
        double[] samples = new double[64];
        for (int i = 0; i < 64; i++)
        {
            for (int j = 0; j < 64; j++)
            {
                samples[i] += coefficients[j] * quantization[j] * Basis(j / 8, i / 8) * Basis(j % 8, i % 8);
            }
        }

        return samples;
    }

    private static double Basis(int u, int x) => (u == 0 ? Math.Sqrt(0.5) : 1) / 2 * Math.Cos(((2 * x) + 1) * u * Math.PI / 16);
}
