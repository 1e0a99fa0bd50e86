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

    /// <param name="demand">Which blocks and coefficients.</param>
    public CoefficientRow(BlockDemand demand)
    {
        FirstColumn = demand.FirstColumn;
        Blocks = demand.EndColumn - demand.FirstColumn;
        LastCoefficient = demand.LastCoefficient;
        Stride = (Blocks + LowInverseDct.BlockAlignment - 1) & -LowInverseDct.BlockAlignment;
        _values = new int[Stride * (LastCoefficient + 1)];
    }

    /// <summary>Distance of a block's coefficients.</summary>
    public int Stride { get; }

    /// <summary>Block column of the first.</summary>
    public int FirstColumn { get; }

    /// <summary>How many blocks.</summary>
    public int Blocks { get; }

    /// <summary>The last coefficient in zig-zag order.</summary>
    public int LastCoefficient { get; }

    /// <summary>A quantized coefficient.</summary>
    /// <param name="k">Which one, in zig-zag order.</param>
    /// <param name="block">Of which block, counted from the first demanded.</param>
    public ref int this[int k, int block] => ref _values[(k * Stride) + block];

    /// <summary>A coefficient of all blocks.</summary>
    public Span<int> Values(int k) => _values.AsSpan(k * Stride, Blocks);

    /// <summary>The coefficients of a block column, at distances of <see cref="Stride"/>.</summary>
    public Span<int> From(int column) => _values.AsSpan(column - FirstColumn);

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
    public Vector<int> Load(int k, int block) => new(_values.AsSpan((k * Stride) + block));
}
