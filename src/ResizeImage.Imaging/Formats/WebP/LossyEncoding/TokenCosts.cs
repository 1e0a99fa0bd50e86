namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// What coefficients cost, from the probabilities of their tokens (RFC 6386, 13), in 256ths of a bit. A state is what a position's cost
/// depends on: 0 to 2 are the contexts of RFC 6386, 13.3; 3 follows a zero, which an end of the block cannot follow.
/// </summary>
internal sealed class TokenCosts
{
    /// <summary>States of a position.</summary>
    public const int States = 4;

    /// <summary>The state after a zero.</summary>
    public const int AfterZero = 3;

    /// <summary>Levels from this one on are of the last category of tokens.</summary>
    public const int LastCategory = 67;

    /// <summary>Costs of a state: the levels 0 to 66, and what all others have in common.</summary>
    public const int StateStride = LastCategory + 1;

    /// <summary>Costs of a band.</summary>
    public const int BandStride = States * StateStride;

    /// <summary>Costs of a block type: eight bands.</summary>
    public const int TypeStride = CoefficientProbabilities.Bands * BandStride;

    /// <summary>Costs of the ends of a block, of a type: four states for each of seventeen positions. Those of the last are 0.</summary>
    public const int EndTypeStride = 17 * States;

    /// <summary>The highest level that tokens can express: 67, and eleven bits.</summary>
    public const int MaxLevel = LastCategory + 2047;

    private static readonly ushort[] LastCategoryExtra = ExtraBitsOfLastCategory();

    private readonly ushort[] _levels = new ushort[CoefficientProbabilities.Types * TypeStride];
    private readonly ushort[] _ends = new ushort[CoefficientProbabilities.Types * EndTypeStride];

    /// <summary>Where a level's band, state and value are in <see cref="Levels"/>: this for the band of a position, plus the other two.</summary>
    public static ReadOnlySpan<ushort> BandOffsets =>
    [
        0, BandStride, 2 * BandStride, 3 * BandStride, 6 * BandStride, 4 * BandStride, 5 * BandStride, 6 * BandStride,
        6 * BandStride, 6 * BandStride, 6 * BandStride, 6 * BandStride, 6 * BandStride, 6 * BandStride, 6 * BandStride, 7 * BandStride,
    ];

    /// <summary>The costs of levels of a type, with sign and extra bits.</summary>
    public ReadOnlySpan<ushort> Levels(int type) => _levels.AsSpan(type * TypeStride, TypeStride);

    /// <summary>The costs of ending a block of a type before a position, by position and state.</summary>
    public ReadOnlySpan<ushort> Ends(int type) => _ends.AsSpan(type * EndTypeStride, EndTypeStride);

    /// <summary>What a level of the last category costs in addition to that category's entry.</summary>
    public static int ExtraOfLastCategory(int level) => LastCategoryExtra[Math.Min(level - LastCategory, LastCategoryExtra.Length - 1)];

    /// <summary>Computes all costs.</summary>
    /// <param name="probabilities">By type, band, context and branch, as <see cref="CoefficientProbabilities.Defaults"/>.</param>
    public void Update(ReadOnlySpan<byte> probabilities)
    {
        for (int type = 0; type < CoefficientProbabilities.Types; type++)
        {
            for (int band = 0; band < CoefficientProbabilities.Bands; band++)
            {
                for (int context = 0; context < CoefficientProbabilities.Contexts; context++)
                {
                    int index = (((type * CoefficientProbabilities.Bands) + band) * CoefficientProbabilities.Contexts) + context;
                    ReadOnlySpan<byte> branches = probabilities.Slice(index * CoefficientProbabilities.Branches, CoefficientProbabilities.Branches);
                    Span<ushort> costs = _levels.AsSpan((type * TypeStride) + (band * BandStride));
                    Fill(branches, costs.Slice(context * StateStride, StateStride), BitCost.True(branches[0]));
                    if (context == 0)
                    {
                        Fill(branches, costs.Slice(AfterZero * StateStride, StateStride), 0);
                    }

                    SetEnds(type, band, context, BitCost.False(branches[0]));
                }
            }
        }
    }

    private void SetEnds(int type, int band, int context, int cost)
    {
        for (int position = 0; position < 16; position++)
        {
            if (CoefficientProbabilities.BandOf[position] == band)
            {
                _ends[(type * EndTypeStride) + (position * States) + context] = (ushort)cost;
            }
        }
    }

    /// <summary>The costs of a state, by the tree of RFC 6386, 13.2.</summary>
    /// <param name="p">Probabilities of the branches.</param>
    /// <param name="costs">Receives the costs.</param>
    /// <param name="notEnd">The cost of not ending the block.</param>
    private static void Fill(ReadOnlySpan<byte> p, Span<ushort> costs, int notEnd)
    {
        costs[0] = (ushort)(notEnd + BitCost.False(p[1]));
        int some = notEnd + BitCost.True(p[1]) + BitCost.Unit;
        costs[1] = (ushort)(some + BitCost.False(p[2]));
        int large = some + BitCost.True(p[2]);
        int low = large + BitCost.False(p[3]);
        costs[2] = (ushort)(low + BitCost.False(p[4]));
        costs[3] = (ushort)(low + BitCost.True(p[4]) + BitCost.False(p[5]));
        costs[4] = (ushort)(low + BitCost.True(p[4]) + BitCost.True(p[5]));

        int high = large + BitCost.True(p[3]);
        int category12 = high + BitCost.False(p[6]);
        FillCategory(costs, 5, category12 + BitCost.False(p[7]), TokenWriter.Category1);
        FillCategory(costs, 7, category12 + BitCost.True(p[7]), TokenWriter.Category2);
        int category34 = high + BitCost.True(p[6]) + BitCost.False(p[8]);
        FillCategory(costs, 11, category34 + BitCost.False(p[9]), TokenReader.Category3);
        FillCategory(costs, 19, category34 + BitCost.True(p[9]), TokenReader.Category4);
        int category56 = high + BitCost.True(p[6]) + BitCost.True(p[8]);
        FillCategory(costs, 35, category56 + BitCost.False(p[10]), TokenReader.Category5);
        costs[LastCategory] = (ushort)(category56 + BitCost.True(p[10]));
    }

    private static void FillCategory(Span<ushort> costs, int lowest, int cost, ReadOnlySpan<byte> extra)
    {
        for (int value = 0; value < 1 << extra.Length; value++)
        {
            costs[lowest + value] = (ushort)(cost + ExtraBits(value, extra));
        }
    }

    private static int ExtraBits(int value, ReadOnlySpan<byte> extra)
    {
        int cost = 0;
        for (int i = 0; i < extra.Length; i++)
        {
            cost += BitCost.Of(((value >> (extra.Length - 1 - i)) & 1) != 0, extra[i]);
        }

        return cost;
    }

    private static ushort[] ExtraBitsOfLastCategory()
    {
        ushort[] costs = new ushort[1 << TokenReader.Category6.Length];
        for (int value = 0; value < costs.Length; value++)
        {
            costs[value] = (ushort)ExtraBits(value, TokenReader.Category6);
        }

        return costs;
    }
}
