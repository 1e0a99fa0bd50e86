using System.Numerics;

namespace ResizeImage.Imaging.Formats.Deflate;

/// <summary>
/// Fills the tables of an <see cref="InflateCode"/> from a complete code. A photo without row filters has a new code every 20 KB or so; building
/// takes 2 % of its thumbnail, and took 8 % with a search for the symbols of each length and one store for each repetition.
/// </summary>
/// <param name="table">The first table, and room for the second tables.</param>
/// <param name="indexBits">Index bits of the first table.</param>
/// <param name="meanings">Entries of the symbols without their codes' lengths.</param>
internal readonly ref struct InflateTables(Span<uint> table, int indexBits, ReadOnlySpan<uint> meanings)
{
    private const int MaxSymbols = 288;

    private readonly Span<uint> _table = table;
    private readonly ReadOnlySpan<uint> _meanings = meanings;
    private readonly int _indexBits = indexBits;

    /// <summary>Writes the entries of all codes.</summary>
    /// <param name="lengths">Bits of each symbol's code.</param>
    /// <param name="counts">The number of codes of each length; zero codes of length 0.</param>
    public void Fill(ReadOnlySpan<byte> lengths, ReadOnlySpan<int> counts)
    {
        Span<ushort> symbols = stackalloc ushort[MaxSymbols];
        Sort(lengths, counts, symbols);
        int code = 0; // its first bit lowest, as in the stream
        int next = 0; // in symbols
        int length = 1;
        for (; length <= _indexBits; length++)
        {
            // The first table is complete for shorter codes. Twice as long, it is complete for codes of this length too.
            int size = 1 << length;
            _table[..(size / 2)].CopyTo(_table[(size / 2)..]);
            for (int i = counts[length]; i > 0; i--)
            {
                _table[code] = InflateCode.WithLength(_meanings[symbols[next++]], length);
                code = Next(code, length);
            }
        }

        FillSecondTables(symbols[next..], counts, code);
    }

    /// <summary>
    /// Where an index has the bits of two literals, its entry gets both: each look-up waits for the one before it, so two in one take half of the
    /// time. An index of 12 bits has more pairs, and is no faster.
    /// </summary>
    /// <param name="lengths">Bits of the code of each literal.</param>
    public void PairLiterals(ReadOnlySpan<byte> lengths)
    {
        int shortest = Shortest(lengths);
        int longest = _indexBits - shortest; // of a first literal
        if (longest < shortest)
        {
            return;
        }

        // From the end, because the second literal's entry has a lower index, and must not be a pair yet.
        Span<uint> first = _table[..(1 << _indexBits)];
        for (int i = first.Length - 1; i >= 0; i--)
        {
            uint entry = first[i];
            int taken = (int)(entry & InflateCode.TakenMask);
            if ((int)entry >= 0 || taken > longest)
            {
                continue;
            }

            uint second = first[i >> taken];
            if ((int)second < 0 && taken + (int)(second & InflateCode.TakenMask) <= _indexBits)
            {
                first[i] = InflateCode.Pair(entry, second);
            }
        }
    }

    /// <summary>Sorts symbols by the length of their codes, shortest first, which is the order of the codes (RFC 1951, 3.2.2).</summary>
    private static void Sort(ReadOnlySpan<byte> lengths, ReadOnlySpan<int> counts, Span<ushort> symbols)
    {
        Span<int> next = stackalloc int[InflateCode.MaxLength + 1];
        int before = 0;
        for (int length = 1; length < next.Length; length++)
        {
            next[length] = before;
            before += counts[length];
        }

        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length > 0)
            {
                symbols[next[length]++] = (ushort)symbol;
            }
        }
    }

    /// <summary>The code after another one of the same length: adds 1 with the carry moving down, because the first bit is the lowest.</summary>
    /// <returns>The code; 0 after the last one.</returns>
    private static int Next(int code, int length)
    {
        int zeros = code ^ ((1 << length) - 1);
        if (zeros == 0)
        {
            return 0;
        }

        int carry = 1 << BitOperations.Log2((uint)zeros);
        return (code & (carry - 1)) | carry;
    }

    /// <summary>Bits of the shortest code of a literal; more than any code has if there is none.</summary>
    private static int Shortest(ReadOnlySpan<byte> lengths)
    {
        int shortest = InflateCode.MaxLength + 1;
        foreach (byte length in lengths)
        {
            shortest = length > 0 ? Math.Min(shortest, length) : shortest;
        }

        return shortest;
    }

    /// <summary>Writes the entries of codes that are longer than the first index.</summary>
    /// <param name="symbols">The symbols of these codes, in their order.</param>
    /// <param name="counts">The number of codes of each length.</param>
    /// <param name="code">The first of these codes.</param>
    private void FillSecondTables(ReadOnlySpan<ushort> symbols, ReadOnlySpan<int> counts, int code)
    {
        int start = 0; // the current second table, its prefix and its index bits
        int prefix = -1;
        int bits = 0;
        int end = 1 << _indexBits;
        int next = 0;
        for (int length = _indexBits + 1; length <= InflateCode.MaxLength; length++)
        {
            for (int left = counts[length]; left > 0; left--)
            {
                if ((code & ((1 << _indexBits) - 1)) != prefix)
                {
                    prefix = code & ((1 << _indexBits) - 1);
                    bits = SecondTableBits(length, left, counts);
                    (start, end) = (end, end + (1 << bits));
                    _table[prefix] = InflateCode.Exceptional | InflateCode.SecondTable
                        | ((uint)start << InflateCode.ValueShift) | ((uint)bits << InflateCode.CodeShift) | (uint)_indexBits;
                }

                uint entry = InflateCode.WithLength(_meanings[symbols[next++]], length - _indexBits);
                for (int i = start + (code >> _indexBits); i < end; i += 1 << (length - _indexBits))
                {
                    _table[i] = entry;
                }

                code = Next(code, length);
            }
        }
    }

    /// <summary>Index bits of a second table. Codes of a prefix are consecutive: the table needs as many bits as make the remaining codes fill it.</summary>
    private int SecondTableBits(int length, int left, ReadOnlySpan<int> counts)
    {
        int bits = length - _indexBits;
        int room = (1 << bits) - left;
        while (room > 0)
        {
            bits++;
            room = (2 * room) - counts[bits + _indexBits];
        }

        return bits;
    }
}
