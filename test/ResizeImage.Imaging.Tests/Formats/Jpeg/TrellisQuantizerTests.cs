using ResizeImage.Imaging.Formats.Jpeg;

namespace ResizeImage.Imaging.Tests.Formats.Jpeg;

/// <summary>The trellis, compared with a search through all combinations of candidates.</summary>
public class TrellisQuantizerTests
{
    private static readonly byte[] Steps = [.. Enumerable.Range(0, 64).Select(i => (byte)(5 + i))];

    [Theory]
    [InlineData(0.01f)]
    [InlineData(0.056f)]
    [InlineData(0.3f)]
    [InlineData(2f)]
    public void No_combination_of_candidates_costs_less(float lambda)
    {
        var random = new Random(1);
        HuffmanEncoder code = RandomCode(random);
        var quantizer = new TrellisQuantizer(Steps, code);
        int changed = 0;
        for (int i = 0; i < 300; i++)
        {
            (short[] exact, short[] nearest) = RandomBlock(random, coefficients: random.Next(8));
            short[] chosen = [.. nearest];
            quantizer.Choose(InRows(exact), chosen, lambda);
            double least = Combinations(nearest).Min(block => Cost(exact, block, code, lambda));
            Assert.Equal(nearest[0], chosen[0]);
            Assert.InRange(Cost(exact, chosen, code, lambda), 0, (least * 1.0001) + 0.001);
            changed += chosen.AsSpan().SequenceEqual(nearest) ? 0 : 1;
        }

        Assert.InRange(changed, 1, 300);
    }

    /// <summary>A coefficient halfway between two values may take either.</summary>
    [Fact]
    public void Almost_free_bits_change_nothing()
    {
        var random = new Random(2);
        var quantizer = new TrellisQuantizer(Steps, RandomCode(random));
        for (int i = 0; i < 100; i++)
        {
            (short[] exact, short[] nearest) = RandomBlock(random, coefficients: 40);
            short[] chosen = [.. nearest];
            quantizer.Choose(InRows(exact), chosen, 1e-6f);
            Assert.Equal(Error(exact, nearest), Error(exact, chosen), 3);
        }
    }

    /// <summary>Symbols of small sizes are frequent; some symbols do not occur.</summary>
    private static HuffmanEncoder RandomCode(Random random)
    {
        int[] counts = new int[256];
        for (int symbol = 0; symbol < 256; symbol++)
        {
            counts[symbol] = (symbol & 15) is > 0 and <= 10 && random.Next(4) > 0 ? 1 + (random.Next(4000) >> (symbol & 15)) : 0;
        }

        counts[0] = 900;
        counts[0xF0] = 3;
        return new HuffmanEncoder(counts);
    }

    private static (short[] Exact, short[] Nearest) RandomBlock(Random random, int coefficients)
    {
        short[] exact = new short[64];
        exact[0] = 900;
        for (int i = 0; i < coefficients; i++)
        {
            int k = random.Next(1, 64);
            double steps = (random.Next(2) == 0 ? -1 : 1) * Math.Exp(random.NextDouble() * 3) / 2;
            exact[k] = (short)(steps * 8 * Step(k));
        }

        return (exact, [.. exact.Select((value, k) => (short)Math.Round(value / (8.0 * Step(k)), MidpointRounding.AwayFromZero))]);
    }

    private static short[] InRows(short[] zigZag) => [.. Enumerable.Range(0, 64).Select(i => zigZag[ZigZag.Position[i]])];

    private static int Step(int k) => Steps[ZigZag.NaturalOrder[k]];

    /// <summary>Each AC coefficient as it is, with one bit less, or 0.</summary>
    private static List<short[]> Combinations(short[] nearest)
    {
        List<short[]> blocks = [[.. nearest]];
        for (int k = 1; k < 64; k++)
        {
            if (nearest[k] != 0)
            {
                int size = Convert.ToString(Math.Abs((int)nearest[k]), 2).Length;
                short lower = (short)(Math.Sign(nearest[k]) * ((1 << (size - 1)) - 1));
                int at = k;
                blocks = [.. blocks.SelectMany(block => new[] { nearest[at], lower, (short)0 }.Distinct().Select(value =>
                {
                    short[] copy = [.. block];
                    copy[at] = value;
                    return copy;
                }))];
            }
        }

        return blocks;
    }

    /// <summary>Errors in squared steps, and bits as T.81 F.1.2.2 codes the block.</summary>
    private static double Cost(short[] exact, short[] block, HuffmanEncoder code, float lambda)
    {
        double bits = 0;
        int run = 0;
        for (int k = 1; k < 64; k++)
        {
            if (block[k] == 0)
            {
                run++;
                continue;
            }

            for (; run > 15; run -= 16)
            {
                bits += Length(code, 0xF0);
            }

            int size = Convert.ToString(Math.Abs((int)block[k]), 2).Length;
            bits += Length(code, (run << 4) | size) + size;
            run = 0;
        }

        return Error(exact, block) + (lambda * (bits + (run > 0 ? Length(code, 0) : 0)));
    }

    private static double Error(short[] exact, short[] block) =>
        Enumerable.Range(1, 63).Sum(k => Math.Pow((exact[k] / (8.0 * Step(k))) - block[k], 2));

    private static int Length(HuffmanEncoder code, int symbol) => code.Length(symbol) is > 0 and int length ? length : 16;
}
