namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// The blocks of a component, and their coefficients, that change the wanted pixels. The decoder skips everything else as fast as the
/// entropy code allows: coefficients take two thirds of the time of decoding a whole photo.
/// </summary>
/// <param name="FirstColumn">First wanted block column.</param>
/// <param name="EndColumn">The block column after the last wanted one.</param>
/// <param name="FirstRow">First wanted block row.</param>
/// <param name="EndRow">The block row after the last wanted one.</param>
/// <param name="LastCoefficient">The last wanted coefficient in zig-zag order; 0 for DC alone.</param>
internal readonly record struct BlockDemand(int FirstColumn, int EndColumn, int FirstRow, int EndRow, int LastCoefficient)
{
    /// <summary>True if so few coefficients are wanted that transforming a whole row of blocks at once is faster.</summary>
    public bool IsLow => LastCoefficient <= 14;

    /// <summary>The demand for the blocks and coefficients of both.</summary>
    public BlockDemand With(BlockDemand other) => new(
        Math.Min(FirstColumn, other.FirstColumn),
        Math.Max(EndColumn, other.EndColumn),
        Math.Min(FirstRow, other.FirstRow),
        Math.Max(EndRow, other.EndRow),
        Math.Max(LastCoefficient, other.LastCoefficient));
}
