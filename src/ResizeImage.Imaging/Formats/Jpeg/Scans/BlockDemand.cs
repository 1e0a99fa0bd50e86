namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Which blocks of a component, and which of their coefficients, change the wanted pixels. What is not demanded is passed over as fast as
/// the entropy code allows: two thirds of the time of decoding a whole photo goes into coefficients.
/// </summary>
/// <param name="FirstColumn">First wanted block column.</param>
/// <param name="EndColumn">The one after the last.</param>
/// <param name="FirstRow">First wanted block row.</param>
/// <param name="EndRow">The one after the last.</param>
/// <param name="LastCoefficient">The last wanted coefficient in zig-zag order: 0 for the DC coefficient alone.</param>
internal readonly record struct BlockDemand(int FirstColumn, int EndColumn, int FirstRow, int EndRow, int LastCoefficient)
{
    /// <summary>True if so few coefficients are wanted that it pays to handle those of a whole row of blocks together.</summary>
    public bool IsLow => LastCoefficient <= 9;
}
