namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>A way to code the luma or the chroma of a macroblock, with its cost.</summary>
/// <param name="blocks">Blocks that it has.</param>
internal sealed class BlockPlan(int blocks)
{
    private readonly short[] _levels = new short[blocks * Residual.BlockSize];

    /// <summary>Squared differences of coefficients plus the price of all bits.</summary>
    public float Cost { get; set; }

    /// <summary>The mode for the whole macroblock.</summary>
    public PredictionMode Mode { get; set; }

    /// <summary>For each block, a bit for each position in coding order whose level is not 0.</summary>
    public ushort[] Masks { get; } = new ushort[blocks];

    /// <summary>Which blocks have coefficients, as neighbors of those that follow.</summary>
    public NonzeroContext Context { get; set; }

    /// <summary>Sixteen levels in rows for each block.</summary>
    public ReadOnlySpan<short> Levels => _levels;

    /// <summary>Sixteen levels in rows of a block.</summary>
    public Span<short> LevelsOf(int block) => _levels.AsSpan(block * Residual.BlockSize, Residual.BlockSize);
}
