namespace ResizeImage.Imaging.Formats.Deflate;

/// <summary>
/// A prefix code of Deflate (RFC 1951, 3.2.2) as a table indexed by the next bits. Codes longer than the index continue in a second table.
/// An entry of a length, a distance or an exception:
/// <code>
/// bit   31   30 … 16                      15           14           13          11 … 8           5 … 0
///       0    base, or the offset          exceptional  second       end of      code length, or  bits taken,
///            of a second table                         table        block       second index     extra bits included
/// </code>
/// An entry of one or two literals:
/// <code>
/// bit   31   30 … 24    23 … 16    15 … 8    5 … 0
///       1    literals   second     first     bits taken
/// </code>
/// Example: symbol 266 is a length with base 13 and one extra bit. If its code has 7 bits, the entry is 13 &lt;&lt; 16 | 7 &lt;&lt; 8 | 8.
/// </summary>
internal sealed class InflateCode
{
    /// <summary>Bits 0 to 5 of an entry: bits taken, extra bits included. C# masks shift counts, so the entry itself can be the count.</summary>
    public const uint TakenMask = 63;

    /// <summary>The lowest of four bits of an entry: length of the code alone, or of a second table's index.</summary>
    public const int CodeShift = 8;

    /// <summary>The lowest bit of an entry's value: the base of a length or distance, or the offset of a second table.</summary>
    public const int ValueShift = 16;

    /// <summary>Marks literals: the entry's highest bit, so that one comparison with zero finds them.</summary>
    public const uint Literal = 1u << 31;

    /// <summary>The lowest bit of the first literal; the second one follows it, as in the output.</summary>
    public const int LiteralShift = 8;

    /// <summary>Marks an entry that is not a literal, length or distance. Without one of the next two bits, it is an invalid code.</summary>
    public const uint Exceptional = 1u << 15;

    public const uint SecondTable = 1u << 14;
    public const uint EndOfBlock = 1u << 13;

    /// <summary>The longest code, in bits.</summary>
    public const int MaxLength = 15;

    private const int SecondLiteralShift = 16;
    private const int LiteralCountShift = 24;
    private const uint InvalidCode = Exceptional;

    private static readonly uint[] LiteralMeanings = Meanings(288, symbol => symbol switch
    {
        < DeflateAlphabet.EndOfBlock => Literal | (1u << LiteralCountShift) | ((uint)symbol << LiteralShift),
        DeflateAlphabet.EndOfBlock => Exceptional | EndOfBlock,
        < DeflateAlphabet.LiteralCount => Pack(DeflateAlphabet.LengthOf(symbol)),
        _ => InvalidCode,
    });

    private static readonly uint[] DistanceMeanings =
        Meanings(32, symbol => symbol < DeflateAlphabet.DistanceCount ? Pack(DeflateAlphabet.DistanceOf(symbol)) : InvalidCode);

    private static readonly uint[] LengthMeanings = Meanings(DeflateCodeLengths.Count, symbol => (uint)symbol << ValueShift);

    private readonly int _indexBits;
    private readonly uint[] _meanings;

    /// <param name="indexBits">Index bits of the first table.</param>
    /// <param name="size">Entries of all tables of the alphabet's worst code (as computed by <c>enough.c</c> of zlib).</param>
    /// <param name="meanings">For each symbol: value, extra bits as bits taken, and flags.</param>
    private InflateCode(int indexBits, int size, uint[] meanings)
    {
        _indexBits = indexBits;
        _meanings = meanings;
        Table = new uint[size];
    }

    /// <summary>The first table, followed by the second tables.</summary>
    public uint[] Table { get; }

    /// <summary>The number of literals of such an entry: 1 or 2.</summary>
    public static int Literals(uint entry) => (int)(entry >> LiteralCountShift) & 3;

    /// <summary>For literals, the end of a block, and lengths.</summary>
    public static InflateCode ForLiterals() => new(InflateBlock.LiteralBits, 2342, LiteralMeanings);

    /// <summary>For distances.</summary>
    public static InflateCode ForDistances() => new(InflateBlock.DistanceBits, 402, DistanceMeanings);

    /// <summary>For code lengths (RFC 1951, 3.2.7).</summary>
    public static InflateCode ForLengths() => new(InflateBlock.LengthBits, 1 << InflateBlock.LengthBits, LengthMeanings);

    /// <summary>Builds the tables.</summary>
    /// <param name="lengths">Bits of each symbol's code, 0 to <see cref="MaxLength"/>.</param>
    /// <returns>False if the lengths are oversubscribed or incomplete. Allowed as incomplete: no code, and a single code of one bit.</returns>
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
            Array.Fill(Table, InvalidCode);
            if (counts[1] > 0)
            {
                uint only = WithLength(_meanings[lengths.IndexOf((byte)1)], 1);
                for (int i = 0; i < 1 << _indexBits; i += 2)
                {
                    Table[i] = only;
                }
            }

            return true;
        }

        InflateTables tables = new(Table, _indexBits, _meanings);
        tables.Fill(lengths, counts);
        if (_meanings == LiteralMeanings)
        {
            tables.PairLiterals(lengths[..DeflateAlphabet.EndOfBlock]);
        }

        return true;
    }

    /// <summary>The entry of a symbol.</summary>
    /// <param name="meaning">Value, extra bits as bits taken, and flags.</param>
    /// <param name="length">Bits of the code, or of the part of it that indexes the second table.</param>
    public static uint WithLength(uint meaning, int length) => (meaning + (uint)length) | ((int)meaning < 0 ? 0 : (uint)length << CodeShift);

    /// <summary>The entry of two literals.</summary>
    /// <param name="first">Entry of the first literal alone.</param>
    /// <param name="second">Entry of the second literal alone.</param>
    public static uint Pair(uint first, uint second) =>
        (first + (1u << LiteralCountShift) + (second & TakenMask)) | ((second & (255u << LiteralShift)) << (SecondLiteralShift - LiteralShift));

    private static uint[] Meanings(int count, Func<int, uint> of)
    {
        uint[] meanings = new uint[count];
        for (int symbol = 0; symbol < count; symbol++)
        {
            meanings[symbol] = of(symbol);
        }

        return meanings;
    }

    private static uint Pack((int Base, int ExtraBits) range) => ((uint)range.Base << ValueShift) | (uint)range.ExtraBits;
}
