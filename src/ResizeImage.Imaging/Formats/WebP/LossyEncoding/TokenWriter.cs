namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Writes the coefficients of one block (RFC 6386, 13): the inverse of <see cref="TokenReader"/>.</summary>
internal static class TokenWriter
{
    /// <summary>The probability of the extra bit of 5 and 6 (RFC 6386, 13.2).</summary>
    public static ReadOnlySpan<byte> Category1 => [159];

    /// <summary>The probabilities of the extra bits of 7 to 10.</summary>
    public static ReadOnlySpan<byte> Category2 => [165, 145];

    /// <summary>Writes a block.</summary>
    /// <param name="output">The partition.</param>
    /// <param name="probabilities">Of the block's type: by band, context and branch.</param>
    /// <param name="context">How many of the blocks above and to the left have coefficients, 0 to 2.</param>
    /// <param name="first">1 if the DC coefficient is in Y2, else 0.</param>
    /// <param name="levels">Sixteen quantized coefficients in rows.</param>
    /// <param name="mask">A bit for each position in coding order whose level is not 0.</param>
    public static void Write(
        BoolEncoder output, ReadOnlySpan<byte> probabilities, int context, int first, ReadOnlySpan<short> levels, int mask)
    {
        int position = first;
        ReadOnlySpan<byte> p = Branches(probabilities, position, context);
        while (mask >> position != 0)
        {
            output.Write(true, p[0]);
            while ((mask & (1 << position)) == 0)
            {
                output.Write(false, p[1]);
                position++;
                p = Branches(probabilities, position, 0);
            }

            output.Write(true, p[1]);
            int level = levels[TokenReader.ZigZag[position]];
            int magnitude = Math.Abs(level);
            output.Write(magnitude > 1, p[2]);
            if (magnitude > 1)
            {
                WriteLarge(output, p, magnitude);
            }

            output.WriteFlag(level < 0);
            position++;
            p = Branches(probabilities, position, magnitude > 1 ? 2 : 1);
        }

        if (position < Residual.BlockSize)
        {
            output.Write(false, p[0]);
        }
    }

    private static ReadOnlySpan<byte> Branches(ReadOnlySpan<byte> probabilities, int position, int context) => probabilities.Slice(
        ((CoefficientProbabilities.BandOf[position] * CoefficientProbabilities.Contexts) + context) * CoefficientProbabilities.Branches,
        CoefficientProbabilities.Branches);

    /// <summary>The rest of the token tree: magnitudes from 2 on.</summary>
    private static void WriteLarge(BoolEncoder output, ReadOnlySpan<byte> p, int magnitude)
    {
        bool isHigh = magnitude > 4;
        output.Write(isHigh, p[3]);
        if (!isHigh)
        {
            output.Write(magnitude > 2, p[4]);
            if (magnitude > 2)
            {
                output.Write(magnitude > 3, p[5]);
            }

            return;
        }

        output.Write(magnitude > 10, p[6]);
        if (magnitude <= 10)
        {
            output.Write(magnitude > 6, p[7]);
            WriteExtra(output, magnitude > 6 ? magnitude - 7 : magnitude - 5, magnitude > 6 ? Category2 : Category1);
            return;
        }

        output.Write(magnitude > 34, p[8]);
        if (magnitude <= 34)
        {
            output.Write(magnitude > 18, p[9]);
            WriteExtra(output, magnitude > 18 ? magnitude - 19 : magnitude - 11, magnitude > 18 ? TokenReader.Category4 : TokenReader.Category3);
            return;
        }

        output.Write(magnitude > 66, p[10]);
        WriteExtra(output, magnitude > 66 ? magnitude - 67 : magnitude - 35, magnitude > 66 ? TokenReader.Category6 : TokenReader.Category5);
    }

    private static void WriteExtra(BoolEncoder output, int value, ReadOnlySpan<byte> probabilities)
    {
        for (int i = 0; i < probabilities.Length; i++)
        {
            output.Write(((value >> (probabilities.Length - 1 - i)) & 1) != 0, probabilities[i]);
        }
    }
}
