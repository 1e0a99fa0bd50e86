namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// What a bool costs, in 256ths of a bit: the unit of all rates in the encoder. The coder's interval is rarely divided exactly by the probability
/// (RFC 6386, 7.3), so a cost is the mean over all its sizes; sizes occur in proportion to their reciprocals.
/// </summary>
internal static class BitCost
{
    /// <summary>A whole bit.</summary>
    public const int Unit = 256;

    private static readonly ushort[] Falses = Compute(false);
    private static readonly ushort[] Trues = Compute(true);

    /// <summary>The cost of false, which has this probability in 256ths, 1 to 255.</summary>
    public static int False(int probability) => Falses[probability];

    /// <summary>The cost of true, if false has this probability in 256ths, 1 to 255.</summary>
    public static int True(int probability) => Trues[probability];

    /// <summary>The cost of a bool.</summary>
    public static int Of(bool value, int probability) => value ? True(probability) : False(probability);

    private static ushort[] Compute(bool value)
    {
        // Rounded, so that the last bit of the platform's logarithm does not matter.
        ushort[] costs = new ushort[Unit];
        for (int probability = 1; probability < costs.Length; probability++)
        {
            double sum = 0;
            double weights = 0;
            for (int range = 128; range < 255; range++)
            {
                int split = 1 + (((range - 1) * probability) >> 8);
                sum -= Math.Log2((value ? range - split : split) / (double)range) / range;
                weights += 1.0 / range;
            }

            costs[probability] = (ushort)Math.Round(sum / weights * Unit);
        }

        return costs;
    }
}
