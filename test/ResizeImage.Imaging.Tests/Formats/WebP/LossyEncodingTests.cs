using System.Runtime.Intrinsics;
using ResizeImage.Imaging.Formats.WebP;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Tests.Formats.WebP;

/// <summary>The parts of the lossy encoder, with slow references and the decoder's parts.</summary>
public class LossyEncodingTests
{
    [Fact]
    public void Bools_of_any_probability_are_read_as_written()
    {
        Random random = new(1);
        (bool Value, int Probability)[] bools = [.. Enumerable.Range(0, 20_000).Select(i =>
        {
            int probability = i < 5000 ? random.Next(1, 256) : i < 10_000 ? 255 : 1;
            return (random.Next(256) >= probability, probability);
        })];
        BoolEncoder encoder = new(1);
        foreach ((bool value, int probability) in bools)
        {
            encoder.Write(value, probability);
        }

        BoolDecoder decoder = new(encoder.Finish());
        foreach ((bool value, int probability) in bools)
        {
            Assert.Equal(value, decoder.Read((uint)probability));
        }

        Assert.False(decoder.IsExhausted);
    }

    /// <summary>The last bytes may carry into those before them, whatever is pending.</summary>
    [Fact]
    public void Partitions_of_any_length_are_read_as_written()
    {
        Random random = new(7);
        for (int count = 0; count < 3000; count++)
        {
            bool[] bools = [.. Enumerable.Range(0, count % 150).Select(_ => random.Next(4) > 0)];
            BoolEncoder encoder = new(1);
            Array.ForEach(bools, value => encoder.Write(value, 200));
            BoolDecoder decoder = new(encoder.Finish());
            foreach (bool value in bools)
            {
                Assert.Equal(value, decoder.Read(200));
            }
        }
    }

    /// <summary>Noise needs other modes in each subblock: of so many pixels, all modes together would not fit.</summary>
    [Fact]
    public void Modes_of_a_large_image_fit_the_first_partition()
    {
        const int Side = 4800;
        byte[] samples = new byte[Side * Side];
        new Random(5).NextBytes(samples);
        byte[] data = LossyEncoder.Encode(new Bitmap(Side, Side, 1, samples), 100, null);
        Assert.InRange(Vp8FrameTag.Parse(data).FirstPartitionSize, FrameWriter.MaxFirstPartition * 3 / 4, FrameWriter.MaxFirstPartition);
    }

    /// <summary>Twice the orthonormal DCT, by its definition.</summary>
    [Fact]
    public void Forward_dct_is_that_of_its_definition()
    {
        Random random = new(2);
        byte[] samples = new byte[16];
        for (int i = 0; i < 100; i++)
        {
            random.NextBytes(samples);
            float[] actual = new float[16];
            CoefficientBlock.Transform(Vector128.Create<byte>(samples)).CopyTo(actual);
            for (int k = 0; k < 16; k++)
            {
                Assert.Equal(2 * Dct(samples, k & 3, k >> 2), actual[k], 0.001);
            }
        }
    }

    /// <summary>The inverse transforms of the decoder give back what was transformed.</summary>
    [Fact]
    public void The_decoder_inverts_the_forward_dct()
    {
        Random random = new(3);
        byte[] samples = new byte[16];
        float[] coefficients = new float[16];
        for (int i = 0; i < 100; i++)
        {
            random.NextBytes(samples);
            CoefficientBlock.Transform(Vector128.Create<byte>(samples)).CopyTo(coefficients);
            short[] rounded = [.. coefficients.Select(value => (short)Math.Round(value))];
            Vector128<byte> actual = InverseDct4.Add(Vector128<byte>.Zero, rounded);
            for (int k = 0; k < 16; k++)
            {
                Assert.InRange(actual[k], samples[k] - 1, samples[k] + 1);
            }
        }
    }

    /// <summary>RFC 6386, 14.4, with sums of 16 bits as in libwebp's vector code: any coefficients.</summary>
    [Fact]
    public void The_inverse_dct_is_that_of_the_specification()
    {
        Random random = new(8);
        byte[] prediction = new byte[16];
        short[] block = new short[16];
        for (int i = 0; i < 2000; i++)
        {
            random.NextBytes(prediction);
            int most = 1 << random.Next(1, 16);
            for (int k = 0; k < 16; k++)
            {
                block[k] = (short)random.Next(-most, most);
            }

            byte[] actual = new byte[16];
            InverseDct4.Add(Vector128.Create<byte>(prediction), block).CopyTo(actual);
            Assert.Equal(InverseDct(prediction, block), actual);
        }
    }

