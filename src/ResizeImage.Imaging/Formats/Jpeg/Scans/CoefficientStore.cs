using System.Buffers;
using System.Numerics;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// The lowest coefficients of all blocks of one component, for a frame that needs several scans: those within the picture, counted row by row,
/// as a scan of the component alone has them (T.81 A.2.2). In zig-zag order, for what is kept is its beginning.
/// </summary>
/// <remarks>
/// Where few are kept, each coefficient has a plane of its own, because <see cref="CoefficientRow"/> has: then a row is copied and not
/// transposed, which would take a sixteenth of the time of a thumbnail. Otherwise all coefficients of a block are together, because a
/// refinement scan walks through them.
/// </remarks>
internal sealed class CoefficientStore : BlockSink, IDisposable
{
    /// <summary>
    /// The most coefficients: <see cref="FirstAcScan"/> counts in an int, and an end-of-band run can lead as many as 2¹⁵ blocks of 64 beyond
    /// the last block before it stops.
    /// </summary>
    private static readonly int MaxCoefficients = Array.MaxLength - (64 << 15);

    /// <summary>
    /// The most coefficients that come from the pool. It rounds up to a power of two, to nearly twice the estimate, and keeps what it gets
    /// back: at the limits of memory, that killed the function when a PNG followed a JPEG.
    /// </summary>
    private const int MaxPooled = 1 << 21;

    private readonly int _kept;
    private readonly int _columns;

    /// <summary>For each kept coefficient, how many of its lowest bits were left out.</summary>
    private readonly int[] _bitsLeftOut;

    /// <param name="component">The component.</param>
    /// <param name="kept">Coefficients kept of each block, 1 to 64.</param>
    /// <exception cref="ImageLimitException">There are more coefficients than an array can hold.</exception>
    public CoefficientStore(JpegComponent component, int kept)
    {
        _kept = kept;
        _columns = component.BlocksPerRow;
        _bitsLeftOut = new int[kept];
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

    /// <summary>All coefficients; 0 until a scan sets them.</summary>
    public short[] Coefficients { get; }

    /// <summary>A place in <see cref="Coefficients"/> for what is not kept.</summary>
    public int Dropped { get; }

    /// <summary>Distance from a block to the next one in <see cref="Coefficients"/>.</summary>
    public int BlockStride { get; }

    /// <summary>Distance from a coefficient to the next one of the same block.</summary>
    public int CoefficientStride { get; }

    /// <summary>How many coefficients of a block are kept.</summary>
    public int Kept => _kept;

    private bool IsPooled => Dropped < MaxPooled;

    /// <summary>Bytes that a store takes.</summary>
    public static long EstimateMemory(JpegComponent component, int kept) =>
        sizeof(short) * (long)kept * component.BlocksPerRow * component.BlockRows;

    /// <summary>Place in <see cref="Coefficients"/> of a block's DC coefficient.</summary>
    public int PlaceOf(int column, int row) => ((row * _columns) + column) * BlockStride;

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

    /// <summary>The best guess of a block's coefficients, in rows.</summary>
    public Block Estimate(int column, int row)
    {
        Block result = default;
        Span<short> natural = result;
        int place = PlaceOf(column, row);
        for (int k = 0; k < _kept; k++)
        {
            int value = Coefficients[place + (k * CoefficientStride)];
            natural[ZigZag.NaturalOrder[k]] = (short)(value + (Math.Sign(value) * Middle(k)));
        }

        return result;
    }

    /// <summary>The best guess of the lowest coefficients of some of a row's blocks.</summary>
    public void Estimate(int row, CoefficientRow result)
    {
        for (int k = 0; k <= result.LastCoefficient; k++)
        {
            int place = PlaceOf(result.FirstColumn, row) + (k * CoefficientStride);
            Span<int> values = result.Values(k);
            int middle = Middle(k);
            int i = 0;
            for (; BlockStride == 1 && i <= values.Length - Vector<short>.Count; i += Vector<short>.Count)
            {
                Vector.Widen(new Vector<short>(Coefficients.AsSpan(place + i)), out Vector<int> low, out Vector<int> high);
                Guess(low, middle).CopyTo(values[i..]);
                Guess(high, middle).CopyTo(values[(i + Vector<int>.Count)..]);
            }

            for (; i < values.Length; i++)
            {
                int value = Coefficients[place + (i * BlockStride)];
                values[i] = value + (Math.Sign(value) * middle);
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

    private static Vector<int> Guess(Vector<int> values, int middle)
    {
        Vector<int> sign = Vector.LessThan(values, Vector<int>.Zero) - Vector.GreaterThan(values, Vector<int>.Zero);
        return values + (sign * middle);
    }

    /// <summary>Where low bits of a coefficient were left out, half of what they may be: the best guess when it is not 0.</summary>
    private int Middle(int k) => 1 << _bitsLeftOut[k] >> 1;
}
