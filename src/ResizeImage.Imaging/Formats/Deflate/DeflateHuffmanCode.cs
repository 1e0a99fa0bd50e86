namespace ResizeImage.Imaging.Formats.Deflate;

/// <summary>A prefix code of limited length over the symbols of an alphabet (RFC 1951, 3.2.2).</summary>
internal sealed class DeflateHuffmanCode
{
    private readonly ushort[] _codes;

    /// <param name="lengths">Bits of each symbol's code; 0 for symbols that do not occur.</param>
    public DeflateHuffmanCode(byte[] lengths)
    {
        Lengths = lengths;
        _codes = Codes(lengths);
    }

    /// <summary>Bits of each symbol's code; 0 for symbols that do not occur.</summary>
    public byte[] Lengths { get; }

    /// <summary>The code with the fewest bits for symbols of these frequencies, with a limit on the length of a code.</summary>
    /// <param name="frequencies">At least one is not 0, and the limit has room for all that are not.</param>
    /// <param name="limit">The longest code in bits.</param>
    public static DeflateHuffmanCode For(ReadOnlySpan<int> frequencies, int limit) => new(OptimalLengths(frequencies, limit));

    public void Write(DeflateBitWriter bits, int symbol) => bits.Write(_codes[symbol], Lengths[symbol]);

    /// <summary>Bits of all symbols with these frequencies.</summary>
    public long Bits(ReadOnlySpan<int> frequencies)
    {
        long bits = 0;
        for (int symbol = 0; symbol < frequencies.Length; symbol++)
        {
            bits += (long)frequencies[symbol] * Lengths[symbol];
        }

        return bits;
    }

    /// <summary>
    /// Package-merge (Larmore and Hirschberg, 1990). A list starts with the symbols in ascending order of frequency;
    /// <paramref name="limit"/> − 1 times, its neighbors are paired to packages and merged with the symbols again. The first 2n − 2 items of the
    /// final list are selected, and a symbol's length is the number of times that it is in them. Symbols enter every list in the same order, so
    /// for each list it is enough to remember which of its items are symbols.
    /// </summary>
    private static byte[] OptimalLengths(ReadOnlySpan<int> frequencies, int limit)
    {
        byte[] lengths = new byte[frequencies.Length];
        (int Frequency, int Symbol)[] leaves = SortedLeaves(frequencies);
        if (leaves.Length == 1)
        {
            lengths[leaves[0].Symbol] = 1;
            return lengths;
        }

        bool[][] isLeaf = new bool[limit][];
        long[] weights = [];
        for (int level = 0; level < limit; level++)
        {
            (weights, isLeaf[level]) = MergeWithPairs(leaves, weights);
        }

        int bought = (2 * leaves.Length) - 2;
        for (int level = limit - 1; bought > 0; level--)
        {
            int bare = isLeaf[level].AsSpan(0, bought).Count(true);
            for (int i = 0; i < bare; i++)
            {
                lengths[leaves[i].Symbol]++;
            }

            bought = 2 * (bought - bare);
        }

        return lengths;
    }

    private static (int Frequency, int Symbol)[] SortedLeaves(ReadOnlySpan<int> frequencies)
    {
        List<(int Frequency, int Symbol)> leaves = [];
        for (int symbol = 0; symbol < frequencies.Length; symbol++)
        {
            if (frequencies[symbol] > 0)
            {
                leaves.Add((frequencies[symbol], symbol));
            }
        }

        leaves.Sort();
        return [.. leaves];
    }

    private static (long[] Weights, bool[] IsLeaf) MergeWithPairs((int Frequency, int Symbol)[] leaves, long[] below)
    {
        long[] weights = new long[leaves.Length + (below.Length / 2)];
        bool[] isLeaf = new bool[weights.Length];
        int leaf = 0;
        int pair = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            long weight = pair + 1 < below.Length ? below[pair] + below[pair + 1] : long.MaxValue;
            isLeaf[i] = leaf < leaves.Length && leaves[leaf].Frequency <= weight;
            if (isLeaf[i])
            {
                weights[i] = leaves[leaf++].Frequency;
            }
            else
            {
                weights[i] = weight;
                pair += 2;
            }
        }

        return (weights, isLeaf);
    }

    /// <summary>Numbers codes of equal length by symbol (RFC 1951, 3.2.2). Codes are sent from their highest bit down, so they are stored reversed.</summary>
    private static ushort[] Codes(byte[] lengths)
    {
        ushort[] codes = new ushort[lengths.Length];
        int code = 0;
        int longest = lengths.Max();
        for (int length = 1; length <= longest; length++, code <<= 1)
        {
            for (int symbol = 0; symbol < lengths.Length; symbol++)
            {
                if (lengths[symbol] == length)
                {
                    codes[symbol] = Reverse(code++, length);
                }
            }
        }

        return codes;
    }

    private static ushort Reverse(int code, int length)
    {
        int reversed = 0;
        for (; length > 0; length--, code >>= 1)
        {
            reversed = (reversed << 1) | (code & 1);
        }

        return (ushort)reversed;
    }
}
