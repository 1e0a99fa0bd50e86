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

    /// <summary>Reads the rest of a block. Its first bool was read, and said that it has coefficients.</summary>
    /// <param name="source">Positioned behind that bool.</param>
    /// <param name="probabilities">Of the block's type: <see cref="CoefficientProbabilities.TypeStride"/> bytes.</param>
    /// <param name="context">How many of the blocks above and to the left have coefficients, 0 to 2.</param>
    /// <param name="first">1 if the DC coefficient is in Y2, else 0.</param>
    /// <param name="quantizer">Factors of the coefficients.</param>
    /// <param name="block">Sixteen zeros; receives the coefficients in rows.</param>
    /// <returns>The position after the last coefficient.</returns>
    public static int Read(
        ref BoolDecoder source, UncheckedSpan<byte> probabilities, int context, int first, (int Dc, int Ac) quantizer, scoped UncheckedSpan<short> block)
    {
        int position = first;
        int branch = BranchAt(position, context);
        int step = first == 0 ? quantizer.Dc : quantizer.Ac;
        UncheckedSpan<byte> zigZag = new(ZigZag, Coefficients);
        BoolWindow window = source.Window;
        source.Fill(ref window, 3);
        do
        {
            while (!window.Read(probabilities[branch + 1]))
            {
                position++;
                if (position == Coefficients)
                {
                    source.Window = window;
                    return position;
                }

                step = quantizer.Ac;
                branch = BranchAt(position, 0);
                source.Fill(ref window, 3);
            }

            int magnitude = 1;
            int nextContext = 1;
            if (window.Read(probabilities[branch + 2]))
            {
                magnitude = ReadLarge(ref source, ref window, probabilities, branch);
                nextContext = 2;
            }

            // A product that is too large wraps around, as in libwebp.
            block[zigZag[position]] = (short)(window.ReadSign(magnitude) * step);
            position++;
            if (position == Coefficients)
            {
                break;
            }

            step = quantizer.Ac;
            branch = BranchAt(position, nextContext);
            source.Fill(ref window, 4);
        }
        while (window.Read(probabilities[branch]));

        source.Window = window;
        return position;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int BranchAt(int position, int context) => (position * PositionStride) + (context * ContextStride);

    /// <summary>The rest of the token tree: magnitudes from 2 on. Leaves bits for the sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadLarge(ref BoolDecoder source, ref BoolWindow window, UncheckedSpan<byte> probabilities, int branch)
    {
        source.Fill(ref window, 6);
        if (!window.Read(probabilities[branch + 3]))
        {
            return !window.Read(probabilities[branch + 4]) ? 2 : window.Read(probabilities[branch + 5]) ? 4 : 3;
        }

        if (!window.Read(probabilities[branch + 6]))
        {
            if (!window.Read(probabilities[branch + 7]))
            {
                return window.Read(159) ? 6 : 5;
            }

            int two = window.Read(165) ? 2 : 0;
            return 7 + two + (window.Read(145) ? 1 : 0);
        }

        ReadOnlySpan<byte> extra;
        int lowest;
        if (!window.Read(probabilities[branch + 8]))
        {
            bool higher = window.Read(probabilities[branch + 9]);
            extra = higher ? Category4 : Category3;
            lowest = higher ? 19 : 11;
        }
        else
        {
            bool higher = window.Read(probabilities[branch + 10]);
            extra = higher ? Category6 : Category5;
            lowest = higher ? 67 : 35;
        }

        int value = 0;
        foreach (byte probability in extra)
        {
            source.Fill(ref window, 1);
            value = (2 * value) + (window.Read(probability) ? 1 : 0);
        }

        source.Fill(ref window, 1);
        return lowest + value;
    }
}
