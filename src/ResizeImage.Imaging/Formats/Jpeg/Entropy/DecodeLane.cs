using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Decodes blocks from an offset in an <see cref="EntropyWindow"/> into records:
/// <code>
/// 0                    1                 2              LastCoefficient + 2
/// | bit after the      | coefficient 0:  | 1: bits,     | unwanted steps    |
/// | block, and Invalid | bits, step      | step ...     |                   |
/// </code>
/// An entry has the 32 bits from the coefficient's code on in its upper half, and the step that read them in its lower half; it is 0 for a
/// coefficient that is 0.
/// </summary>
/// <remarks>
/// Huffman decoding is a dependency chain: the start of a code is known only after the previous table look-up. Three lanes that take turns fill
/// the latency, provided that nothing is mispredicted: one wrong branch stalls all three. So a step has no branch except for rare codes. One
/// lane alone takes as long as <see cref="SequentialBlock"/>; three take half of that per block.
/// </remarks>
internal sealed partial class DecodeLane : IDisposable
{
    /// <summary>More than a round consumes: two steps, or one step and a single symbol.</summary>
    private const int BitsOfRound = 64;

    /// <summary>
    /// What a round of most photos consumes, or somewhat more. Short restart intervals end after fewer calls with it than with
    /// <see cref="BitsOfRound"/>: photos with four MCUs in each take 4 to 5 % less time.
    /// </summary>
    private const int UsualBitsOfRound = 24;

    /// <summary>Set in the first entry of a block's record: the block has an invalid code.</summary>
    private const ulong Invalid = 1UL << 63;

    /// <summary>Coefficients that <see cref="Get"/> makes at once.</summary>
    private const int Lanes = 8;

    private readonly StepTable _table;
    private readonly int _places; // of a block's record
    private readonly byte[] _bytes;
    private readonly ulong[] _records;
    private readonly int _room; // of the records; a rented array may be longer
    private Cursor _cursor;
    private int _firstBit;
    private int _firstPlace;
    private int _limit;

    /// <param name="table">The steps.</param>
    /// <param name="bytes">The window.</param>
    /// <param name="maxBlocks">Blocks that the records have room for.</param>
    public DecodeLane(StepTable table, byte[] bytes, int maxBlocks)
    {
        _table = table;
        _bytes = bytes;
        _places = table.PlacesOfBlock;
        _room = (maxBlocks * _places) + Lanes;
        _records = ArrayPool<ulong>.Shared.Rent(_room);
        Array.Clear(_records, 0, _room);
    }

    /// <summary>Complete blocks in the records.</summary>
    public int Blocks => _cursor.Record / _places;

    /// <summary>Offset of the next bit.</summary>
    public int Bit => _cursor.Bit;

    /// <summary>Rounds for which there are data, and room for the blocks that may end in them.</summary>
    private int Rounds => Math.Min(
        (_limit - _cursor.Bit) / BitsOfRound,
        ((_room - Lanes - _cursor.Record) / (2 * _places)) - 1);

    /// <summary>Restarts.</summary>
    /// <param name="bit">Offset of a bit where a block begins, or is guessed to.</param>
    /// <param name="place">Index of that block in <see cref="StepTable.Blocks"/>.</param>
    /// <param name="limit">Offset of the bit where to stop at the latest; 8 more bytes must be readable there.</param>
    public void Begin(int bit, int place, int limit)
    {
        Array.Clear(_records, 0, Math.Min(_room, _cursor.Record + _places));
        _firstBit = bit;
        _firstPlace = place;
        _limit = limit;
        _cursor = new Cursor(bit, place * StepTable.StatesOfBlock, 0);
    }

    /// <summary>Index of a block in <see cref="StepTable.Blocks"/>.</summary>
    public int PlaceOf(int block) => (_firstPlace + block) % _table.Blocks.Length;

    /// <summary>Offset of a block's first bit.</summary>
    public int StartOf(int block) => block == 0 ? _firstBit : EndOf(block - 1);

    /// <summary>Offset of the bit after a block.</summary>
    public int EndOf(int block) => (int)_records[block * _places];

    /// <summary>The first block that begins at or after a bit; <see cref="Blocks"/> if there is none.</summary>
    public int FirstFrom(int bit)
    {
        int first = 0;
        int end = Blocks;
        while (first < end)
        {
            int middle = (first + end) / 2;
            (first, end) = StartOf(middle) < bit ? (middle + 1, end) : (first, middle);
        }

        return first;
    }

    /// <summary>False for a block with an invalid code: its coefficients have no meaning.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsValid(int block) => (long)_records[block * _places] >= 0;

    /// <summary>DIFF of a block (T.81 F.1.2.1).</summary>
    public int Difference(int block) => Coefficient(_records[(block * _places) + 1]);

