namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Counts how often each branch of the token tree is taken, and derives probabilities (RFC 6386, 13.3 and 13.4).</summary>
internal sealed class TokenStatistics : IBlockSink
{
    private const int ContextStride = 2 * CoefficientProbabilities.Branches;
    private const int BandStride = CoefficientProbabilities.Contexts * ContextStride;
    private const int TypeStride = CoefficientProbabilities.Bands * BandStride;

    // Bits of a probability in the header (RFC 6386, 9.9).
    private const int ProbabilityBits = 8;

    // For each branch, how often it was false and how often true.
    private readonly int[] _counts = new int[CoefficientProbabilities.Types * TypeStride];

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_counts);

    /// <summary>Counts a block; the parameters are those of <see cref="TokenWriter.Write"/>.</summary>
    public void Add(int type, int context, int first, ReadOnlySpan<short> levels, int mask)
    {
        Span<int> ofType = _counts.AsSpan(type * TypeStride, TypeStride);
        int position = first;
        Span<int> branches = ofType.Slice((CoefficientProbabilities.BandOf[position] * BandStride) + (context * ContextStride), ContextStride);
        while (mask >> position != 0)
        {
            branches[1]++;
            while ((mask & (1 << position)) == 0)
            {
                branches[2]++;
                position++;
                branches = ofType.Slice(CoefficientProbabilities.BandOf[position] * BandStride, ContextStride);
            }

            branches[3]++;
            int magnitude = Math.Abs((int)levels[TokenReader.ZigZag[position]]);
            int next = 1;
            if (magnitude > 1)
            {
                branches[5]++;
                AddLarge(branches, magnitude);
                next = 2;
            }
            else
            {
                branches[4]++;
            }

            position++;
            branches = ofType.Slice((CoefficientProbabilities.BandOf[position] * BandStride) + (next * ContextStride), ContextStride);
        }

        if (position < Residual.BlockSize)
        {
            branches[0]++;
        }
    }

    /// <summary>Sets each probability to what was counted where that saves more bits than the update costs in the header.</summary>
    /// <param name="probabilities">The default probabilities; receives the new ones.</param>
    public void Optimize(Span<byte> probabilities)
    {
        ReadOnlySpan<byte> keep = CoefficientProbabilities.KeepProbabilities;
        for (int i = 0; i < probabilities.Length; i++)
        {
            long zeros = _counts[2 * i];
            long ones = _counts[(2 * i) + 1];
            long all = zeros + ones;
            if (all == 0)
            {
                continue;
            }

            int before = probabilities[i];
            int after = (int)Math.Clamp(((zeros * 256) + (all / 2)) / all, 1, 255);
            long saved = (zeros * (BitCost.False(before) - BitCost.False(after))) + (ones * (BitCost.True(before) - BitCost.True(after)));
            int price = BitCost.True(keep[i]) - BitCost.False(keep[i]) + (ProbabilityBits * BitCost.Unit);
            if (saved > price)
            {
                probabilities[i] = (byte)after;
            }
        }
    }

    private static void AddLarge(Span<int> branches, int magnitude)
    {
        int high = magnitude > 4 ? 1 : 0;
        branches[6 + high]++;
        if (high == 0)
        {
            branches[8 + (magnitude > 2 ? 1 : 0)]++;
            if (magnitude > 2)
            {
                branches[10 + (magnitude > 3 ? 1 : 0)]++;
            }

            return;
        }

        branches[12 + (magnitude > 10 ? 1 : 0)]++;
        if (magnitude <= 10)
        {
            branches[14 + (magnitude > 6 ? 1 : 0)]++;
            return;
        }

        branches[16 + (magnitude > 34 ? 1 : 0)]++;
        if (magnitude <= 34)
        {
            branches[18 + (magnitude > 18 ? 1 : 0)]++;
        }
        else
        {
            branches[20 + (magnitude > 66 ? 1 : 0)]++;
        }
    }
}
