using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// A Huffman table for decoding (T.81 annex C and F.2.2.3), with lookup tables that resolve a code and its additional bits at once.
/// </summary>
internal sealed class HuffmanTable
{
    /// <summary>Bits that <see cref="Symbols"/> and <see cref="Coefficients"/> look ahead.</summary>
    public const int LookupBits = 10;

    /// <summary>In <see cref="Coefficients"/>: an end-of-block adds this to the run, so that the run ends past the block.</summary>
    public const int EndOfBlockRun = 64;

    // For each length: the end of its codes, left-aligned in 16 bits. A code longer than LookupBits has the first length whose end is above it.
    private readonly int[] _limit = new int[17];
    private readonly int[] _valueOffset = new int[17];
    private readonly byte[] _values;

    private int[]? _coefficients;
    private ulong[]? _pairs;

    /// <param name="counts">BITS: the number of codes of each length, 1 to 16.</param>
    /// <param name="values">HUFFVAL: the symbols in order of their codes.</param>
    /// <exception cref="InvalidImageException">The table has more codes of a length than fit.</exception>
    public HuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> values)
    {
        _values = values.ToArray();
        Codes = new HuffmanCode[_values.Length];
        Symbols = new ushort[1 << LookupBits];
        int code = 0;
        int index = 0;
        for (int length = 1; length <= 16; length++)
        {
            int count = counts[length - 1];
            if (code + count > 1 << length)
            {
                throw JpegErrors.Corrupt($"a Huffman table has {count} codes of {length} bits, which is more than fit");
            }

            _valueOffset[length] = index - code;
            for (int i = 0; i < count; i++, code++, index++)
            {
                Codes[index] = new HuffmanCode(code, length, _values[index]);
                if (length <= LookupBits)
                {
                    ushort entry = (ushort)((length << 8) | _values[index]);
                    Symbols.AsSpan(code << (LookupBits - length), 1 << (LookupBits - length)).Fill(entry);
                }
            }

            _limit[length] = code << (16 - length);
            code <<= 1;
        }
    }

    /// <summary>All codes, in order.</summary>
    public HuffmanCode[] Codes { get; }

    /// <summary>Indexed by the next LookupBits bits: length of the code × 256 + symbol; 0 if the code is longer or invalid.</summary>
    public ushort[] Symbols { get; }

    /// <summary>
    /// Indexed by the next LookupBits bits, an AC code and its additional bits (T.81 F.1.2.2); 0 if they need more bits. One lookup replaces two
    /// and a sign extension.
    /// <code>
    /// 31         16 15     8 7       0
    /// | value      | run    | bits    |
    /// |            |        | of both |
    /// </code>
    /// </summary>
    public int[] Coefficients => _coefficients ??= BuildCoefficients();

    /// <summary>
    /// As <see cref="Coefficients"/>, with the next code as well where <see cref="LookupBits"/> hold both: every second look-up of a block waits
    /// for nothing then. 0 if the first code needs more bits.
    /// <code>
    /// 63  60 56         48          32          16          8          0
    /// | bits | 1 if two | run of    | value of  | value of  | run of   | bits of |
    /// | of 1 |          | second    | second    | first     | first    | all     |
    /// </code>
    /// </summary>
    public ulong[] Pairs => _pairs ??= BuildPairs();

    /// <summary>Finds the symbol at the start of <paramref name="bits"/>.</summary>
    /// <param name="bits">At least 16 bits, left-aligned.</param>
    /// <param name="length">The length of the code in bits; 0 if it is invalid.</param>
    /// <returns>The symbol, or -1 for an invalid code.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ulong bits, out int length)
    {
        int entry = Symbols[(int)(bits >> (64 - LookupBits))];
        length = entry >> 8;
        return length != 0 ? entry & 255 : FindLong((int)(bits >> 48), out length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindLong(int next16, out int length)
    {
        for (length = LookupBits + 1; length <= 16; length++)
        {
            if (next16 < _limit[length])
            {
                return _values[_valueOffset[length] + (next16 >> (16 - length))];
            }
        }

        length = 0;
        return -1;
    }

    /// <summary>True if no symbol exceeds 15, the largest size of a DC difference.</summary>
    public bool FitsDc()
    {
        foreach (byte value in _values)
        {
            if (value > 15)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>EXTEND of T.81 figure F.12: the value of <paramref name="size"/> additional bits.</summary>
    public static int Extend(int bits, int size) => bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;

    private ulong[] BuildPairs()
    {
        ulong[] pairs = new ulong[1 << LookupBits];
        for (int bits = 0; bits < pairs.Length; bits++)
        {
            uint first = (uint)Coefficients[bits];
            int taken = (byte)first;
            pairs[bits] = first | ((ulong)taken << 60);
            uint second = (uint)Coefficients[(bits << taken) & (pairs.Length - 1)];
            bool ends = (first & 0xFF00) == EndOfBlockRun << 8;
            if (first != 0 && !ends && second != 0 && taken + (byte)second <= LookupBits)
            {
                pairs[bits] += (byte)second | ((ulong)(second >> 16) << 32) | ((ulong)(byte)(second >> 8) << 48) | (1UL << 56);
            }
        }

        return pairs;
    }

    private int[] BuildCoefficients()
    {
        int[] table = new int[1 << LookupBits];
        for (int bits = 0; bits < table.Length; bits++)
        {
            int symbol = Symbols[bits] & 255;
            int length = Symbols[bits] >> 8;
            int size = symbol & 15;
            if (length == 0 || length + size > LookupBits)
            {
                continue;
            }

            if (size > 0)
            {
                int value = Extend((bits >> (LookupBits - length - size)) & ((1 << size) - 1), size);
                table[bits] = (value << 16) | ((symbol >> 4) << 8) | (length + size);
            }
            else if (symbol == 0)
            {
                table[bits] = (EndOfBlockRun << 8) | length;
            }
        }

        return table;
    }
}

/// <summary>A code of a Huffman table.</summary>
/// <param name="Bits">The code, right-aligned.</param>
/// <param name="Length">Its length in bits, 1 to 16.</param>
/// <param name="Symbol">The symbol that it encodes.</param>
internal readonly record struct HuffmanCode(int Bits, int Length, byte Symbol);
