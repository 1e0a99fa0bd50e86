using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

    /// <summary>The most bytes that are written beyond the limit.</summary>
    public const int Overhang = 4 + DeflateAlphabet.MaxLength + VectorBytes;

    private const int VectorBytes = 16;

    /// <summary>Decodes until the block's end, the limit or the input's end.</summary>
    /// <param name="input">Filled by the caller.</param>
    /// <param name="codes">The block's codes.</param>
    /// <param name="window">The output so far, bytes 0 to <paramref name="at"/>, and room for more.</param>
    /// <param name="at">The offset of the next byte; moved forward.</param>
    /// <param name="limit">Decoding stops here, or up to <see cref="Overhang"/> bytes later.</param>
    public static InflateOutcome Decode(InflateInput input, InflateBlockCodes codes, byte[] window, ref int at, int limit)
    {
        const uint LiteralMask = (1 << LiteralBits) - 1;
        const uint DistanceMask = (1 << DistanceBits) - 1;
        ReadOnlySpan<uint> literalTable = codes.Literals.Table;
        ReadOnlySpan<uint> distanceTable = codes.Distances.Table;
        ReadOnlySpan<byte> bytes = input.Bytes;
        Span<byte> output = window;
        int position = input.Position;
        ulong bits = input.Bits;
        int count = input.Count; // only the lowest six bits are valid; subtracting whole entries spoils the others
        int refillPosition = input.RefillPosition;
        int o = at;
        InflateOutcome outcome = InflateOutcome.NeedsMore;
        while (o < limit)
        {
            if (position > refillPosition && (!input.Ended || o != at))
            {
                break;
            }

            bits |= BinaryPrimitives.ReadUInt64LittleEndian(bytes[position..]) << count;
            position += (63 - (count & 63)) >> 3;
            count |= 56;

            uint entry = literalTable[(int)(bits & LiteralMask)];
            if ((int)entry < 0)
            {
                output[o++] = (byte)(entry >> InflateCode.ValueShift);
                bits >>= (int)entry;
                count -= (int)entry;
                entry = literalTable[(int)(bits & LiteralMask)];
                if ((int)entry < 0)
                {
                    output[o++] = (byte)(entry >> InflateCode.ValueShift);
                    bits >>= (int)entry;
                    count -= (int)entry;
                    entry = literalTable[(int)(bits & LiteralMask)];
                    if ((int)entry < 0)
                    {
                        output[o++] = (byte)(entry >> InflateCode.ValueShift);
                        bits >>= (int)entry;
                        count -= (int)entry;
                        continue;
                    }
                }
            }

            if ((entry & InflateCode.Exceptional) != 0)
            {
                entry = Resolve(literalTable, entry, ref bits, ref count);
                if ((int)entry < 0)
                {
                    output[o++] = (byte)(entry >> InflateCode.ValueShift);
                    bits >>= (int)entry;
                    count -= (int)entry;
                    continue;
                }

                if ((entry & InflateCode.Exceptional) != 0)
                {
                    bits >>= (int)entry;
                    count -= (int)entry;
                    outcome = (entry & InflateCode.EndOfBlock) != 0 ? InflateOutcome.EndOfBlock : InflateOutcome.InvalidCode;
                    break;
                }
            }

            int length = Value(entry, bits);
            bits >>= (int)entry;
            count -= (int)entry;

            bits |= BinaryPrimitives.ReadUInt64LittleEndian(bytes[position..]) << count;
            position += (63 - (count & 63)) >> 3;
            count |= 56;

            entry = distanceTable[(int)(bits & DistanceMask)];
            if ((entry & InflateCode.Exceptional) != 0)
            {
                entry = Resolve(distanceTable, entry, ref bits, ref count);
                if ((entry & InflateCode.Exceptional) != 0)
                {
                    outcome = InflateOutcome.InvalidCode;
                    break;
                }
            }

            int distance = Value(entry, bits);
            bits >>= (int)entry;
            count -= (int)entry;
            if (distance > o)
            {
                outcome = InflateOutcome.DistanceTooFar;
                break;
            }

            Repeat(output, o, distance, length);
            o += length;
        }

        input.Position = position;
        input.Bits = bits;
        input.Count = count & 63;
        at = o;
        return outcome;
    }

    /// <summary>Looks a code up in the second table, if the exceptional entry refers to one.</summary>
    private static uint Resolve(ReadOnlySpan<uint> table, uint entry, ref ulong bits, ref int count)
    {
        if ((entry & InflateCode.SecondTable) == 0)
        {
            return entry;
        }

        bits >>= (int)entry;
        count -= (int)entry;
        int indexBits = (int)(entry >> InflateCode.CodeShift) & 15;
        return table[(int)(entry >> InflateCode.ValueShift) + (int)(bits & ((1UL << indexBits) - 1))];
    }

    /// <summary>A length or distance: the symbol's base plus the extra bits.</summary>
    private static int Value(uint entry, ulong bits) =>
        (int)(entry >> InflateCode.ValueShift) + (int)((bits & ~(~0UL << (int)entry)) >> ((int)(entry >> InflateCode.CodeShift) & 15));

    /// <summary>Copies a match, vectors at once if source and destination are far enough apart. Vectors may write more than the length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Repeat(Span<byte> output, int at, int distance, int length)
    {
        if (distance < VectorBytes)
        {
            RepeatNear(output, at, distance, length);
            return;
        }

        int from = at - distance;
        int end = at + length;
        do
        {
            Vector128.Create<byte>(output[from..]).CopyTo(output[at..]);
            from += VectorBytes;
            at += VectorBytes;
        }
        while (at < end);
    }

    private static void RepeatNear(Span<byte> output, int at, int distance, int length)
    {
        int from = at - distance;
        int end = at + length;
        while (at < end)
        {
            // The bytes in between are a multiple of the distance, which doubles each time.
            int part = Math.Min(at - from, end - at);
            output.Slice(from, part).CopyTo(output[at..]);
            at += part;
        }
    }
}
