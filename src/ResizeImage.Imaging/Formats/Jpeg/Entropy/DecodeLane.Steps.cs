using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <content>
/// The loops. They keep a lane's state in locals and pass them by reference to methods that are always inlined: as fields of a struct the state
/// is in memory, and three lanes take a sixth longer.
/// </content>
internal sealed partial class DecodeLane
{
    private void RunOne(int rounds)
    {
        ref uint machine = ref MemoryMarshal.GetArrayDataReference(_table.Machine);
        int machineLength = _table.Machine.Length;
        UncheckedSpan<byte> bytes = new(_bytes);
        ref ulong records = ref MemoryMarshal.GetArrayDataReference(_records);
        int recordsLength = _records.Length;
        int bit = _cursor.Bit;
        ulong at = StepTable.Transition(ref machine, machineLength, _cursor.State);
        int record = _cursor.Record;
        for (; rounds > 0; rounds--)
        {
            ulong bits = Bits(bytes, bit);
            if (!Step(ref machine, machineLength, ref records, recordsLength, ref bits, ref bit, ref at, ref record)
                || !Step(ref machine, machineLength, ref records, recordsLength, ref bits, ref bit, ref at, ref record))
            {
                (bit, int state, record) = Single(new Cursor(bit, (ushort)at, record));
                at = StepTable.Transition(ref machine, machineLength, state);
            }
        }

        _cursor = new Cursor(bit, (ushort)at, record);
    }

    private static void RunThree(int rounds, DecodeLane a, DecodeLane b, DecodeLane c)
    {
        ref uint machine = ref MemoryMarshal.GetArrayDataReference(a._table.Machine);
        int machineLength = a._table.Machine.Length;
        UncheckedSpan<byte> bytes = new(a._bytes);
        ref ulong aRecords = ref MemoryMarshal.GetArrayDataReference(a._records);
        int aRecordsLength = a._records.Length;
        int aBit = a._cursor.Bit;
        ulong aAt = StepTable.Transition(ref machine, machineLength, a._cursor.State);
        int aRecord = a._cursor.Record;
        ref ulong bRecords = ref MemoryMarshal.GetArrayDataReference(b._records);
        int bRecordsLength = b._records.Length;
        int bBit = b._cursor.Bit;
        ulong bAt = StepTable.Transition(ref machine, machineLength, b._cursor.State);
        int bRecord = b._cursor.Record;
        ref ulong cRecords = ref MemoryMarshal.GetArrayDataReference(c._records);
        int cRecordsLength = c._records.Length;
        int cBit = c._cursor.Bit;
        ulong cAt = StepTable.Transition(ref machine, machineLength, c._cursor.State);
        int cRecord = c._cursor.Record;
        for (; rounds > 0; rounds--)
        {
            ulong bits = Bits(bytes, aBit);
            if (!Step(ref machine, machineLength, ref aRecords, aRecordsLength, ref bits, ref aBit, ref aAt, ref aRecord)
                || !Step(ref machine, machineLength, ref aRecords, aRecordsLength, ref bits, ref aBit, ref aAt, ref aRecord))
            {
                (aBit, int state, aRecord) = a.Single(new Cursor(aBit, (ushort)aAt, aRecord));
                aAt = StepTable.Transition(ref machine, machineLength, state);
            }

            bits = Bits(bytes, bBit);
            if (!Step(ref machine, machineLength, ref bRecords, bRecordsLength, ref bits, ref bBit, ref bAt, ref bRecord)
                || !Step(ref machine, machineLength, ref bRecords, bRecordsLength, ref bits, ref bBit, ref bAt, ref bRecord))
            {
                (bBit, int state, bRecord) = b.Single(new Cursor(bBit, (ushort)bAt, bRecord));
                bAt = StepTable.Transition(ref machine, machineLength, state);
            }

            bits = Bits(bytes, cBit);
            if (!Step(ref machine, machineLength, ref cRecords, cRecordsLength, ref bits, ref cBit, ref cAt, ref cRecord)
                || !Step(ref machine, machineLength, ref cRecords, cRecordsLength, ref bits, ref cBit, ref cAt, ref cRecord))
            {
                (cBit, int state, cRecord) = c.Single(new Cursor(cBit, (ushort)cAt, cRecord));
                cAt = StepTable.Transition(ref machine, machineLength, state);
            }
        }

        a._cursor = new Cursor(aBit, (ushort)aAt, aRecord);
        b._cursor = new Cursor(bBit, (ushort)bAt, bRecord);
        c._cursor = new Cursor(cBit, (ushort)cAt, cRecord);
    }

    /// <summary>At least the next 57 bits, left-aligned: enough for two steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(in UncheckedSpan<byte> bytes, int bit) => bytes.BigEndian64(bit >>> 3) << (bit & 7);

    /// <summary>One step. False if the table does not resolve it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Step(
        ref uint machine,
        int machineLength,
        ref ulong records,
        int recordsLength,
        ref ulong bits,
        ref int bit,
        ref ulong at,
        ref int record)
    {
        uint step = StepTable.StepFrom(ref machine, machineLength, at, bits);
        int after = (ushort)at + StepTable.Advance(step);
        if ((after & StepTable.Unresolved) != 0)
        {
            return false;
        }

        at = StepTable.Transition(ref machine, machineLength, after);
        bit += StepTable.Bits(step);
        Unchecked.At(ref records, recordsLength, record + (byte)(at >> 16)) = Entry(bits, step);
        Unchecked.At(ref records, recordsLength, record) = (uint)bit; // the block's last step is the last to store it
        bits <<= (int)step; // a shift uses the lowest 6 bits only
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
        bool ends = k > 0 && size == 0 && symbol != 0xF0;
        if (symbol < 0)
        {
            // A lane that started at a wrong bit continues; the next block may begin anywhere.
            (length, size, ends) = (8, 0, true);
        }

        bit += length + size;
        k += k == 0 ? 0 : symbol >> 4;
        _records[record] = (uint)bit | (symbol < 0 ? Invalid : 0);
        if (!ends && k <= 63)
        {
            _records[record + Math.Min(k + 1, _table.EndPlace)] = Entry(bits, StepTable.Step(0, size, length + size));
        }

        if (!ends && k < 63)
        {
            return new Cursor(bit, (state & -StepTable.StatesOfBlock) + k + 1, record);
        }

        return new Cursor(bit, _table.NextBlock(state), record + _places);
    }
}
