namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>All coefficients of a frame that needs several scans.</summary>
internal sealed class CoefficientStore : BlockSink
{
    private readonly short[][] _planes;

    public CoefficientStore(JpegFrame frame)
    {
        _planes = frame.Components.Select(c => new short[Count(c)]).ToArray();
    }

    /// <summary>Bytes that a store for the frame takes.</summary>
    public static long EstimateMemory(JpegFrame frame) => frame.Components.Sum(c => Count(c) * sizeof(short));

    /// <summary>The 64 coefficients of a block, in rows.</summary>
    public Span<short> Block(JpegComponent component, int column, int row) =>
        _planes[component.Index].AsSpan(((row * component.PaddedBlocksPerRow) + column) * 64, 64);

    public override BlockDemand Demand(JpegComponent component) => BlockDemand.Everything;

    public override void Put(JpegComponent component, int column, int row, ReadOnlySpan<short> coefficients) =>
        coefficients.CopyTo(Block(component, column, row));

    private static long Count(JpegComponent component) => 64L * component.PaddedBlocksPerRow * component.PaddedBlockRows;
}
