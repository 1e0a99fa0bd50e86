using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// Quantizes blocks so that distortion plus the price of their bits is low: trellis quantization (Wen, Luttrell and Villasenor, 2000). Each
/// coefficient is rounded to the nearest level or to the one below it; the Viterbi algorithm finds the cheapest of all combinations, because
/// what a level costs depends only on the one before it.
/// </summary>
internal ref struct BlockCoder
{
    private const int Positions = 16;

    // A coefficient is rounded up from one step less this part of it, the higher of the two levels that are tried.
    private const float Rounding = 0.42f;

    private readonly ReadOnlySpan<ushort> _levelCosts;
    private readonly ReadOnlySpan<ushort> _endCosts;
    private readonly BlockQuantizer _quantizer;
    private readonly float _price;

    /// <param name="costs">Costs of tokens.</param>
    /// <param name="type">Type of the blocks.</param>
    /// <param name="quantizer">Their steps.</param>
    /// <param name="price">The price of a 256th of a bit.</param>
    public BlockCoder(TokenCosts costs, int type, BlockQuantizer quantizer, float price)
    {
        _levelCosts = costs.Levels(type);
        _endCosts = costs.Ends(type);
        _quantizer = quantizer;
        _price = price;
    }

    /// <summary>Quantizes a block.</summary>
    /// <param name="block">Its coefficients.</param>
    /// <param name="first">1 if the DC coefficient is in Y2, else 0.</param>
    /// <param name="context">How many of the blocks above and to the left have coefficients, 0 to 2.</param>
    /// <param name="levels">Receives sixteen levels in rows.</param>
    /// <param name="mask">Receives a bit for each position in coding order whose level is not 0.</param>
    /// <returns>Squared differences of coefficients plus the price of the bits.</returns>
    public readonly float Quantize(CoefficientBlock block, int first, int context, Span<short> levels, out int mask)
    {
        levels = levels[..Positions];
        Vector256<float> upper = Vector256.Abs(block.Upper);
        Vector256<float> lower = Vector256.Abs(block.Lower);
        if (first == 1)
        {
            upper = upper.WithElement(0, 0);
        }

        Vector256<float> upperSteps = upper * _quantizer.ReciprocalsUpper;
        Vector256<float> lowerSteps = lower * _quantizer.ReciprocalsLower;
        Vector256<float> rounding = Vector256.Create(1 - Rounding);
        Vector256<int> highUpper = Vector256.ConvertToInt32(upperSteps + rounding);
        Vector256<int> highLower = Vector256.ConvertToInt32(lowerSteps + rounding);
        float distortion = CoefficientBlock.Sum((upper * upper) + (lower * lower));
        int nonzero = NonzeroPositions(highUpper, highLower);
        mask = 0;
        levels.Clear();
        float none = _price * _endCosts[(first * TokenCosts.States) + context];
        if (nonzero == 0)
        {
            return distortion + none;
        }

        Span<float> magnitudes = stackalloc float[Positions];
        Span<int> highs = stackalloc int[Positions];
        upper.CopyTo(magnitudes);
        lower.CopyTo(magnitudes[8..]);
        highUpper.CopyTo(highs);
        highLower.CopyTo(highs[8..]);
        float gain = Search(magnitudes, highs, first, context, 31 - BitOperations.LeadingZeroCount((uint)nonzero), none, levels, ref mask);
        ApplySigns(block, levels);
        return distortion + gain;
    }

    /// <summary>The Viterbi algorithm. Costs are relative to the distortion of a block of zeros.</summary>
    private readonly float Search(
        ReadOnlySpan<float> magnitudes, ReadOnlySpan<int> highs, int first, int context, int last, float none, Span<short> levels, ref int mask)
    {
        // For each position, two nodes: the nearest level and the one below it. A node remembers the best node before it.
        Span<byte> back = stackalloc byte[2 * Positions];
        float cost0 = 0;
        float cost1 = float.MaxValue;
        int state0 = context * TokenCosts.StateStride;
        int state1 = state0;
        float best = none;
        int bestNode = -1;
        for (int position = first; position <= last; position++)
        {
            int natural = TokenReader.ZigZag[position];
            ReadOnlySpan<ushort> costs = _levelCosts.Slice(TokenCosts.BandOffsets[position], TokenCosts.BandStride);
            int high = Math.Min(highs[natural], TokenCosts.MaxLevel);
            float magnitude = magnitudes[natural];
            float step = position == 0 ? _quantizer.Dc : _quantizer.Ac;

            // The lower node, or the only one.
            int low = Math.Max(high - 1, 0);
            float via0 = cost0 + (_price * LevelCost(costs, state0, low));
            float via1 = cost1 + (_price * LevelCost(costs, state1, low));
            float difference = magnitude - (low * step);
            float lowCost = Math.Min(via0, via1) + (difference * difference) - (magnitude * magnitude);
            back[2 * position] = (byte)(via1 < via0 ? 1 : 0);
            int lowState = State(low);
            if (low > 0)
            {
                Finish(lowCost, lowState, position, 2 * position, ref best, ref bestNode);
            }

            if (high == 0)
            {
                (cost0, state0, cost1) = (lowCost, lowState, float.MaxValue);
                continue;
            }

            via0 = cost0 + (_price * LevelCost(costs, state0, high));
            via1 = cost1 + (_price * LevelCost(costs, state1, high));
            difference = magnitude - (high * step);
            float highCost = Math.Min(via0, via1) + (difference * difference) - (magnitude * magnitude);
            back[(2 * position) + 1] = (byte)(via1 < via0 ? 1 : 0);
            int highState = State(high);
            Finish(highCost, highState, position, (2 * position) + 1, ref best, ref bestNode);
            (cost0, state0, cost1, state1) = (lowCost, lowState, highCost, highState);
        }

        for (int node = bestNode; node >= 2 * first; node = (2 * ((node >> 1) - 1)) + back[node])
        {
            int natural = TokenReader.ZigZag[node >> 1];
            int high = Math.Min(highs[natural], TokenCosts.MaxLevel);
            int level = (node & 1) != 0 ? high : Math.Max(high - 1, 0);
            levels[natural] = (short)level;
            mask |= level != 0 ? 1 << (node >> 1) : 0;
        }

        return best;
    }

    /// <summary>Ends the block after a level that is not 0, if that is the best end so far.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Finish(float cost, int state, int position, int node, ref float best, ref int bestNode)
    {
        float total = cost + (_price * _endCosts[((position + 1) * TokenCosts.States) + (state / TokenCosts.StateStride)]);
        if (total < best)
        {
            best = total;
            bestNode = node;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int State(int level) =>
        level == 0 ? TokenCosts.AfterZero * TokenCosts.StateStride : level == 1 ? TokenCosts.StateStride : 2 * TokenCosts.StateStride;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LevelCost(ReadOnlySpan<ushort> costs, int state, int level) => level < TokenCosts.LastCategory
        ? costs[state + level]
        : costs[state + TokenCosts.LastCategory] + TokenCosts.ExtraOfLastCategory(level);

    /// <summary>Bits for the positions in coding order whose level is not 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int NonzeroPositions(Vector256<int> upper, Vector256<int> lower)
    {
        Vector256<short> words = Vector256.Narrow(upper, lower);
        Vector128<byte> bytes = Vector256.GreaterThan(words, Vector256<short>.Zero).AsByte() is var wide
            ? Vector128.Narrow(wide.GetLower().AsUInt16(), wide.GetUpper().AsUInt16())
            : default;
        return (int)Vector128.Shuffle(bytes, Vector128.Create((byte)0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15)).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ApplySigns(CoefficientBlock block, Span<short> levels)
    {
        Vector256<short> signs = Vector256.Narrow(block.Upper.AsInt32() >> 31, block.Lower.AsInt32() >> 31);
        Vector256<short> magnitudes = Vector256.Create<short>(levels);
        ((magnitudes ^ signs) - signs).CopyTo(levels);
    }
}
