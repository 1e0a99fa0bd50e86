using System.Numerics;
using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// The demanded blocks of a row of blocks of a component, of which only the lowest coefficients are wanted: side by side for each coefficient,
/// so that several blocks can be transformed at once.
/// </summary>
internal sealed class CoefficientRow
{
    private readonly int[] _values;
    private readonly int _stride;

    /// <param name="demand">Which blocks and coefficients.</param>
    public CoefficientRow(BlockDemand demand)
    {
        FirstColumn = demand.FirstColumn;
        Blocks = demand.EndColumn - demand.FirstColumn;
        LastCoefficient = demand.LastCoefficient;
        _stride = (Blocks + LowInverseDct.BlockAlignment - 1) & -LowInverseDct.BlockAlignment;
        _values = new int[_stride * (LastCoefficient + 1)];
    }

    /// <summary>Block column of the first.</summary>
    public int FirstColumn { get; }

    /// <summary>How many blocks.</summary>
    public int Blocks { get; }

    /// <summary>The last coefficient in zig-zag order.</summary>
    public int LastCoefficient { get; }

    /// <summary>A quantised coefficient.</summary>
    /// <param name="k">Which one, in zig-zag order.</param>
    /// <param name="block">Of which block, counted from the first demanded.</param>
    public ref int this[int k, int block] => ref _values[(k * _stride) + block];

    /// <summary>A coefficient of all blocks.</summary>
    public Span<int> Values(int k) => _values.AsSpan(k * _stride, Blocks);

    /// <summary>Sets the DC coefficient of a block column. The wanted AC coefficients must be set too, in the span that is returned.</summary>
    /// <param name="column">The block column.</param>
    /// <param name="dc">The DC coefficient.</param>
    /// <param name="stride">Distance of the AC coefficients in that span.</param>
    public Span<int> Set(int column, int dc, out int stride)
    {
        Span<int> values = _values.AsSpan(column - FirstColumn);
        values[0] = dc;
        stride = _stride;
        return values.Length > _stride ? values[_stride..] : default;
    }

    /// <summary>Sets all coefficients of a block column to 0.</summary>
    public void Clear(int column)
    {
        for (int k = 0; k <= LastCoefficient; k++)
        {
            this[k, column - FirstColumn] = 0;
        }
    }

    /// <summary>A coefficient of some blocks side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<int> Load(int k, int block) => new(_values.AsSpan((k * _stride) + block));
}