    [Fact]
    public void Token_costs_are_the_bits_that_are_written()
    {
        Random random = new(4);
        ReadOnlySpan<byte> defaults = CoefficientProbabilities.Defaults;
        TokenCosts costs = new();
        costs.Update(defaults);
        int typeStride = defaults.Length / CoefficientProbabilities.Types;
        for (int type = 0; type < CoefficientProbabilities.Types; type++)
        {
            long expected = 0;
            BoolEncoder encoder = new(1);
            for (int i = 0; i < 5000; i++)
            {
                int first = type == 0 ? 1 : 0;
                int context = random.Next(3);
                (short[] levels, int mask) = RandomLevels(random, first);
                TokenWriter.Write(encoder, defaults.Slice(type * typeStride, typeStride), context, first, levels, mask);
                expected += Cost(costs, type, context, first, levels, mask);
            }

            Assert.Equal(encoder.Finish().Length * 8.0, expected / 256.0, expected / 256.0 * 0.005);
        }
    }

    [Fact]
    public void Statistics_give_the_probabilities_of_what_was_counted()
    {
        Random random = new(5);
        TokenStatistics statistics = new();
        byte[] optimized = CoefficientProbabilities.Defaults.ToArray();
        int typeStride = optimized.Length / CoefficientProbabilities.Types;
        (int Context, short[] Levels, int Mask)[] blocks = [.. Enumerable.Range(0, 3000).Select(_ =>
        {
            (short[] levels, int mask) = RandomLevels(random, 0);
            return (random.Next(3), levels, mask);
        })];
        foreach ((int context, short[] levels, int mask) in blocks)
        {
            statistics.Add(3, context, 0, levels, mask);
        }

        statistics.Optimize(optimized);
        Assert.True(Size(optimized) < 0.97 * Size(CoefficientProbabilities.Defaults.ToArray()));

        // No other probability is better, for any branch.
        int least = Size(optimized);
        for (int i = 0; i < 200; i++)
        {
            byte[] other = [.. optimized];
            int at = random.Next(3 * typeStride, other.Length);
            other[at] = (byte)Math.Clamp(other[at] + random.Next(-30, 31), 1, 255);
            Assert.InRange(Size(other), least - 2, int.MaxValue);
        }

        int Size(byte[] probabilities)
        {
            BoolEncoder encoder = new(1);
            foreach ((int context, short[] levels, int mask) in blocks)
            {
                TokenWriter.Write(encoder, probabilities.AsSpan(3 * typeStride), context, 0, levels, mask);
            }

            return encoder.Finish().Length;
        }
    }

    /// <summary>On small blocks, all combinations of levels are tried.</summary>
    [Fact]
    public void The_trellis_finds_the_cheapest_levels()
    {
        Random random = new(6);
        TokenCosts costs = new();
        costs.Update(CoefficientProbabilities.Defaults);
        SegmentQuantizer quantizer = new(40);
        for (int i = 0; i < 300; i++)
        {
            float[] values = new float[16];
            foreach (int natural in (int[])[0, 1, 4, 8, 5])
            {
                values[natural] = (random.NextSingle() - 0.5f) * 250;
            }

            CoefficientBlock block = new(Vector256.Create<float>(values), Vector256.Create<float>(values.AsSpan(8)));
            short[] levels = new short[16];
            float actual = new BlockCoder(costs, 3, quantizer.Y, quantizer.UnitPrice).Quantize(block, 0, 1, levels, out int mask);
            Assert.Equal(mask, MaskOf(levels));
            Assert.Equal(CostOf(levels), actual, actual * 0.0001f);
            for (int trial = 0; trial < 243; trial++)
            {
                short[] other = [.. levels];
                for (int k = 0, code = trial; k < 5; k++, code /= 3)
                {
                    int natural = TokenReader.ZigZag[k];
                    int nearest = (int)(Math.Abs(values[natural]) / (natural == 0 ? quantizer.Y.Dc : quantizer.Y.Ac));
                    other[natural] = (short)((nearest + (code % 3) - 1) * Math.Sign(values[natural]));
                    other[natural] = nearest + (code % 3) - 1 < 0 ? (short)0 : other[natural];
                }

                // A step more than the nearest level never pays; below the rounding, the encoder does not look.
                Assert.True(CostOf(other) >= actual * 0.9999f || Array.Exists(TokenReader.ZigZag[..5].ToArray(), natural =>
                    Math.Abs(other[natural]) > Math.Abs(levels[natural])));
            }

            float CostOf(short[] levels)
            {
                float sum = quantizer.UnitPrice * Cost(costs, 3, 1, 0, levels, MaskOf(levels));
                for (int k = 0; k < 16; k++)
                {
                    float difference = values[k] - (levels[k] * (k == 0 ? quantizer.Y.Dc : quantizer.Y.Ac));
                    sum += difference * difference;
                }

                return sum;
            }
        }
    }

