namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Decodes the entropy-coded data of one block (T.81 F.2.2): the innermost loop of the decoder. Its state is in locals, so that it stays in
/// registers; see <see cref="BitReader"/> for their meaning.
/// </summary>
internal static class SequentialBlock
{
    private const int LookupShift = 64 - HuffmanTable.LookupBits;

    /// <summary>Decodes all coefficients.</summary>
    /// <param name="reader">The bits; the method stores its state back.</param>
    /// <param name="bytes">The window of the bits.</param>
    /// <param name="dc">DC table.</param>
    /// <param name="ac">AC table.</param>
    /// <param name="prediction">PRED: in, the DC coefficient of the component's previous block; out, that of this block.</param>
    /// <param name="block">In: all 0. Out: 64 coefficients in rows.</param>
    /// <returns>False if a code is invalid.</returns>
    public static bool Decode(
        ref BitReader reader, byte[] bytes, HuffmanTable dc, HuffmanTable ac, ref int prediction, Span<short> block)
    {
        ulong bits = reader.Bits;
        int count = reader.Count;
        int position = reader.Position;

        // DC, F.2.2.1.
        bits |= new UncheckedSpan<byte>(bytes).BigEndian64(position) >> count;
        position += (63 - count) >> 3;
        count |= 56;
        int step = dc.Coefficients[(int)(bits >> LookupShift)];
        int taken = step & 255;
        int difference = step >> 16;
        if (step == 0)
        {
            int size = dc.Find(bits, out taken);
            if (size < 0)
            {
                return false;
            }

            difference = Additional(bits << taken, size);
            taken += size;
        }

        bits <<= taken;
        count -= taken;
        prediction += difference;
        block[0] = (short)prediction;

        // AC, F.2.2.2.
        int k = 1;
        ReadOnlySpan<byte> naturalOrder = ZigZag.NaturalOrder;
        ulong[] pairs = ac.Pairs;
        while (k <= 63)
        {
            bits |= new UncheckedSpan<byte>(bytes).BigEndian64(position) >> count;
            position += (63 - count) >> 3;
            count |= 56;
            ulong pair = pairs[(int)(bits >> LookupShift)];
            if (pair == 0)
            {
                int symbol = ac.Find(bits, out taken);
                if (symbol < 0)
                {
                    return false;
                }

                int size = symbol & 15;
                int value = Additional(bits << taken, size);
                taken += size;
                bits <<= taken;
                count -= taken;

                // ZRL skips sixteen coefficients, an end-of-block all that remain.
                k += size != 0 ? symbol >> 4 : symbol == 0xF0 ? 15 : HuffmanTable.EndOfBlockRun;
                if (k <= 63)
                {
                    block[naturalOrder[k++]] = (short)value;
                }

                continue;
            }

            k += (byte)(pair >> 8);
            if (k >= 63)
            {
                // The block ends with the first code.
                taken = (int)(pair >> 60);
                bits <<= taken;
                count -= taken;
                if (k == 63)
                {
                    block[63] = (short)(pair >> 16);
                }

                break;
            }

            bits <<= (int)pair; // a shift uses the lowest 6 bits only
            count -= (byte)pair;
            block[naturalOrder[k]] = (short)(pair >> 16);
            k += 1 + (byte)(pair >> 48);
            if (k > 63)
            {
                break;
            }

            // Without a second code, its value is 0, as that of the next coefficient is so far.
            block[naturalOrder[k]] = (short)(pair >> 32);
            k += (int)(pair >> 56) & 1;
        }

        reader.Bits = bits;
        reader.Count = count;
        reader.Position = position;
        return true;
    }

    /// <summary>RECEIVE and EXTEND of F.2.2.1: the signed value of the first <paramref name="size"/> bits.</summary>
    private static int Additional(ulong bits, int size) => size == 0 ? 0 : HuffmanTable.Extend((int)(bits >> (64 - size)), size);
}
