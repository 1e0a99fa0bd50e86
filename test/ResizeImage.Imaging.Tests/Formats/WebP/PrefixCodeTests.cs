using ResizeImage.Imaging.Formats.WebP;

namespace ResizeImage.Imaging.Tests.Formats.WebP;

/// <summary>Codes by the book against the table in two levels; and lengths that are no code, which once let files write beyond the tables of libwebp (CVE-2023-4863).</summary>
public class PrefixCodeTests
{
    /// <summary>RFC 9649, 3.6.2.2: codes up to 120 are neighbors by column and row; a distance below 1 is 1.</summary>
    [Theory]
    [InlineData(1, 10, 10)] // straight above
    [InlineData(2, 10, 1)] // left
    [InlineData(3, 10, 11)]
    [InlineData(4, 10, 9)] // above and right
    [InlineData(4, 1, 1)]
    [InlineData(10, 10, 8)] // above, and two to the right
    [InlineData(10, 3, 1)]
    [InlineData(10, 2, 1)]
    [InlineData(10, 1, 1)]
    [InlineData(121, 10, 1)]
    [InlineData(130, 1, 10)]
    public void Codes_of_distances_are_neighbors_first(int code, int width, int distance) => Assert.Equal(distance, PixelDistance.FromCode(code, width));

    private const int LargestAlphabet = 256 + 24 + 2048;

    [Theory]
    [InlineData(2, false)]
    [InlineData(40, false)]
    [InlineData(256, false)]
    [InlineData(LargestAlphabet, false)]
    [InlineData(40, true)]
    [InlineData(LargestAlphabet, true)]
    public void Every_code_is_found_before_any_other_bits(int symbols, bool lopsided)
    {
        Random random = new(symbols);
        for (int round = 0; round < 50; round++)
        {
            byte[] lengths = CompleteLengths(random, symbols, lopsided);
            PrefixCode code = PrefixCode.TryCreate(lengths)!;
            foreach ((int symbol, int bits) in CodesByTheBook(lengths))
            {
                ulong next = (uint)bits | ((ulong)random.NextInt64(1L << 40) << lengths[symbol]);
                Assert.Equal((symbol, (int)lengths[symbol]), (code.Find(next, out int length), length));
            }
        }
    }

    [Fact]
    public void One_symbol_has_no_bits()
    {
        PrefixCode code = PrefixCode.TryCreate([0, 0, 7, 0])!;
        Assert.Equal((2, 0), (code.Find(0x5A5A, out int length), length));
    }

    [Fact]
    public void Lengths_of_an_incomplete_code_are_refused()
    {
        Assert.Null(PrefixCode.TryCreate([0, 0, 0]));
        Assert.Null(PrefixCode.TryCreate([1, 2]));
        Assert.Null(PrefixCode.TryCreate([1, 1, 1]));
        Random random = new(1);
        for (int round = 0; round < 300; round++)
        {
            byte[] lengths = CompleteLengths(random, LargestAlphabet, lopsided: round % 2 == 0);
            int changed = random.Next(lengths.Length);
            lengths[changed] = lengths[changed] == 15 ? (byte)14 : (byte)(lengths[changed] + 1);
            Assert.Null(PrefixCode.TryCreate(lengths));
        }
    }

    /// <summary>Splits a random code again and again, until there are enough.</summary>
    private static byte[] CompleteLengths(Random random, int symbols, bool lopsided)
    {
        List<byte> lengths = [0];
        while (lengths.Count < symbols)
        {
            int at = lopsided ? random.Next(Math.Max(0, lengths.Count - 3), lengths.Count) : random.Next(lengths.Count);
            at = lengths[at] < PrefixCode.MaxLength ? at : lengths.FindIndex(length => length < PrefixCode.MaxLength);
            byte longer = (byte)(lengths[at] + 1);
            lengths[at] = longer;
            lengths.Add(longer);
        }

        byte[] result = [.. lengths];
        random.Shuffle(result);
        return result;
    }

    /// <summary>Codes in order of length and symbol, each one more than the one before (RFC 9649, 3.7.2.1), their first bit lowest.</summary>
    private static IEnumerable<(int Symbol, int Bits)> CodesByTheBook(byte[] lengths)
    {
        int next = 0;
        int last = 0;
        foreach (int symbol in Enumerable.Range(0, lengths.Length).OrderBy(symbol => lengths[symbol]).ThenBy(symbol => symbol))
        {
            next <<= lengths[symbol] - last;
            last = lengths[symbol];
            int reversed = 0;
            for (int bit = 0; bit < last; bit++)
            {
                reversed |= ((next >> bit) & 1) << (last - 1 - bit);
            }

            yield return (symbol, reversed);
            next++;
        }
    }
}
