using System.Buffers;
using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Decodes blocks from an offset in an <see cref="EntropyWindow"/> into records: for each wanted coefficient of a block the step that read it
/// and the offset of the bit after it.
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

    /// <summary>Set in the last entry of a block's record: the block has an invalid code.</summary>
    private const uint InvalidStep = 1u << 23;

    private readonly StepTable _table;
    private readonly int _places; // of a block's record
    private readonly byte[] _bytes;
    private readonly Entry[] _records;
    private Cursor _cursor;
    private int _firstBit;
    private int _firstPlace;
    private int _limit;

    public DecodeLane(StepTable table, byte[] bytes, int maxBlocks)
    {
        _table = table;
        _bytes = bytes;
        _places = table.PlacesOfBlock;
        _records = ArrayPool<Entry>.Shared.Rent(maxBlocks * _places);
        Array.Clear(_records);
    }

    /// <summary>Complete blocks in the records.</summary>
    public int Blocks => _cursor.Record / _places;

    /// <summary>Offset of the next bit.</summary>
    public int Bit => _cursor.Bit;

    /// <summary>Rounds for which there are data, and room for the blocks that may end in them.</summary>
    private int Rounds => Math.Min(
        (_limit - _cursor.Bit) / BitsOfRound,
        ((_records.Length - _cursor.Record) / (2 * _places)) - 1);

    /// <summary>Restarts.</summary>
    /// <param name="bit">Offset of a bit where a block begins, or is guessed to.</param>
    /// <param name="place">Index of that block in <see cref="StepTable.Blocks"/>.</param>
    /// <param name="limit">Offset of the bit where to stop at the latest; 8 more bytes must be readable there.</param>
    public void Begin(int bit, int place, int limit)
    {
        Array.Clear(_records, 0, Math.Min(_records.Length, _cursor.Record + _places));
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
    public int EndOf(int block) => _records[(block * _places) + _places - 1].End;

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
    public bool IsValid(int block) => (_records[(block * _places) + _places - 1].Step & InvalidStep) == 0;

    /// <summary>DIFF of a block (T.81 F.1.2.1).</summary>
    public int Difference(int block) =>
        Coefficient(new UncheckedSpan<byte>(_bytes), _records[block * _places]);

    /// <summary>The wanted coefficients of a block.</summary>
    /// <param name="block">Number of the block in the records.</param>
    /// <param name="prediction">PRED (T.81 F.1.1.5.1): the previous DC coefficient of the component; becomes this one.</param>
    /// <param name="coefficients">Receives the DC coefficient first, the others at distances of <paramref name="stride"/>.</param>
    /// <param name="stride">Distance between coefficients of a block.</param>
    public void Get(int block, ref int prediction, Span<int> coefficients, int stride)
    {
        UncheckedSpan<byte> bytes = new(_bytes);
        ReadOnlySpan<Entry> record = _records.AsSpan(block * _places, _places - 1);
        int place = 0;
        foreach (Entry entry in record)
        {
            coefficients[place] = Coefficient(bytes, entry);
            place += stride;
        }

        prediction += coefficients[0];
        coefficients[0] = (short)prediction;
    }

    /// <summary>RECEIVE and EXTEND of T.81 F.2.2.1 without a branch: a negative value has the bits of its magnitude inverted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Coefficient(in UncheckedSpan<byte> bytes, Entry entry)
    {
        int size = StepTable.Size(entry.Step);
        int first = entry.End - size;
        ulong bits = bytes.BigEndian64(first >>> 3) << (first & 7);
        ulong negative = ~(ulong)((long)bits >> 63);
        int magnitude = (int)((bits ^ negative) >> 1 >> (63 - size));
        return (magnitude ^ (int)negative) - (int)negative;
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

    public void Dispose() => ArrayPool<Entry>.Shared.Return(_records);

    /// <summary>At most as many rounds as it takes to reach a bit.</summary>
    private int RoundsTo(int goal) => (goal - _cursor.Bit + BitsOfRound - 1) / BitsOfRound;

    /// <summary>A step in a record.</summary>
    private struct Entry
    {
        public uint Step;

        /// <summary>Offset of the bit after it.</summary>
        public int End;
    }

    /// <summary>Where a lane is.</summary>
    /// <param name="Bit">Offset in the window of the next bit.</param>
    /// <param name="State">State of the <see cref="StepTable"/>.</param>
    /// <param name="Record">Offset of the current block's record.</param>
    private readonly record struct Cursor(int Bit, int State, int Record);
}
