using ResizeImage.Imaging.Formats.Deflate;

namespace ResizeImage.Imaging.Tests.Formats.Png;

public class DeflateHuffmanCodeTests
{
    [Fact]
    public void Without_a_binding_limit_the_code_is_as_short_as_Huffmans()
    {
        Random random = new(1);
        for (int i = 0; i < 200; i++)
        {
            int[] frequencies = RandomFrequencies(random, random.Next(2, 286), 50);
            DeflateHuffmanCode code = DeflateHuffmanCode.For(frequencies, 15);
            Assert.Equal(HuffmanBits(frequencies), code.Bits(frequencies));
            AssertComplete(code, 15);
        }
    }

    [Fact]
    public void With_a_limit_no_other_code_is_shorter()
    {
        Random random = new(2);
        for (int i = 0; i < 200; i++)
        {
            int[] frequencies = RandomFrequencies(random, 6, 1 << random.Next(1, 12));
            for (int limit = 3; limit <= 5; limit++)
            {
                DeflateHuffmanCode code = DeflateHuffmanCode.For(frequencies, limit);
                Assert.Equal(SmallestBits(frequencies, limit, 0, 0), code.Bits(frequencies));
                AssertComplete(code, limit);
            }
        }
    }

    [Fact]
    public void Symbols_that_do_not_occur_have_no_code_and_a_single_one_has_one_bit()
    {
        Assert.Equal<byte>([0, 0, 1, 0], DeflateHuffmanCode.For([0, 0, 5, 0], 15).Lengths);
        Assert.Equal<byte>([1, 0, 1, 0], DeflateHuffmanCode.For([9, 0, 1, 0], 15).Lengths);
    }

    private static int[] RandomFrequencies(Random random, int count, int bound) =>
        [.. Enumerable.Range(0, count).Select(_ => 1 + random.Next(bound))];

    /// <summary>Kraft's sum is exactly 1: every bit sequence means something.</summary>
    private static void AssertComplete(DeflateHuffmanCode code, int limit)
    {
        Assert.All(code.Lengths, length => Assert.InRange(length, 1, limit));
        Assert.Equal(1 << limit, code.Lengths.Sum(length => 1 << (limit - length)));
    }

    /// <summary>The bits of Huffman's code: the sum of all weights that merging the two smallest makes.</summary>
    private static long HuffmanBits(int[] frequencies)
    {
        PriorityQueue<long, long> queue = new(frequencies.Select(f => ((long)f, (long)f)));
        long bits = 0;
        while (queue.Count > 1)
        {
            long merged = queue.Dequeue() + queue.Dequeue();
            bits += merged;
            queue.Enqueue(merged, merged);
        }

        return bits;
    }

    /// <summary>Tries every assignment of lengths that Kraft's inequality allows.</summary>
    private static long SmallestBits(int[] frequencies, int limit, int symbol, int used)
    {
        if (symbol == frequencies.Length)
        {
            return 0;
        }

        long smallest = int.MaxValue;
        for (int length = 1; length <= limit; length++)
        {
            int share = 1 << (limit - length);
            if (used + share <= 1 << limit)
            {
                smallest = Math.Min(smallest, ((long)frequencies[symbol] * length) + SmallestBits(frequencies, limit, symbol + 1, used + share));
            }
        }

        return smallest;
    }
}
