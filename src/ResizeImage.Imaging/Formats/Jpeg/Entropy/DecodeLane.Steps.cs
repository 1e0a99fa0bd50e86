using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <content>
/// The loops. They keep a lane's state in locals and pass them by reference to methods that are always inlined: as fields of a struct the state
/// is in memory, and three lanes take a sixth longer.
/// </content>
internal sealed partial class DecodeLane
{
    private void RunOne(int rounds)
    {
        UncheckedSpan<uint> machine = new(_table.Machine);
        UncheckedSpan<byte> bytes = new(_bytes);
        UncheckedSpan<Entry> records = new(_records);
        int bit = _cursor.Bit;
        ulong at = StepTable.Transition(machine, _cursor.State);
        int record = _cursor.Record;
        for (; rounds > 0; rounds--)
        {
            ulong bits = Bits(bytes, bit);
            if (!Step(machine, records, ref bits, ref bit, ref at, ref record)
                || !Step(machine, records, ref bits, ref bit, ref at, ref record))
            {
                (bit, int state, record) = Single(new Cursor(bit, (ushort)at, record));
                at = StepTable.Transition(machine, state);
            }
        }

        _cursor = new Cursor(bit, (ushort)at, record);
    }

    private static void RunThree(int rounds, DecodeLane a, DecodeLane b, DecodeLane c)
    {
        UncheckedSpan<uint> machine = new(a._table.Machine);
        UncheckedSpan<byte> bytes = new(a._bytes);
        UncheckedSpan<Entry> aRecords = new(a._records);
        int aBit = a._cursor.Bit;
        ulong aAt = StepTable.Transition(machine, a._cursor.State);
        int aRecord = a._cursor.Record;
        UncheckedSpan<Entry> bRecords = new(b._records);
        int bBit = b._cursor.Bit;
        ulong bAt = StepTable.Transition(machine, b._cursor.State);
        int bRecord = b._cursor.Record;
        UncheckedSpan<Entry> cRecords = new(c._records);
        int cBit = c._cursor.Bit;
        ulong cAt = StepTable.Transition(machine, c._cursor.State);
        int cRecord = c._cursor.Record;
        for (; rounds > 0; rounds--)
        {
            ulong bits = Bits(bytes, aBit);
            if (!Step(machine, aRecords, ref bits, ref aBit, ref aAt, ref aRecord)
                || !Step(machine, aRecords, ref bits, ref aBit, ref aAt, ref aRecord))
            {
                (aBit, int state, aRecord) = a.Single(new Cursor(aBit, (ushort)aAt, aRecord));
                aAt = StepTable.Transition(machine, state);
            }

            bits = Bits(bytes, bBit);
            if (!Step(machine, bRecords, ref bits, ref bBit, ref bAt, ref bRecord)
                || !Step(machine, bRecords, ref bits, ref bBit, ref bAt, ref bRecord))
            {
                (bBit, int state, bRecord) = b.Single(new Cursor(bBit, (ushort)bAt, bRecord));
                bAt = StepTable.Transition(machine, state);
            }

            bits = Bits(bytes, cBit);
            if (!Step(machine, cRecords, ref bits, ref cBit, ref cAt, ref cRecord)
                || !Step(machine, cRecords, ref bits, ref cBit, ref cAt, ref cRecord))
            {
                (cBit, int state, cRecord) = c.Single(new Cursor(cBit, (ushort)cAt, cRecord));
                cAt = StepTable.Transition(machine, state);
            }
        }

        a._cursor = new Cursor(aBit, (ushort)aAt, aRecord);
        b._cursor = new Cursor(bBit, (ushort)bAt, bRecord);
        c._cursor = new Cursor(cBit, (ushort)cAt, cRecord);
    }

    /// <summary>At least the next 57 bits, left-aligned: enough for two steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(UncheckedSpan<byte> bytes, int bit) => bytes.BigEndian64(bit >>> 3) << (bit & 7);

    /// <summary>One step. False if the table does not resolve it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Step(
        UncheckedSpan<uint> machine,
        UncheckedSpan<Entry> records,
        ref ulong bits,
        ref int bit,
        ref ulong at,
        ref int record)
    {
        uint step = StepTable.StepFrom(machine, at, bits);
        int after = (ushort)at + StepTable.Advance(step);
        if ((after & StepTable.Unresolved) != 0)
        {
            return false;
        }

        at = StepTable.Transition(machine, after);
        bit += StepTable.Bits(step);
        bits <<= (int)step; // a shift uses the lowest 6 bits only
        ref Entry entry = ref records[record + (byte)(at >> 16)];
        entry.Step = step;
        entry.End = bit;
        record += (byte)(at >> 24);
        return true;
    }

    /// <summary>One symbol, by the Huffman table itself.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Cursor Single(Cursor cursor)
    {
        (int bit, int state, int record) = cursor;
        (HuffmanTable dc, HuffmanTable ac) = _table.Blocks[state / StepTable.StatesOfBlock];
        int k = state % StepTable.StatesOfBlock;
        ulong bits = Bits(new UncheckedSpan<byte>(_bytes), bit);
        int symbol = (k == 0 ? dc : ac).Find(bits, out int length);
        int size = k == 0 ? symbol : symbol & 15;
        uint step = StepTable.Step(0, size, 0);
        bool ends = k > 0 && size == 0 && symbol != 0xF0;
        if (symbol < 0)
        {
            // A lane that started at a wrong bit continues; the next block may begin anywhere.
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
