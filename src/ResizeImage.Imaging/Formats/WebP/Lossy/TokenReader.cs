using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Reads the coefficients of one block (RFC 6386, 13).</summary>
internal static class TokenReader
{
    private const int Coefficients = 16;
    private const int ContextStride = CoefficientProbabilities.ContextStride;
    private const int PositionStride = CoefficientProbabilities.PositionStride;

    /// <summary>The position in the block of each coefficient in coding order (RFC 6386, 13).</summary>
    public static ReadOnlySpan<byte> ZigZag => [0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15];

    // Probabilities of the extra bits of the token categories 3 to 6 (RFC 6386, 13.2).
    public static ReadOnlySpan<byte> Category3 => [173, 148, 140];

    public static ReadOnlySpan<byte> Category4 => [176, 155, 140, 135];

    public static ReadOnlySpan<byte> Category5 => [180, 157, 141, 134, 130];

    public static ReadOnlySpan<byte> Category6 => [254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129];

    /// <summary>Reads a block.</summary>
    /// <param name="source">Positioned at the block's beginning.</param>
    /// <param name="probabilities">Of the block's type: <see cref="CoefficientProbabilities.TypeStride"/> bytes.</param>
    /// <param name="context">How many of the blocks above and to the left have coefficients, 0 to 2.</param>
    /// <param name="first">1 if the DC coefficient is in Y2, else 0.</param>
    /// <param name="quantizer">Factors of the coefficients.</param>
    /// <param name="block">Sixteen zeros; receives the coefficients in rows.</param>
    /// <returns>The position after the last coefficient; <paramref name="first"/> or 0 if there are none.</returns>
    public static int Read(
        ref BoolDecoder source, ReadOnlySpan<byte> probabilities, int context, int first, (int Dc, int Ac) quantizer, scoped Span<short> block)
    {
        int position = first;
        ReadOnlySpan<byte> branch = probabilities.Slice((position * PositionStride) + (context * ContextStride), ContextStride);
        BoolDecoder tokens = source;
        block = block[..Coefficients];
        int step = first == 0 ? quantizer.Dc : quantizer.Ac;
        while (tokens.Read(branch[0]))
        {
            while (!tokens.Read(branch[1]))
            {
                position++;
                if (position == Coefficients)
                {
                    source = tokens;
                    return position;
                }

                step = quantizer.Ac;
                branch = probabilities.Slice(position * PositionStride, ContextStride);
            }

            int magnitude;
            int nextContext;
            if (!tokens.Read(branch[2]))
            {
                magnitude = 1;
                nextContext = 1;
            }
            else
            {
                magnitude = ReadLarge(ref tokens, branch);
                nextContext = 2;
            }

            // A product that is too large wraps around, as in libwebp.
            block[ZigZag[position]] = (short)(tokens.ReadSign(magnitude) * step);
            position++;
            if (position == Coefficients)
            {
                break;
            }

            step = quantizer.Ac;
            branch = probabilities.Slice((position * PositionStride) + (nextContext * ContextStride), ContextStride);
        }

        source = tokens;
        return position;
    }

    /// <summary>The rest of the token tree: magnitudes from 2 on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadLarge(ref BoolDecoder tokens, ReadOnlySpan<byte> branch)
    {
        if (!tokens.Read(branch[3]))
        {
            return !tokens.Read(branch[4]) ? 2 : tokens.Read(branch[5]) ? 4 : 3;
        }

        if (!tokens.Read(branch[6]))
        {
            if (!tokens.Read(branch[7]))
            {
                return tokens.Read(159) ? 6 : 5;
            }

            int two = tokens.Read(165) ? 2 : 0;
            return 7 + two + (tokens.Read(145) ? 1 : 0);
        }

        ReadOnlySpan<byte> extra;
        int lowest;
        if (!tokens.Read(branch[8]))
        {
            bool higher = tokens.Read(branch[9]);
            extra = higher ? Category4 : Category3;
            lowest = higher ? 19 : 11;
        }
        else
        {
            bool higher = tokens.Read(branch[10]);
            extra = higher ? Category6 : Category5;
            lowest = higher ? 67 : 35;
        }

        int value = 0;
        foreach (byte probability in extra)
        {
            value = (2 * value) + (tokens.Read(probability) ? 1 : 0);
        }

        return lowest + value;
    }
}
