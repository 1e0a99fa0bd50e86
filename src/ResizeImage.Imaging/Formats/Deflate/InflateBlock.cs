using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Deflate;

/// <summary>Why <see cref="InflateBlock.Decode"/> stopped.</summary>
internal enum InflateOutcome
{
    /// <summary>The caller must provide more room for output, or more input.</summary>
    NeedsMore,

    /// <summary>The block is complete.</summary>
    EndOfBlock,

    /// <summary>The next bits are not a code of the block.</summary>
    InvalidCode,

    /// <summary>A match refers to bytes before the beginning.</summary>
    DistanceTooFar,
}

/// <summary>Decodes the literals and matches of a block (RFC 1951, 3.2.3), in a loop that loads bits once for several of them.</summary>
internal static class InflateBlock
{
    /// <summary>Index bits of the first table of each code. The table of literals fills a quarter of the L1 cache.</summary>
    public const int LiteralBits = 11;
    public const int DistanceBits = 8;
    public const int LengthBits = 7;

    /// <summary>The most bytes that are written beyond the limit: literals in pairs before a match, and the rest of the match's last vector.</summary>
    public const int Overhang = 4 + DeflateAlphabet.MaxLength + InflateMatch.Overhang;

    /// <summary>The most bytes of input that the first round of the loop reads: it loads eight three times, each time at most eight further on.</summary>
    private const int BytesOfRound = 24;

    private const int LiteralMask = (1 << LiteralBits) - 1;
    private const int DistanceMask = (1 << DistanceBits) - 1;

    /// <summary>Decodes until the block's end, the limit or the input's end.</summary>
    /// <param name="input">Filled by the caller.</param>
    /// <param name="codes">The block's codes.</param>
    /// <param name="window">The output so far, bytes 0 to <paramref name="at"/>, and room for more.</param>
    /// <param name="at">The offset of the next byte; moved forward.</param>
    /// <param name="limit">Decoding stops here, or up to <see cref="Overhang"/> bytes later.</param>
    public static InflateOutcome Decode(InflateInput input, InflateBlockCodes codes, byte[] window, ref int at, int limit)
    {
        // No bounds checks, literals in pairs and early look-ups save a tenth of a photo's thumbnail. Masks bound the indexes of tables, the limit
        // that of the output, and RefillPosition that of the input. The loop calls nothing that takes a local by reference, which would keep the
        // local in memory: bits in a register save a quarter.
        UncheckedSpan<uint> literals = new(codes.Literals.Table);
        UncheckedSpan<uint> distances = new(codes.Distances.Table);
        UncheckedSpan<byte> output = new(window, limit + Overhang);
        int position = input.Position;
        ulong bits = input.Bits;
        int count = input.Count; // only the lowest six bits are valid; subtracting whole entries spoils the others
        int refillPosition = input.RefillPosition;
        UncheckedSpan<byte> bytes = new(input.Bytes, Math.Max(position, refillPosition) + BytesOfRound);
        if (position > refillPosition && input.Ended)
        {
            // One round, then the caller checks whether there were bits for it.
            (limit, refillPosition) = (at + 1, int.MaxValue);
        }

        int o = at;
        InflateOutcome outcome = InflateOutcome.NeedsMore;
        Refill(bytes, ref position, ref bits, ref count);

        // Looked up as early as possible, because everything waits for it: before bits are refilled, and before a match is copied.
        uint entry = literals[(int)bits & LiteralMask];
        while (o < limit && position <= refillPosition)
        {
            // 56 bits are enough for four entries and the look-up of a fifth, or for two entries, a length and the look-up of a distance.
            Refill(bytes, ref position, ref bits, ref count);
            if ((int)entry < 0)
            {
                Put(entry, output, ref o);
                Skip(entry, ref bits, ref count);
                entry = literals[(int)bits & LiteralMask];
                if ((int)entry < 0)
                {
                    Put(entry, output, ref o);
                    Skip(entry, ref bits, ref count);
                    entry = literals[(int)bits & LiteralMask];
                    if ((int)entry < 0)
                    {
                        Put(entry, output, ref o);
                        Skip(entry, ref bits, ref count);
                        entry = literals[(int)bits & LiteralMask];
                        if ((int)entry < 0)
                        {
                            Put(entry, output, ref o);
                            Skip(entry, ref bits, ref count);
                            entry = literals[(int)bits & LiteralMask];
                        }

                        continue;
                    }
                }
            }

            if ((entry & InflateCode.Exceptional) != 0)
            {
                if ((entry & InflateCode.SecondTable) != 0)
                {
                    Skip(entry, ref bits, ref count);
                    entry = literals[SecondIndex(entry, bits)];
                    if ((int)entry < 0)
                    {
                        Put(entry, output, ref o);
                        Skip(entry, ref bits, ref count);
                        entry = literals[(int)bits & LiteralMask];
                        continue;
                    }
                }

                if ((entry & InflateCode.Exceptional) != 0)
                {
                    Skip(entry, ref bits, ref count);
                    outcome = (entry & InflateCode.EndOfBlock) != 0 ? InflateOutcome.EndOfBlock : InflateOutcome.InvalidCode;
                    break;
                }
            }

            int length = Value(entry, bits);
            Skip(entry, ref bits, ref count);

            // The look-up does not wait for the bits that are refilled: 2 % of a photo's thumbnail.
            entry = distances[(int)bits & DistanceMask];
            Refill(bytes, ref position, ref bits, ref count);
            if ((entry & InflateCode.Exceptional) != 0)
            {
                if ((entry & InflateCode.SecondTable) != 0)
                {
                    Skip(entry, ref bits, ref count);
                    entry = distances[SecondIndex(entry, bits)];
                }

                if ((entry & InflateCode.Exceptional) != 0)
                {
                    outcome = InflateOutcome.InvalidCode;
                    break;
                }
            }

            int distance = Value(entry, bits);
            Skip(entry, ref bits, ref count);
            if (distance > o)
            {
                outcome = InflateOutcome.DistanceTooFar;
                break;
            }

            entry = literals[(int)bits & LiteralMask];
            InflateMatch.Copy(output, o, distance, length);
            o += length;
        }

        input.Position = position;
        input.Bits = bits;
        input.Count = count & 63;
        at = o;
        return outcome;
    }

    /// <summary>Makes at least 56 bits available, without a branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Refill(in UncheckedSpan<byte> bytes, ref int position, ref ulong bits, ref int count)
    {
        bits |= bytes.LittleEndian64(position) << count;
        position += (63 - (count & 63)) >> 3;
        count |= 56;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Skip(uint entry, ref ulong bits, ref int count)
    {
        bits >>= (int)entry;
        count -= (int)entry;
    }

    /// <summary>Writes the literals of an entry, always two bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(uint entry, in UncheckedSpan<byte> output, ref int o)
    {
        output.WriteLittleEndian16(o, (ushort)(entry >> InflateCode.LiteralShift));
        o += InflateCode.Literals(entry);
    }

    /// <summary>The index in the second table that an entry refers to.</summary>
    /// <param name="entry">Has the offset of the table and its index bits.</param>
    /// <param name="bits">The bits after those of the first index.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SecondIndex(uint entry, ulong bits) =>
        (int)(entry >> InflateCode.ValueShift) + (int)(bits & ~(~0UL << ((int)(entry >> InflateCode.CodeShift) & 15)));

    /// <summary>A length or distance: the symbol's base plus the extra bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Value(uint entry, ulong bits) =>
        (int)(entry >> InflateCode.ValueShift) + (int)((bits & ~(~0UL << (int)entry)) >> ((int)(entry >> InflateCode.CodeShift) & 15));
}
