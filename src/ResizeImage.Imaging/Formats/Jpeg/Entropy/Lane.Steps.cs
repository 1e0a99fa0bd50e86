using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <content>
/// The loops. A lane's state is in locals there, which are handed by reference to methods that are always inlined: as fields of a struct they
/// would live in memory, and three lanes took a sixth longer.
/// </content>
internal sealed partial class Lane
{
    private void RunOne(int rounds)
    {
        ref uint machine = ref Unchecked.First(_table.Machine);
        ref byte bytes = ref Unchecked.First(_bytes);
        ref Entry records = ref Unchecked.First(_records);
        int bit = _cursor.Bit;
        ulong at = StepTable.Transition(ref machine, _cursor.State);
        int record = _cursor.Record;
        for (; rounds > 0; rounds--)
        {
            ulong bits = Bits(ref bytes, bit);
            if (!Step(ref machine, ref records, ref bits, ref bit, ref at, ref record)
                || !Step(ref machine, ref records, ref bits, ref bit, ref at, ref record))
            {
                (bit, int state, record) = Single(new Cursor(bit, (ushort)at, record));
                at = StepTable.Transition(ref machine, state);
            }
        }

        _cursor = new Cursor(bit, (ushort)at, record);
    }

    private static void RunThree(int rounds, Lane a, Lane b, Lane c)
    {
        ref uint machine = ref Unchecked.First(a._table.Machine);
        ref byte bytes = ref Unchecked.First(a._bytes);
        ref Entry aRecords = ref Unchecked.First(a._records);
        int aBit = a._cursor.Bit;
        ulong aAt = StepTable.Transition(ref machine, a._cursor.State);
        int aRecord = a._cursor.Record;
        ref Entry bRecords = ref Unchecked.First(b._records);
        int bBit = b._cursor.Bit;
        ulong bAt = StepTable.Transition(ref machine, b._cursor.State);
        int bRecord = b._cursor.Record;
        ref Entry cRecords = ref Unchecked.First(c._records);
        int cBit = c._cursor.Bit;
        ulong cAt = StepTable.Transition(ref machine, c._cursor.State);
        int cRecord = c._cursor.Record;
        for (; rounds > 0; rounds--)
        {
            ulong bits = Bits(ref bytes, aBit);
            if (!Step(ref machine, ref aRecords, ref bits, ref aBit, ref aAt, ref aRecord)
                || !Step(ref machine, ref aRecords, ref bits, ref aBit, ref aAt, ref aRecord))
            {
                (aBit, int state, aRecord) = a.Single(new Cursor(aBit, (ushort)aAt, aRecord));
                aAt = StepTable.Transition(ref machine, state);
            }

            bits = Bits(ref bytes, bBit);
            if (!Step(ref machine, ref bRecords, ref bits, ref bBit, ref bAt, ref bRecord)
                || !Step(ref machine, ref bRecords, ref bits, ref bBit, ref bAt, ref bRecord))
            {
                (bBit, int state, bRecord) = b.Single(new Cursor(bBit, (ushort)bAt, bRecord));
                bAt = StepTable.Transition(ref machine, state);
            }

            bits = Bits(ref bytes, cBit);
            if (!Step(ref machine, ref cRecords, ref bits, ref cBit, ref cAt, ref cRecord)
                || !Step(ref machine, ref cRecords, ref bits, ref cBit, ref cAt, ref cRecord))
            {
                (cBit, int state, cRecord) = c.Single(new Cursor(cBit, (ushort)cAt, cRecord));
                cAt = StepTable.Transition(ref machine, state);
            }
        }

        a._cursor = new Cursor(aBit, (ushort)aAt, aRecord);
        b._cursor = new Cursor(bBit, (ushort)bAt, bRecord);
        c._cursor = new Cursor(cBit, (ushort)cAt, cRecord);
    }

    /// <summary>57 of the next bits at least, left-aligned: enough for two steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(ref byte bytes, int bit) => Unchecked.BigEndian64(ref bytes, bit >>> 3) << (bit & 7);

    /// <summary>One step. False where it cannot be looked up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Step(
        ref uint machine,
        ref Entry records,
        ref ulong bits,
        ref int bit,
        ref ulong at,
        ref int record)
    {
        uint step = StepTable.StepFrom(ref machine, at, bits);
        int after = (ushort)at + StepTable.Advance(step);
        if ((after & StepTable.Unresolved) != 0)
        {
            return false;
        }

        at = StepTable.Transition(ref machine, after);
        bit += StepTable.Bits(step);
        bits <<= (int)step; // of which a shift takes the lowest 6 bits
        ref Entry entry = ref Unchecked.At(ref records, record + (byte)(at >> 16));
        entry.Step = step;
        entry.End = bit;
        record += (byte)(at >> 24);
        return true;
    }

    /// <summary>One symbol, found in the Huffman table itself.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Cursor Single(Cursor cursor)
    {
        (int bit, int state, int record) = cursor;
        (HuffmanTable dc, HuffmanTable ac) = _table.Blocks[state / StepTable.StatesOfBlock];
        int k = state % StepTable.StatesOfBlock;
        ulong bits = Bits(ref Unchecked.First(_bytes), bit);
        int symbol = (k == 0 ? dc : ac).Find(bits, out int length);
        int size = k == 0 ? symbol : symbol & 15;
        uint step = StepTable.Step(0, size, 0);
        bool ends = k > 0 && size == 0 && symbol != 0xF0;
        if (symbol < 0)
        {
            // A lane that began at a wrong place goes on; the next block may begin anywhere.
            (step, length, size, ends) = (InvalidStep, 8, 0, true);
        }

        bit += length + size;
        k += k == 0 ? 0 : symbol >> 4;
        var entry = new Entry { Step = step, End = bit };
        if (!ends && k <= 63)
        {
            _records[record + Math.Min(k, _table.EndPlace)] = entry;
        }

        if (!ends && k < 63)
        {
            return new Cursor(bit, (state & -StepTable.StatesOfBlock) + k + 1, record);
        }

        _records[record + _table.EndPlace] = entry;
        return new Cursor(bit, _table.NextBlock(state), record + _places);
    }
}
