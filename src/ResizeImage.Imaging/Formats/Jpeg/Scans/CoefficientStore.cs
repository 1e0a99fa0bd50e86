using System.Buffers;
using System.Numerics;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// The lowest coefficients, in zig-zag order, of all blocks of one component, for a frame with several scans. The blocks are those within the
/// image, row by row, as in a scan of the component alone (T.81 A.2.2). Two layouts:
/// <code>
/// Demand.IsLow    a plane per coefficient    k=0: block 0 | block 1 | ...   k=1: block 0 | block 1 | ...   ...
///                 BlockStride 1, CoefficientStride = number of blocks
/// otherwise       coefficients per block     block 0: k=0 | k=1 | ...   block 1: k=0 | k=1 | ...   ...
///                 BlockStride = Kept, CoefficientStride 1
/// </code>
/// </summary>
/// <remarks>
/// Planes match <see cref="CoefficientRow"/>, so a row is copied without transposing, which would take a sixteenth of the time of a thumbnail.
/// With many coefficients, a refinement scan walks through those of one block, so they are contiguous.
/// </remarks>
internal sealed class CoefficientStore : BlockSink, IDisposable
{
    /// <summary>
    /// The most coefficients. <see cref="FirstAcScan"/> counts in an int, and an end-of-band run can move up to 2¹⁵ blocks of 64 coefficients
    /// beyond the last block before the scan stops.
    /// </summary>
    private static readonly int MaxCoefficients = Array.MaxLength - (64 << 15);

    /// <summary>
    /// The most coefficients to rent from the pool. The pool rounds up to a power of two, to nearly twice the estimate, and keeps returned arrays.
    /// At the memory limits, that killed the function when a PNG followed a JPEG.
    /// </summary>
    private const int MaxPooled = 1 << 21;

    private readonly int _kept;
    private readonly int _columns;

    /// <summary>Makes a store of <paramref name="kept"/> coefficients, 1 to 64, per block.</summary>
    /// <exception cref="ImageLimitException">An array cannot hold all coefficients.</exception>
    public CoefficientStore(JpegComponent component, int kept)
    {
        _kept = kept;
        _columns = component.BlocksPerRow;
        Demand = new BlockDemand(0, component.BlocksPerRow, 0, component.BlockRows, kept - 1);
        Dropped = ArrayLength.Of(EstimateMemory(component, kept) / sizeof(short), "coefficients of a JPEG in several scans", MaxCoefficients);
        Coefficients = IsPooled ? ArrayPool<short>.Shared.Rent(Dropped + 1) : new short[Dropped + 1];
        if (IsPooled)
        {
            Array.Clear(Coefficients, 0, Dropped);
        }

        (BlockStride, CoefficientStride) = Demand.IsLow ? (1, component.BlocksPerRow * component.BlockRows) : (kept, 1);
    }

    public override BlockDemand Demand { get; }

    /// <summary>All coefficients: 0 until a scan sets them.</summary>
    public short[] Coefficients { get; }

    /// <summary>An index in <see cref="Coefficients"/> that receives coefficients that are not kept.</summary>
    public int Dropped { get; }

    /// <summary>Distance between consecutive blocks in <see cref="Coefficients"/>.</summary>
    public int BlockStride { get; }

    /// <summary>Distance between consecutive coefficients of a block.</summary>
    public int CoefficientStride { get; }

    /// <summary>Coefficients kept per block, 1 to 64.</summary>
    public int Kept => _kept;

    private bool IsPooled => Dropped < MaxPooled;

    /// <summary>Bytes that a store needs.</summary>
    public static long EstimateMemory(JpegComponent component, int kept) =>
        sizeof(short) * (long)kept * component.BlocksPerRow * component.BlockRows;

    /// <summary>Index in <see cref="Coefficients"/> of a block's DC coefficient.</summary>
    public int PlaceOf(int column, int row) => ((row * _columns) + column) * BlockStride;

    public override void Put(int column, int row, ReadOnlySpan<short> coefficients)
    {
        int place = PlaceOf(column, row);
        for (int k = 0; k < _kept; k++)
        {
            Coefficients[place + (k * CoefficientStride)] = coefficients[ZigZag.NaturalOrder[k]];
        }
    }

    public override void PutRow(int row, CoefficientRow coefficients)
    {
        for (int k = 0; k < _kept; k++)
        {
            int place = PlaceOf(coefficients.FirstColumn, row) + (k * CoefficientStride);
            for (int i = 0; i < coefficients.Blocks; i++)
            {
                Coefficients[place + (i * BlockStride)] = (short)coefficients[k, i];
            }
        }
    }

    /// <summary>Estimates a block's coefficients, in rows.</summary>
    /// <param name="column">Column of the block.</param>
    /// <param name="row">Row of the block.</param>
    /// <param name="progress">Knows the bits that do not count.</param>
    public Block Estimate(int column, int row, BandProgress progress)
    {
        Block result = default;
        Span<short> natural = result;
        int place = PlaceOf(column, row);
        for (int k = 0; k < progress.Kept; k++)
        {
            natural[ZigZag.NaturalOrder[k]] = (short)progress.Estimate(k, Coefficients[place + (k * CoefficientStride)]);
        }

        return result;
    }

    /// <summary>Estimates the lowest coefficients of a row's demanded blocks.</summary>
    /// <param name="row">Row of the blocks.</param>
    /// <param name="progress">Knows the bits that do not count.</param>
    /// <param name="result">Receives the coefficients.</param>
    public void Estimate(int row, BandProgress progress, CoefficientRow result)
    {
        result.DcMiddle = progress.DcMiddle;
        for (int k = 0; k <= result.LastCoefficient; k++)
        {
            int place = PlaceOf(result.FirstColumn, row) + (k * CoefficientStride);
            Span<int> values = result.Values(k);
            int i = 0;
            for (; BlockStride == 1 && i <= values.Length - Vector<short>.Count; i += Vector<short>.Count)
            {
                Vector.Widen(new Vector<short>(Coefficients.AsSpan(place + i)), out Vector<int> low, out Vector<int> high);
                progress.Estimate(k, low).CopyTo(values[i..]);
                progress.Estimate(k, high).CopyTo(values[(i + Vector<int>.Count)..]);
            }

            for (; i < values.Length; i++)
            {
                values[i] = progress.Estimate(k, Coefficients[place + (i * BlockStride)]);
            }
        }
    }

    public void Dispose()
    {
        if (IsPooled)
        {
            ArrayPool<short>.Shared.Return(Coefficients);
        }
    }
}
