using ResizeImage.Imaging.Formats.Jpeg;

namespace ResizeImage.Imaging.Tests.Formats.Jpeg;

/// <summary>The transforms, compared with the formulas of T.81 A.3.3 in double precision.</summary>
public class DctTests
{
    [Fact]
    public void The_inverse_gives_the_samples_of_the_formula()
    {
        var random = new Random(8);
        for (int trial = 0; trial < 2000; trial++)
        {
            (short[] coefficients, ushort[] quantization) = RandomBlock(random);
            double[] exact = Means(Inverse(coefficients, quantization), 8);
            byte[] samples = new byte[8 * 11];
            InverseDct.Transform(coefficients, quantization, samples, 11);
            for (int j = 0; j < exact.Length; j++)
            {
                double error = Math.Clamp(exact[j], 0, 255) - samples[(j / 8 * 11) + (j % 8)];
                Assert.True(Math.Abs(error) < 0.6, $"sample {j} of block {trial} differs by {error}");
            }
        }
    }

    [Theory]
    [InlineData(8, 14)]
    [InlineData(4, 14)]
    [InlineData(2, 14)]
    [InlineData(8, 9)]
    [InlineData(4, 9)]
    [InlineData(6, 14)]
    [InlineData(3, 14)]
    [InlineData(6, 9)]
    [InlineData(3, 9)]
    [InlineData(8, 5)]
    [InlineData(4, 5)]
    [InlineData(2, 5)]
    [InlineData(8, 0)]
    [InlineData(2, 0)]
    [InlineData(1, 0)]
    public void A_row_of_lowest_coefficients_gives_the_samples_of_the_formula(int size, int last)
    {
        var random = new Random(size + last);
        for (int trial = 0; trial < 200; trial++)
        {
            var row = new CoefficientRow(new BlockDemand(3, 3 + trial % 37 + 1, 0, 1, last));
            ushort[] quantization = RandomBlock(random).Quantization;
            var blocks = new double[row.Blocks][];
            for (int i = 0; i < row.Blocks; i++)
            {
                short[] coefficients = RandomBlock(random).Coefficients;
                for (int k = 0; k < 64; k++)
                {
                    ref short coefficient = ref coefficients[ZigZag.NaturalOrder[k]];
                    if (k <= last)
                    {
                        row[k, i] = coefficient;
                    }

                    coefficient = k > last ? (short)0 : coefficient;
                }

                blocks[i] = Means(Inverse(coefficients, quantization), size);
            }

            int stride = (row.Blocks + LowInverseDct.BlockAlignment) * size;
            byte[] samples = new byte[size * stride];
            LowInverseDct.Transform(row, row.LastCoefficient, quantization, size, samples, stride);
            for (int i = 0; i < row.Blocks; i++)
            {
                for (int j = 0; j < size * size; j++)
                {
                    byte sample = samples[(j / size * stride) + (i * size) + (j % size)];
                    Assert.True(Math.Abs(Math.Clamp(blocks[i][j], 0, 255) - sample) < 0.501, $"{blocks[i][j]} {sample}");
                }
            }
        }
    }

    /// <summary>Without detail nothing changes; with it, samples get brighter, and dark ones more than bright ones.</summary>
    [Theory]
    [InlineData(4, 14, 10)]
    [InlineData(4, 14, 9)]
    [InlineData(4, 9, 9)]
    [InlineData(3, 14, 10)]
    [InlineData(3, 9, 9)]
    [InlineData(2, 5, 5)]
    [InlineData(2, 5, 4)]
    public void Detail_within_samples_makes_them_brighter(int size, int last, int detail)
    {
        ushort[] quantization = Enumerable.Repeat((ushort)1, 64).ToArray();
        int Added(int dc, int amplitude)
        {
            var row = new CoefficientRow(new BlockDemand(0, 1, 0, 1, last));
            row[0, 0] = dc;
            row[detail, 0] = amplitude;
            int[] sums = Array.ConvertAll((bool[])[false, true], toMeanLight =>
            {
                int stride = LowInverseDct.BlockAlignment * size;
                byte[] samples = new byte[size * stride];
                LowInverseDct.Transform(row, row.LastCoefficient, quantization, size, samples, stride, toMeanLight);
                return Enumerable.Range(0, size * size).Sum(i => samples[(i / size * stride) + (i % size)]);
            });
            return sums[1] - sums[0];
        }

        for (int dc = -1024; dc < 1024; dc += 16)
        {
            Assert.Equal(0, Added(dc, 0));
        }

        Assert.InRange(Added(-400, 150), Added(400, 150) + 1, 20 * size * size);
        Assert.InRange(Added(400, 150), 1, 20 * size * size);
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

    /// <summary>Blocks of photos, of DC alone, and of coefficients that no encoder writes.</summary>
    [Fact]
    public void The_inverse_gives_the_same_samples_with_and_without_AVX2()
    {
        var random = new Random(9);
        for (int trial = 0; trial < 3000; trial++)
        {
            (short[] coefficients, ushort[] quantization) = RandomBlock(random);
            if (trial % 3 == 1)
            {
                coefficients = [(short)random.Next(short.MinValue, short.MaxValue + 1), .. new short[63]];
            }
            else if (trial % 3 == 2)
            {
                coefficients = [.. coefficients.Select(_ => (short)random.Next(short.MinValue, short.MaxValue + 1))];
                quantization = [.. quantization.Select(_ => (ushort)(trial % 2 == 0 ? 1 : random.Next(ushort.MaxValue + 1)))];
            }

            byte[] expected = new byte[8 * 9];
            byte[] actual = new byte[8 * 9];
            InverseDct.TransformWide(coefficients, quantization, expected, 9);
            InverseDct.Transform(coefficients, quantization, actual, 9);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Extreme_coefficients_do_not_throw()
    {
        short[] coefficients = Enumerable.Range(0, 64).Select(i => i % 2 == 0 ? short.MaxValue : short.MinValue).ToArray();
        ushort[] quantization = Enumerable.Repeat(ushort.MaxValue, 64).ToArray();
        InverseDct.Transform(coefficients, quantization, new byte[64], 8);
        foreach (int size in (int[])[8, 6, 4, 3, 2, 1])
        {
            foreach (int last in (int[])[14, 9, 5, 0])
            {
                var row = new CoefficientRow(new BlockDemand(0, 5, 0, 1, last));
                for (int i = 0; i < 5 * (last + 1); i++)
                {
                    row[i / 5, i % 5] = i % 2 == 0 ? int.MaxValue : int.MinValue;
                }

                LowInverseDct.Transform(row, row.LastCoefficient, quantization, size, new byte[16 * size * size], 16 * size);
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

    /// <summary>Means over the samples of a block that become one, level-shifted.</summary>
    private static double[] Means(double[] samples, int size)
    {
        double step = 8.0 / size;
        double[] means = new double[size * size];
        for (int i = 0; i < means.Length; i++)
        {
            for (int j = 0; j < 64; j++)
            {
                means[i] += (samples[j] + 128) * Overlap(i / size, j / 8) * Overlap(i % size, j % 8) / (step * step);
            }
        }

        return means;

        double Overlap(int large, int small) => Math.Clamp(Math.Min((large + 1) * step, small + 1) - Math.Max(large * step, small), 0, 1);
    }

    private static double Basis(int u, int x) => (u == 0 ? Math.Sqrt(0.5) : 1) / 2 * Math.Cos(((2 * x) + 1) * u * Math.PI / 16);
}