    private static int MaskOf(short[] levels) => Enumerable.Range(0, 16).Sum(k => levels[TokenReader.ZigZag[k]] != 0 ? 1 << k : 0);

    private static (short[] Levels, int Mask) RandomLevels(Random random, int first)
    {
        short[] levels = new short[16];
        int last = random.Next(17);
        for (int k = first; k < last; k++)
        {
            double size = Math.Pow(random.NextDouble(), 4) * (random.Next(20) == 0 ? 2114 : 40);
            levels[TokenReader.ZigZag[k]] = (short)(size * (random.Next(2) == 0 ? 1 : -1));
        }

        return (levels, MaskOf(levels));
    }

    /// <summary>By the tables of <see cref="TokenCosts"/>.</summary>
    private static int Cost(TokenCosts costs, int type, int context, int first, short[] levels, int mask)
    {
        int cost = 0;
        int state = context;
        int position = first;
        for (; mask >> position != 0; position++)
        {
            int level = Math.Abs((int)levels[TokenReader.ZigZag[position]]);
            int at = TokenCosts.BandOffsets[position] + (state * TokenCosts.StateStride);
            cost += level < TokenCosts.LastCategory
                ? costs.Levels(type)[at + level]
                : costs.Levels(type)[at + TokenCosts.LastCategory] + TokenCosts.ExtraOfLastCategory(level);
            state = level == 0 ? TokenCosts.AfterZero : Math.Min(level, 2);
        }

        return cost + costs.Ends(type)[(position * TokenCosts.States) + state];
    }

    private static double Dct(byte[] samples, int u, int v)
    {
        double sum = 0;
        for (int i = 0; i < 16; i++)
        {
            sum += samples[i] * Math.Cos(((2 * (i & 3)) + 1) * u * Math.PI / 8) * Math.Cos(((2 * (i >> 2)) + 1) * v * Math.PI / 8);
        }

        return sum * (u == 0 ? Math.Sqrt(0.25) : Math.Sqrt(0.5)) * (v == 0 ? Math.Sqrt(0.25) : Math.Sqrt(0.5));
    }

    private static byte[] InverseDct(byte[] prediction, short[] block)
    {
        short[] samples = [.. block];
        for (int column = 0; column < 4; column++)
        {
            Pass(samples, column, 4, 0);
        }

        for (int row = 0; row < 4; row++)
        {
            Pass(samples, 4 * row, 1, 4);
        }

        return [.. samples.Select((sample, i) => (byte)Math.Clamp((sample >> 3) + prediction[i], 0, 255))];
    }

    private static void Pass(short[] samples, int first, int step, int rounding)
    {
        (int r0, int r1, int r2, int r3) = (samples[first] + rounding, samples[first + step], samples[first + (2 * step)], samples[first + (3 * step)]);
        (int a, int b) = (r0 + r2, r0 - r2);
        int c = Sin(r1) - Cos(r3);
        int d = Cos(r1) + Sin(r3);
        (samples[first], samples[first + step]) = ((short)(a + d), (short)(b + c));
        (samples[first + (2 * step)], samples[first + (3 * step)]) = ((short)(b - c), (short)(a - d));

        static int Cos(int value) => value + ((value * 20091) >> 16);

        static int Sin(int value) => (value * 35468) >> 16;
    }
}
