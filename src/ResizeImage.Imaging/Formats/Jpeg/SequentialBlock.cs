using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Decodes the entropy-coded segment of one block (T.81 F.2.2): the innermost loop of everything. Its state is in locals, so that it stays in
/// registers; see <see cref="BitReader"/> for what they mean.
/// </summary>
internal static class SequentialBlock
{
    private const int LookupShift = 64 - HuffmanTable.LookupBits;
    private const int SkipShift = 64 - HuffmanTable.SkipBits;

    /// <summary>
    /// Decodes the DC coefficient and the AC coefficients up to the last wanted one, and passes over the rest.
    /// </summary>
    /// <param name="reader">The bits.</param>
    /// <param name="bytes">The window that they come from.</param>
    /// <param name="dc">DC table.</param>
    /// <param name="ac">AC table.</param>
    /// <param name="lastCoefficient">The last wanted coefficient in zig-zag order; 0 or less for none but DC.</param>
    /// <param name="prediction">PRED, the DC coefficient of the component's block before; becomes this one's.</param>
    /// <param name="block">64 coefficients in rows, all 0.</param>
    /// <returns>False: an invalid code.</returns>
    public static bool Decode(
        ref BitReader reader, byte[] bytes, HuffmanTable dc, HuffmanTable ac, int lastCoefficient, ref int prediction, Span<short> block)
    {
        ulong bits = reader.Bits;
        int count = reader.Count;
        int position = reader.Position;

        // DC, F.2.2.1.
        bits |= BitReader.Load(bytes, position) >> count;
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

        // Wanted AC coefficients, F.2.2.2.
        int k = 1;
        if (lastCoefficient > 0)
        {
            ReadOnlySpan<byte> naturalOrder = ZigZag.NaturalOrder;
            int[] coefficients = ac.Coefficients;
            while (k <= lastCoefficient)
            {
                bits |= BitReader.Load(bytes, position) >> count;
                position += (63 - count) >> 3;
                count |= 56;
                step = coefficients[(int)(bits >> LookupShift)];
                taken = step & 255;
                int value = step >> 16;
                k += (step >> 8) & 255;
                if (step == 0)
                {
                    int symbol = ac.Find(bits, out taken);
                    if (symbol < 0)
                    {
                        return false;
                    }

                    int size = symbol & 15;
                    value = Additional(bits << taken, size);
                    taken += size;

                    // ZRL passes sixteen coefficients, an end-of-block all.
                    k += size != 0 ? symbol >> 4 : symbol == 0xF0 ? 15 : HuffmanTable.EndOfBlockRun;
                }

                bits <<= taken;
                count -= taken;
                if (k > 63)
                {
                    break;
                }

                block[naturalOrder[k++]] = (short)value;
            }
        }

        reader.Bits = bits;
        reader.Count = count;
        reader.Position = position;
        return k > 63 || SkipAc(ref reader, bytes, ac, k);
    }

    /// <summary>Passes over the AC coefficients from place <paramref name="k"/> on. False: an invalid code.</summary>
    /// <remarks>Apart from <see cref="Decode"/>, so that all that the loop needs has a register.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool SkipAc(ref BitReader reader, byte[] bytes, HuffmanTable table, int k)
    {
        ushort[] skips = table.Skips;
        ulong bits = reader.Bits;
        int count = reader.Count;
        int position = reader.Position;
        while (true)
        {
            // Two look-ups to a refill: twice 27 of its 56 bits.
            bits |= BitReader.Load(bytes, position) >> count;
            position += (63 - count) >> 3;
            count |= 56;
            int skip = skips[(int)(bits >> SkipShift)];
            int next = k + (skip >> 5);
            if (next <= 63)
            {
                bits <<= skip & 31;
                count -= skip & 31;
                k = next;
                skip = skips[(int)(bits >> SkipShift)];
                next = k + (skip >> 5);
                if (next <= 63)
                {
                    bits <<= skip & 31;
                    count -= skip & 31;
                    k = next;
                    continue;
                }
            }

            if (next - HuffmanTable.SkipEnded is >= 0 and <= 63)
            {
                bits <<= skip & 31;
                count -= skip & 31;
                break;
            }

            // Either the code is longer than the look-up, or some of the steps may belong to the next block: one step, then.
            bits |= BitReader.Load(bytes, position) >> count;
            position += (63 - count) >> 3;
            count |= 56;
            int symbol = table.Find(bits, out int taken);
            if (symbol < 0)
            {
                return false;
            }

            int size = symbol & 15;
            bits <<= taken + size;
            count -= taken + size;
            k += (symbol >> 4) + 1;
            if (k > 63 || (size == 0 && symbol != 0xF0))
            {
                break;
            }
        }

        reader.Bits = bits;
        reader.Count = count;
        reader.Position = position;
        return true;
    }

    /// <summary>RECEIVE and EXTEND of F.2.2.1: the signed value of the first <paramref name="size"/> bits.</summary>
    private static int Additional(ulong bits, int size) => size == 0 ? 0 : HuffmanTable.Extend((int)(bits >> (64 - size)), size);
}