    /// <summary>The wanted coefficients of a block.</summary>
    /// <param name="block">Number of the block in the records.</param>
    /// <param name="prediction">PRED (T.81 F.1.1.5.1): the previous DC coefficient of the component; becomes this one.</param>
    /// <param name="coefficients">Receives the DC coefficient first, the others at distances of <paramref name="stride"/>.</param>
    /// <param name="stride">Distance between coefficients of a block.</param>
    public void Get(int block, ref int prediction, Span<int> coefficients, int stride)
    {
        int count = _places - 2;
        UncheckedSpan<ulong> entries = new(_records.AsSpan((block * _places) + 1), count + Lanes);
        UncheckedSpan<int> values = new(coefficients, ((count - 1) * stride) + 1);
        if (Avx2.IsSupported && count > 1)
        {
            int at = 0;
            for (int k = 0; k < count; k += Lanes, at += Lanes * stride)
            {
                // Entries after the last coefficient have no meaning.
                Vector256<int> eight = Coefficients(ref entries.Stretch(k, Lanes));
                Vector128<int> low = eight.GetLower();
                Vector128<int> high = eight.GetUpper();
                int left = count - k;
                values[at] = low.ToScalar();
                if (left > 1)
                {
                    values[at + stride] = low.GetElement(1);
                }

                if (left > 2)
                {
                    values[at + (2 * stride)] = high.ToScalar();
                }

                if (left > 3)
                {
                    values[at + (3 * stride)] = high.GetElement(1);
                }

                if (left > 4)
                {
                    values[at + (4 * stride)] = low.GetElement(2);
                }

                if (left > 5)
                {
                    values[at + (5 * stride)] = low.GetElement(3);
                }

                if (left > 6)
                {
                    values[at + (6 * stride)] = high.GetElement(2);
                }

                if (left > 7)
                {
                    values[at + (7 * stride)] = high.GetElement(3);
                }
            }
        }
        else
        {
            for (int k = 0; k < count; k++)
            {
                values[k * stride] = Coefficient(entries[k]);
            }
        }

        prediction += coefficients[0];
        coefficients[0] = (short)prediction;
    }

    /// <summary>An entry: the next bits, and the step that reads them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Entry(ulong bits, uint step) => (bits & ~(ulong)uint.MaxValue) | step;

    /// <summary>RECEIVE and EXTEND of T.81 F.2.2.1 without a branch: a negative value has the bits of its magnitude inverted.</summary>
    private static int Coefficient(ulong entry)
    {
        int size = (byte)(entry >> StepTable.SizeShift);
        ulong bits = entry << (int)(entry >> StepTable.CodeShift); // a shift uses the lowest 6 bits only
        ulong negative = ~(ulong)((long)bits >> 63);
        int magnitude = (int)((bits ^ negative) >> 1 >> (63 - size));
        return (magnitude ^ (int)negative) - (int)negative;
    }

    /// <summary>
    /// The same for eight entries, in the order 0, 1, 4, 5, 2, 3, 6, 7; a shift by 32 gives 0. One at a time takes 8 % longer for a thumbnail.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Coefficients(ref ulong first)
    {
        const byte Even = 0b10_00_10_00;
        const byte Odd = 0b11_01_11_01;
        Vector256<float> low = Vector256.LoadUnsafe(ref first).AsSingle();
        Vector256<float> high = Vector256.LoadUnsafe(ref first, (nuint)Vector256<ulong>.Count).AsSingle();
        Vector256<uint> steps = Avx.Shuffle(low, high, Even).AsUInt32();
        Vector256<uint> bits = Avx.Shuffle(low, high, Odd).AsUInt32();
        Vector256<uint> sizes = (steps >> StepTable.SizeShift) & Vector256.Create(255U);
        bits = Avx2.ShiftLeftLogicalVariable(bits, (steps >> StepTable.CodeShift) & Vector256.Create(31U));
        Vector256<uint> negative = Vector256.GreaterThanOrEqual(bits.AsInt32(), Vector256<int>.Zero).AsUInt32();
        Vector256<uint> magnitudes = Avx2.ShiftRightLogicalVariable(bits ^ negative, Vector256.Create(32U) - sizes);
        return ((magnitudes ^ negative) - negative).AsInt32();
    }

    /// <summary>Decodes up to a bit, or until there are no more data or room.</summary>
    public void Run(int goal)
    {
        int rounds;
        while ((rounds = Math.Min(Rounds, RoundsTo(goal))) > 0)
        {
            RunOne(rounds);
        }
    }

    /// <summary>Decodes in three lanes until each is at its goal, or one of them has no more data or room.</summary>
    public static void Run(DecodeLane a, int goalOfA, DecodeLane b, int goalOfB, DecodeLane c, int goalOfC)
    {
        int rounds;
        while ((rounds = Math.Min(Math.Min(a.Rounds, b.Rounds), c.Rounds)) > 0)
        {
            rounds = Math.Min(rounds, Math.Max(Math.Max(a.RoundsTo(goalOfA), b.RoundsTo(goalOfB)), c.RoundsTo(goalOfC)));
            if (rounds <= 0)
            {
                break;
            }

            RunThree(rounds, a, b, c);
        }
    }

    public void Dispose() => ArrayPool<ulong>.Shared.Return(_records);

    /// <summary>About as many rounds as it takes to reach a bit; running on behind it costs only time.</summary>
    private int RoundsTo(int goal) => (goal - _cursor.Bit + UsualBitsOfRound - 1) / UsualBitsOfRound;

    /// <summary>Where a lane is.</summary>
    /// <param name="Bit">Offset in the window of the next bit.</param>
    /// <param name="State">State of the <see cref="StepTable"/>.</param>
    /// <param name="Record">Offset of the current block's record.</param>
    private readonly record struct Cursor(int Bit, int State, int Record);
}
