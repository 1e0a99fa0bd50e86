namespace ResizeImage.Imaging.Formats.Png;

/// <summary>
/// A prefix code of Deflate (RFC 1951, 3.2.2) as a table over the next bits: what they mean and how many they are. Codes longer than the
/// table's index go on in a second table.
/// </summary>
internal sealed class InflateCode
{
    /// <summary>An entry's bits 0 to 5: bits that it takes, extra bits included. As C# masks shifts, the entry itself can be the shift.</summary>
    public const uint TakenMask = 63;

    /// <summary>An entry from this bit on, four of them: bits of the code alone, or of a second table's index.</summary>
    public const int CodeShift = 8;

    /// <summary>An entry from this bit on: a literal, the least length or distance, or where a second table begins.</summary>
    public const int ValueShift = 16;

    /// <summary>A literal: the entry's highest bit, so that one comparison with zero finds it.</summary>
    public const uint Literal = 1u << 31;

    /// <summary>Neither a literal nor a length or distance; without one of the next two it is no code at all.</summary>
    public const uint Exceptional = 1u << 15;

    public const uint SecondTable = 1u << 14;
    public const uint EndOfBlock = 1u << 13;

    /// <summary>The longest code, in bits.</summary>
    public const int MaxLength = 15;

    private const uint NoCode = Exceptional;

    private static readonly uint[] LiteralMeanings = Meanings(288, symbol => symbol switch
    {
        < DeflateAlphabet.EndOfBlock => Literal | ((uint)symbol << ValueShift),
        DeflateAlphabet.EndOfBlock => Exceptional | EndOfBlock,
        < DeflateAlphabet.LiteralCount => Pack(DeflateAlphabet.LengthOf(symbol)),
        _ => NoCode,
    });

    private static readonly uint[] DistanceMeanings =
        Meanings(32, symbol => symbol < DeflateAlphabet.DistanceCount ? Pack(DeflateAlphabet.DistanceOf(symbol)) : NoCode);

    private static readonly uint[] LengthMeanings = Meanings(DeflateCodeLengths.Count, symbol => (uint)symbol << ValueShift);

    private readonly int _indexBits;
    private readonly uint[] _meanings;

    /// <param name="indexBits">Of the first table.</param>
    /// <param name="size">Entries of all tables of the alphabet's worst code (as computed by <c>enough.c</c> of zlib).</param>
    /// <param name="meanings">Of each symbol: value, extra bits as bits taken, and flags.</param>
    private InflateCode(int indexBits, int size, uint[] meanings)
    {
        _indexBits = indexBits;
        _meanings = meanings;
        Table = new uint[size];
    }

    /// <summary>First the entries by the first table's index.</summary>
    public uint[] Table { get; }

    /// <summary>Literals, the end of a block, and lengths.</summary>
    public static InflateCode ForLiterals() => new(InflateBlock.LiteralBits, 2342, LiteralMeanings);

    /// <summary>Distances.</summary>
    public static InflateCode ForDistances() => new(InflateBlock.DistanceBits, 402, DistanceMeanings);

    /// <summary>Code lengths (RFC 1951, 3.2.7).</summary>
    public static InflateCode ForLengths() => new(InflateBlock.LengthBits, 1 << InflateBlock.LengthBits, LengthMeanings);

    /// <summary>Makes the tables.</summary>
    /// <param name="lengths">Bits of each symbol's code, 0 to <see cref="MaxLength"/>.</param>
    /// <returns>False if the lengths make no code: too many codes, or too few, but for none and for a single one of one bit.</returns>
    public bool TryBuild(ReadOnlySpan<byte> lengths)
    {
        Span<int> counts = stackalloc int[MaxLength + 1];
        counts.Clear();
        foreach (byte length in lengths)
        {
            counts[length]++;
        }

        counts[0] = 0;
        int free = 1;
        for (int length = 1; length <= MaxLength; length++)
        {
            free = (2 * free) - counts[length];
            if (free < 0)
            {
                return false;
            }
        }

        if (free > 0 && free < (counts[1] == 1 ? 1 << (MaxLength - 1) : 1 << MaxLength))
        {
            return false;
        }

        if (free > 0)
        {
            Array.Fill(Table, NoCode);
        }

        Fill(lengths, counts);
        return true;
    }

    private static uint[] Meanings(int count, Func<int, uint> of)
    {
        uint[] meanings = new uint[count];
        for (int symbol = 0; symbol < count; symbol++)
        {
            meanings[symbol] = of(symbol);
        }

        return meanings;
    }

    private static uint Pack((int Least, int ExtraBits) range) => ((uint)range.Least << ValueShift) | (uint)range.ExtraBits;

    private void Fill(ReadOnlySpan<byte> lengths, Span<int> counts)
    {
        int longest = MaxLength;
        while (longest > 0 && counts[longest] == 0)
        {
            longest--;
        }

        int next = 1 << _indexBits; // where the next second table goes
        int table = 0; // the current second table, its prefix and the bits of its index
        int tablePrefix = -1;
        int tableBits = 0;
        uint code = 0;
        Span<int> left = stackalloc int[MaxLength + 1];
        counts.CopyTo(left);
        for (int length = 1; length <= longest; length++, code <<= 1)
        {
            for (int symbol = 0; left[length] > 0; symbol++)
            {
                if (lengths[symbol] != length)
                {
                    continue;
                }

                int reversed = Reverse(code++, length);
                uint meaning = _meanings[symbol];
                if (length <= _indexBits)
                {
                    Repeat(meaning, length, Table.AsSpan(0, 1 << _indexBits), reversed);
                }
                else
                {
                    int prefix = reversed & ((1 << _indexBits) - 1);
                    if (prefix != tablePrefix)
                    {
                        (tablePrefix, table, tableBits) = (prefix, next, SecondTableBits(length, longest, left));
                        next += 1 << tableBits;
                        Table[prefix] = Exceptional | SecondTable
                            | ((uint)table << ValueShift) | ((uint)tableBits << CodeShift) | (uint)_indexBits;
                    }

                    Repeat(meaning, length - _indexBits, Table.AsSpan(table, 1 << tableBits), reversed >> _indexBits);
                }

                left[length]--;
            }
        }
    }

    /// <summary>At every index whose lowest bits are the code.</summary>
    private static void Repeat(uint meaning, int length, Span<uint> table, int code)
    {
        uint entry = (meaning + (uint)length) | ((uint)length << CodeShift);
        for (int i = code; i < table.Length; i += 1 << length)
        {
            table[i] = entry;
        }
    }

    /// <summary>The codes of a prefix follow each other: as many bits as it takes until those that are left fill it.</summary>
    private int SecondTableBits(int length, int longest, ReadOnlySpan<int> left)
    {
        int bits = length - _indexBits;
        int room = 1 << bits;
        while (bits + _indexBits < longest)
        {
            room -= left[bits + _indexBits];
            if (room <= 0)
            {
                break;
            }

            bits++;
            room <<= 1;
        }

        return bits;
    }

    /// <summary>Codes are stored from their highest bit on, and the bits of a table's index from the lowest (RFC 1951, 3.1.1).</summary>
    private static int Reverse(uint code, int length)
    {
        int reversed = 0;
        for (int i = 0; i < length; i++)
        {
            reversed |= (int)((code >> i) & 1) << (length - 1 - i);
        }

        return reversed;
    }
}
