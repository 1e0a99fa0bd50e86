using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// A canonical prefix code (RFC 9649, 3.7.2.1) as a table of two levels. The first level is indexed by the next <see cref="RootBits"/>
/// bits, the second by the bits after them. An entry:
/// <code>
/// bit   15 … 4                                  3 … 0
///       symbol, or offset of a second table     code length
/// </code>
/// In the first level, a length of more than <see cref="RootBits"/> is the longest in a second table; the entry then has that table's offset.
/// </summary>
internal sealed class PrefixCode
{
    /// <summary>Bits of the longest code.</summary>
    public const int MaxLength = 15;

    private const int MaxRootBits = 8;
    private const int LengthBits = 4;
    private const int LengthMask = (1 << LengthBits) - 1;

    private readonly ushort[] _entries;

    private PrefixCode(ushort[] entries, int rootBits)
    {
        _entries = entries;
        RootBits = rootBits;
    }

    /// <summary>Index bits of the first level.</summary>
    public int RootBits { get; }

    /// <summary>The code has one symbol, which takes no bits.</summary>
    public bool IsSingle => RootBits == 0;

    /// <summary>Bytes of an instance.</summary>
    public int MemoryBytes => (sizeof(ushort) * _entries.Length) + 72;

    /// <summary>The code of one symbol and no bits.</summary>
    public static PrefixCode Single(int symbol) => new([(ushort)(symbol << LengthBits)], 0);

    /// <summary>Builds the code from the lengths of all symbols' codes.</summary>
    /// <param name="lengths">1 to <see cref="MaxLength"/>, or 0 for symbols that do not occur; fewer than 4096.</param>
    /// <returns>Null if the code is oversubscribed, incomplete or empty.</returns>
    public static PrefixCode? TryCreate(ReadOnlySpan<byte> lengths)
    {
        Span<int> count = stackalloc int[MaxLength + 1];
        count.Clear();
        int longest = 0;
        int used = 0;
        int lastUsed = 0;
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] > 0)
            {
                count[lengths[symbol]]++;
                longest = Math.Max(longest, lengths[symbol]);
                used++;
                lastUsed = symbol;
            }
        }

        if (used <= 1)
        {
            // A single symbol takes no bits, whatever length the file states.
            return used == 1 ? Single(lastUsed) : null;
        }

        // Kraft's sum must be exactly one: then the codes fill the table without gaps, and nothing is written twice.
        int free = 1;
        for (int length = 1; length <= MaxLength; length++)
        {
            free = (2 * free) - count[length];
            if (free < 0)
            {
                return null;
            }
        }

        return free == 0 ? Build(lengths, count, longest) : null;
    }

    /// <summary>Finds the next symbol.</summary>
    /// <param name="next">The next bits, the first one lowest; at least 15.</param>
    /// <param name="length">Bits of the symbol's code.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ulong next, out int length)
    {
        ushort[] entries = _entries;
        int entry = entries[(int)next & ((1 << RootBits) - 1)];
        if ((entry & LengthMask) > RootBits)
        {
            int rest = (int)(next >> RootBits) & ((1 << ((entry & LengthMask) - RootBits)) - 1);
            entry = entries[(entry >> LengthBits) + rest];
        }

        length = entry & LengthMask;
        return entry >> LengthBits;
    }

    /// <summary>Reads the next symbol.</summary>
    /// <param name="bits">With at least 15 valid bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Read(scoped ref LosslessBitReader bits)
    {
        int symbol = Find(bits.Next, out int length);
        bits.Consume(length);
        return symbol;
    }

    private static PrefixCode Build(ReadOnlySpan<byte> lengths, ReadOnlySpan<int> count, int longest)
    {
        // Codes are assigned by length, and within a length by symbol.
        Span<int> nextCode = stackalloc int[MaxLength + 1];
        nextCode[0] = 0;
        for (int length = 1, code = 0; length <= MaxLength; length++)
        {
            nextCode[length] = code;
            code = (code + count[length]) << 1;
        }

        int rootBits = Math.Min(longest, MaxRootBits);
        Span<byte> longestAfter = stackalloc byte[1 << MaxRootBits];
        longestAfter = longestAfter[..(1 << rootBits)];
        int size = SizeOfSecondLevel(lengths, nextCode, longestAfter, rootBits);
        ushort[] entries = new ushort[size];
        int offset = 1 << rootBits;
        for (int root = 0; root < longestAfter.Length; root++)
        {
            if (longestAfter[root] > 0)
            {
                entries[root] = (ushort)((offset << LengthBits) | longestAfter[root]);
                offset += 1 << (longestAfter[root] - rootBits);
            }
        }

        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0)
            {
                continue;
            }

            int code = Reverse(nextCode[length]++, length);
            ushort entry = (ushort)((symbol << LengthBits) | length);
            if (length <= rootBits)
            {
                Fill(entries.AsSpan(0, 1 << rootBits), code, length, entry);
                continue;
            }

            int pointer = entries[code & (longestAfter.Length - 1)];
            int secondBits = (pointer & LengthMask) - rootBits;
            Fill(entries.AsSpan(pointer >> LengthBits, 1 << secondBits), code >> rootBits, length - rootBits, entry);
        }

        return new(entries, rootBits);
    }

    /// <summary>Finds the longest code for each index that the first level does not decide.</summary>
    /// <returns>Entries of both levels: at most 2704 for the largest alphabet.</returns>
    private static int SizeOfSecondLevel(ReadOnlySpan<byte> lengths, ReadOnlySpan<int> firstCodes, Span<byte> longestAfter, int rootBits)
    {
        Span<int> nextCode = stackalloc int[MaxLength + 1];
        firstCodes.CopyTo(nextCode);
        longestAfter.Clear();
        foreach (byte length in lengths)
        {
            int code = nextCode[length]++;
            if (length > rootBits)
            {
                ref byte longest = ref longestAfter[Reverse(code, length) & (longestAfter.Length - 1)];
                longest = Math.Max(longest, length);
            }
        }

        int size = longestAfter.Length;
        foreach (byte longest in longestAfter)
        {
            size += longest > 0 ? 1 << (longest - rootBits) : 0;
        }

        return size;
    }

    /// <summary>Writes the entry at every index that begins with the code.</summary>
    private static void Fill(Span<ushort> table, int code, int length, ushort entry)
    {
        for (int i = code; i < table.Length; i += 1 << length)
        {
            table[i] = entry;
        }
    }

    private static int Reverse(int code, int length)
    {
        int reversed = 0;
        for (; length > 0; length--, code >>= 1)
        {
            reversed = (reversed << 1) | (code & 1);
        }

        return reversed;
    }
}
