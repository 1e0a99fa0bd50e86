namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>All coefficients of one component of a frame that needs several scans.</summary>
internal sealed class CoefficientStore(JpegComponent component) : BlockSink
{
    private readonly int _columns = component.PaddedBlocksPerRow;
    private readonly short[] _coefficients = new short[Count(component)];

    public override BlockDemand Demand => BlockDemand.Everything;

    /// <summary>Bytes that the stores for a frame take.</summary>
    public static long EstimateMemory(JpegFrame frame) => frame.Components.Sum(c => Count(c) * sizeof(short));

    /// <summary>The 64 coefficients of a block, in rows.</summary>
    public Span<short> Block(int column, int row) => _coefficients.AsSpan(((row * _columns) + column) * 64, 64);

    public override void Put(int column, int row, ReadOnlySpan<short> coefficients) => coefficients.CopyTo(Block(column, row));

    private static long Count(JpegComponent component) => 64L * component.PaddedBlocksPerRow * component.PaddedBlockRows;
}
