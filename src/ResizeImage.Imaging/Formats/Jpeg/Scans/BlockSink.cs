namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Receives the decoded blocks of one component.</summary>
internal abstract class BlockSink
{
    /// <summary>The wanted blocks and coefficients; constant during a scan.</summary>
    public abstract BlockDemand Demand { get; }

    /// <summary>Accepts the 64 quantized coefficients, in rows, of a demanded block, if all coefficients are wanted.</summary>
    public abstract void Put(int column, int row, ReadOnlySpan<short> coefficients);

    /// <summary>Accepts the lowest quantized coefficients of a row of demanded blocks, if <see cref="BlockDemand.IsLow"/>.</summary>
    public abstract void PutRow(int row, CoefficientRow coefficients);
}
