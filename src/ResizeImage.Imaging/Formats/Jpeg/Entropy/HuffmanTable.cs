using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// A Huffman table for decoding (T.81 annexes C and F.2.2.3), with look-up tables that resolve whole steps of the decoder at once.
/// </summary>
internal sealed class HuffmanTable
{
    /// <summary>Bits that <see cref="Symbols"/> and <see cref="Coefficients"/> look ahead.</summary>
    public const int LookupBits = 10;

    /// <summary>In <see cref="Coefficients"/>: added to the run by an end-of-block, so that it leads past the block.</summary>
    public const int EndOfBlockRun = 64;

    // A symbol longer than the look-up is found by comparing the next 16 bits with the first code of the next length.
    private readonly int[] _limit = new int[17];
    private readonly int[] _valueOffset = new int[17];
    private readonly byte[] _values;

    private int[]? _coefficients;

    /// <param name="counts">BITS: the number of codes of each length 1 to 16.</param>
    /// <param name="values">HUFFVAL: the symbols in order of their codes.</param>
    /// <exception cref="InvalidImageException">There are more codes of a length than fit.</exception>
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

    /// <summary>For each LookupBits bits: length of the code × 256 + symbol; 0 where the code is longer or invalid.</summary>
    public ushort[] Symbols { get; }

    /// <summary>
    /// For each LookupBits bits of an AC code and its additional bits (T.81 F.1.2.2): value × 65536 + run × 256 + bits taken by both;
    /// 0 where they take more than LookupBits. One look-up instead of two and a sign extension.
    /// </summary>
    public int[] Coefficients => _coefficients ??= BuildCoefficients();

    /// <summary>Finds the symbol that left-aligned bits begin with; -1 if there is none.</summary>
    /// <param name="bits">At least 16 bits.</param>
    /// <param name="length">The length of the code; 0 if there is no such code.</param>
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

    /// <summary>True if every symbol is a size of a difference that 8-bit samples can have (T.81 table F.1).</summary>
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
/// <param name="Bits">Its bits.</param>
/// <param name="Length">How many they are.</param>
/// <param name="Symbol">What it stands for.</param>
internal readonly record struct HuffmanCode(int Bits, int Length, byte Symbol);
