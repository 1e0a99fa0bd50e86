namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// The lowest coefficients of all blocks of one component, for a frame that needs several scans. In zig-zag order, for what is kept is its
/// beginning.
/// </summary>
/// <param name="component">The component.</param>
/// <param name="kept">Coefficients kept of each block, 1 to 64.</param>
internal sealed class CoefficientStore(JpegComponent component, int kept) : BlockSink
{
    private readonly int _kept = kept;
    private readonly int _columns = component.PaddedBlocksPerRow;
    private readonly short[] _coefficients = new short[EstimateMemory(component, kept) / sizeof(short)];

    /// <summary>For each kept coefficient, how many of its lowest bits were left out.</summary>
    private readonly int[] _bitsLeftOut = new int[kept];

    public override BlockDemand Demand { get; } = new(0, component.PaddedBlocksPerRow, 0, component.PaddedBlockRows, kept - 1);

    /// <summary>Bytes that a store takes.</summary>
    public static long EstimateMemory(JpegComponent component, int kept) =>
        sizeof(short) * (long)kept * component.PaddedBlocksPerRow * component.PaddedBlockRows;

    /// <summary>The kept coefficients of a block, in zig-zag order.</summary>
    public Span<short> Block(int column, int row) => _coefficients.AsSpan(((row * _columns) + column) * _kept, _kept);

    /// <summary>Notes that a scan that would have refined coefficients from a bit on was passed over.</summary>
    public void LeaveOut(ScanHeader refinement)
    {
        for (int k = refinement.SpectralStart; k <= refinement.SpectralEnd && k < _kept; k++)
        {
            _bitsLeftOut[k] = Math.Max(_bitsLeftOut[k], refinement.ApproximationHigh);
        }
    }

    public override void Put(int column, int row, ReadOnlySpan<short> coefficients)
    {
        Span<short> block = Block(column, row);
        for (int k = 0; k < block.Length; k++)
        {
            block[k] = coefficients[ZigZag.NaturalOrder[k]];
        }
    }

    public override void PutRow(int row, CoefficientRow coefficients)
    {
        for (int i = 0; i < coefficients.Blocks; i++)
        {
            Span<short> block = Block(coefficients.FirstColumn + i, row);
            for (int k = 0; k < block.Length; k++)
            {
                block[k] = (short)coefficients[k, i];
            }
        }
    }

    /// <summary>The best guess of a block's coefficients, in rows.</summary>
    public Block Estimate(int column, int row)
    {
        Block result = default;
        Span<short> natural = result;
        ReadOnlySpan<short> block = Block(column, row);
        for (int k = 0; k < block.Length; k++)
        {
            natural[ZigZag.NaturalOrder[k]] = (short)Guess(block[k], k);
        }

        return result;
    }

    /// <summary>The best guess of the lowest coefficients of some of a row's blocks.</summary>
    public void Estimate(int row, CoefficientRow result)
    {
        for (int i = 0; i < result.Blocks; i++)
        {
            ReadOnlySpan<short> block = Block(result.FirstColumn + i, row);
            for (int k = 0; k <= result.LastCoefficient; k++)
            {
                result[k, i] = Guess(block[k], k);
            }
        }
    }

    /// <summary>Where low bits of a coefficient were left out, the middle of what they may be.</summary>
    private int Guess(int value, int k) => value + ((1 << _bitsLeftOut[k] >> 1) * Math.Sign(value));
}
