namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Takes the decoded blocks of one component.</summary>
internal abstract class BlockSink
{
    /// <summary>What is wanted of the component; constant during a scan.</summary>
    public abstract BlockDemand Demand { get; }

    /// <summary>Takes a demanded block, where all coefficients are wanted.</summary>
    /// <param name="column">Its block column.</param>
    /// <param name="row">Its block row.</param>
    /// <param name="coefficients">64 quantized coefficients in rows.</param>
    public abstract void Put(int column, int row, ReadOnlySpan<short> coefficients);

    /// <summary>Takes a row of demanded blocks, where only low coefficients are wanted (<see cref="BlockDemand.IsLow"/>).</summary>
    /// <param name="row">Its block row.</param>
    /// <param name="coefficients">Their quantized coefficients.</param>
    public abstract void PutRow(int row, CoefficientRow coefficients);
}
