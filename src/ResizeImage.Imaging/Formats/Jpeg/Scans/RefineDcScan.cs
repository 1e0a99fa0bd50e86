namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>A refinement scan of DC coefficients: one more bit of each, not Huffman-coded (T.81 G.1.2.1.1).</summary>
internal sealed class RefineDcScan(ScanContext scan, CoefficientStore[] stores) : DcScan(scan, stores)
{
    /// <inheritdoc/>
    protected override int DecodeRow(DcSlot[] slots, int mcu, int end)
    {
        int al = Header.ApproximationLow;
        byte[] bytes = Window.Bytes;
        BitReader reader = Reader;
        ulong bits = reader.Bits;
        int count = reader.Count;
        int position = reader.Position;
        int safeEnd = SafeEnd;
        for (; mcu < end; mcu++)
        {
            if (position >= safeEnd)
            {
                Reader = new BitReader { Bits = bits, Count = count, Position = position };
                if (!ReadOn())
                {
                    return mcu;
                }

                position = Reader.Position;
                safeEnd = SafeEnd;
            }

            for (int i = 0; i < slots.Length; i++)
            {
                if ((i & 31) == 0)
                {
                    bits |= new UncheckedSpan<byte>(bytes).BigEndian64(position) >> count;
                    position += (63 - count) >> 3;
                    count |= 56;
                }

                ref DcSlot slot = ref slots[i];
                int bit = (int)(bits >> 63);
                bits <<= 1;
                count--;
                int column = (mcu * slot.H) + slot.X;
                if (column < slot.Columns)
                {
                    slot.Coefficients[slot.Place + (column * slot.Stride)] |= (short)(bit << al);
                }
            }
        }

        Reader = new BitReader { Bits = bits, Count = count, Position = position };
        return mcu;
    }
}
