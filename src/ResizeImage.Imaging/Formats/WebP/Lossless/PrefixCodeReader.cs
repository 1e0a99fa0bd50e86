namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Reads prefix codes (RFC 9649, 3.7.2.1).</summary>
internal static class PrefixCodeReader
{
    private const int LengthCodes = 19;
    private const int RepeatLast = 16;
    private const int RepeatZero = 17;
    private const int DefaultLength = 8;

    /// <summary>The order of code length codes.</summary>
    private static ReadOnlySpan<byte> Order => [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>Reads a code.</summary>
    /// <param name="bits">Positioned at the code.</param>
    /// <param name="lengths">Scratch space: a byte for each symbol of the alphabet, at least 256.</param>
    /// <param name="symbols">Symbols of the alphabet.</param>
    /// <returns>Null if the code is invalid.</returns>
    public static PrefixCode? TryRead(ref LosslessBitReader bits, Span<byte> lengths, int symbols)
    {
        lengths = lengths[..symbols];
        lengths.Clear();
        bool known = bits.Read(1) != 0 ? TryReadSimple(ref bits, lengths) : TryReadLengths(ref bits, lengths);
        return known ? PrefixCode.TryCreate(lengths) : null;
    }

    /// <summary>One or two symbols, given by their numbers.</summary>
    private static bool TryReadSimple(ref LosslessBitReader bits, Span<byte> lengths)
    {
        bool two = bits.Read(1) != 0;
        int first = (int)bits.Read(bits.Read(1) == 0 ? 1 : 8);
        int second = two ? (int)bits.Read(8) : first;
        if (Math.Max(first, second) >= lengths.Length)
        {
            return false;
        }

        lengths[first] = 1;
        lengths[second] = 1;
        return true;
    }

    /// <summary>The lengths of all symbols' codes, which are prefix coded themselves.</summary>
    private static bool TryReadLengths(ref LosslessBitReader bits, Span<byte> lengths)
    {
        Span<byte> ofLengths = stackalloc byte[LengthCodes];
        ofLengths.Clear();
        int coded = 4 + (int)bits.Read(4);
        for (int i = 0; i < coded; i++)
        {
            ofLengths[Order[i]] = (byte)bits.Read(3);
        }

        if (PrefixCode.TryCreate(ofLengths) is not PrefixCode code)
        {
            return false;
        }

        int left = lengths.Length;
        if (bits.Read(1) != 0)
        {
            left = 2 + (int)bits.Read(2 + (2 * (int)bits.Read(3)));
            if (left > lengths.Length)
            {
                return false;
            }
        }

        byte last = DefaultLength;
        for (int symbol = 0; symbol < lengths.Length && left > 0; left--)
        {
            bits.Fill();
            int length = code.Read(ref bits);
            if (length < RepeatLast)
            {
                lengths[symbol++] = (byte)length;
                last = length > 0 ? (byte)length : last;
                continue;
            }

            int times = length == RepeatLast ? 3 + (int)bits.ReadFilled(2) : length == RepeatZero ? 3 + (int)bits.ReadFilled(3) : 11 + (int)bits.ReadFilled(7);
            if (times > lengths.Length - symbol)
            {
                return false;
            }

            lengths.Slice(symbol, times).Fill(length == RepeatLast ? last : (byte)0);
            symbol += times;
        }

        return true;
    }
}
