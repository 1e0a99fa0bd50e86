using System.Buffers;
using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Decodes blocks from one place of an <see cref="EntropyWindow"/> on, into records: for each wanted coefficient of a block the step that
/// read it and the place of the bit behind it.
/// </summary>
/// <remarks>
/// Decoding is a chain: where a code begins is known when the one before has been looked up, and while one look-up is waited for the processor
/// has nothing to do. Three lanes at three places of the data, a step of each in turn, fill that time; but only if nothing has to be predicted,
/// for a wrong prediction in one lane stops all. So there is no branch in a step but for rare codes. A lane of its own takes as long as
/// <see cref="SequentialBlock"/>; three take half of that per block.
/// </remarks>
internal sealed partial class Lane : IDisposable
{
    /// <summary>More than the bits that a round takes: two steps, or one and a single symbol.</summary>
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

    /// <param name="table">The steps.</param>
    /// <param name="bytes">The window.</param>
    /// <param name="maxBlocks">Blocks to have room for.</param>
    public Lane(StepTable table, byte[] bytes, int maxBlocks)
    {
        _table = table;
        _bytes = bytes;
        _places = table.PlacesOfBlock;
        _records = ArrayPool<Entry>.Shared.Rent(maxBlocks * _places);
        Array.Clear(_records);
    }

    /// <summary>Whole blocks in the records.</summary>
    public int Blocks => _cursor.Record / _places;

    /// <summary>Place of the next bit to be read.</summary>
    public int Bit => _cursor.Bit;

    /// <summary>Rounds for which there is data, and room for the blocks that may end in them.</summary>
    private int Rounds => Math.Min(
        (_limit - _cursor.Bit) / BitsOfRound,
        ((_records.Length - _cursor.Record) / (2 * _places)) - 1);

    /// <summary>Begins afresh.</summary>
    /// <param name="bit">Place of a bit where a block begins, or is supposed to.</param>
    /// <param name="place">Place of that block in <see cref="StepTable.Blocks"/>.</param>
    /// <param name="limit">Place of the bit where to stop at the latest; 8 bytes more than up to there must be readable.</param>
    public void Begin(int bit, int place, int limit)
    {
        Array.Clear(_records, 0, Math.Min(_records.Length, _cursor.Record + _places));
        _firstBit = bit;
        _firstPlace = place;
        _limit = limit;
        _cursor = new Cursor(bit, place * StepTable.StatesOfBlock, 0);
    }

    /// <summary>Place of a block in <see cref="StepTable.Blocks"/>.</summary>
    public int PlaceOf(int block) => (_firstPlace + block) % _table.Blocks.Length;

    /// <summary>Place of a block's first bit.</summary>
    public int StartOf(int block) => block == 0 ? _firstBit : EndOf(block - 1);

    /// <summary>Place of the bit behind a block.</summary>
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

    /// <summary>False for a block with an invalid code; its coefficients are not to be used.</summary>
    public bool IsValid(int block) => (_records[(block * _places) + _places - 1].Step & InvalidStep) == 0;

    /// <summary>The DC coefficient of a block, as the difference from the block before.</summary>
    public int Difference(int block) =>
        Coefficient(ref Unchecked.First(_bytes), _records[block * _places]);

    /// <summary>The wanted coefficients of a block.</summary>
    /// <param name="block">Number of the block in the records.</param>
    /// <param name="prediction">The DC coefficient of the component's block before; becomes this one's.</param>
    /// <param name="coefficients">Where the DC coefficient goes; the others at distances of <paramref name="stride"/>.</param>
    /// <param name="stride">Distance between them.</param>
    public void Get(int block, ref int prediction, Span<int> coefficients, int stride)
    {
        ref byte bytes = ref Unchecked.First(_bytes);
        ReadOnlySpan<Entry> record = _records.AsSpan(block * _places, _places - 1);
        int place = 0;
        foreach (Entry entry in record)
        {
            coefficients[place] = Coefficient(ref bytes, entry);
            place += stride;
        }

        prediction += coefficients[0];
        coefficients[0] = (short)prediction;
    }

    /// <summary>RECEIVE and EXTEND of T.81 F.2.2.1 without a branch: a negative value has the bits of its magnitude inverted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Coefficient(ref byte bytes, Entry entry)
    {
        int size = StepTable.Size(entry.Step);
        int first = entry.End - size;
        ulong bits = Unchecked.BigEndian64(ref bytes, first >>> 3) << (first & 7);
        ulong negative = ~(ulong)((long)bits >> 63);
        int magnitude = (int)((bits ^ negative) >> 1 >> (63 - size));
        return (magnitude ^ (int)negative) - (int)negative;
    }

    /// <summary>Decodes up to a place, or to where there is no more data or room.</summary>
    public void Run(int goal)
    {
        int rounds;
        while ((rounds = Math.Min(Rounds, RoundsTo(goal))) > 0)
        {
            RunOne(rounds);
        }
    }

    /// <summary>Decodes in three lanes until each is at its goal, or one of them has no more data or room.</summary>
    public static void Run(Lane a, int goalOfA, Lane b, int goalOfB, Lane c, int goalOfC)
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

    /// <summary>At most as many rounds as it takes to get there.</summary>
    private int RoundsTo(int goal) => (goal - _cursor.Bit + BitsOfRound - 1) / BitsOfRound;

    /// <summary>What is kept of a step.</summary>
    private struct Entry
    {
        /// <summary>The step.</summary>
        public uint Step;

        /// <summary>Place of the bit behind it.</summary>
        public int End;
    }

    /// <summary>Where a lane is.</summary>
    /// <param name="Bit">Place in the window of the next bit.</param>
    /// <param name="State">State of the <see cref="StepTable"/>.</param>
    /// <param name="Record">Place of the present block's record.</param>
    private readonly record struct Cursor(int Bit, int State, int Record);
}
