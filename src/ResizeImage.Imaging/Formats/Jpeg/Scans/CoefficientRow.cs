using System.Numerics;
using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// The lowest coefficients of the demanded blocks in one row of a component's blocks, grouped by coefficient so that a vector holds the same
/// coefficient of several blocks:
/// <code>
/// k = 0    block 0 | block 1 | ... | padding to LowInverseDct.BlockAlignment
/// k = 1    block 0 | block 1 | ... | padding
/// ...      one row per coefficient, Stride apart
/// </code>
/// </summary>
internal sealed class CoefficientRow
{
    private readonly int[] _values;

    public CoefficientRow(BlockDemand demand)
    {
        FirstColumn = demand.FirstColumn;
        Blocks = demand.EndColumn - demand.FirstColumn;
        LastCoefficient = demand.LastCoefficient;
        Stride = (Blocks + LowInverseDct.BlockAlignment - 1) & -LowInverseDct.BlockAlignment;
        _values = new int[Stride * (LastCoefficient + 1)];
    }

    /// <summary>Distance between consecutive coefficients of a block.</summary>
    public int Stride { get; }

    /// <summary>Block column of the first demanded block.</summary>
    public int FirstColumn { get; }

    /// <summary>Number of demanded blocks.</summary>
    public int Blocks { get; }

    /// <summary>The last coefficient in zig-zag order.</summary>
    public int LastCoefficient { get; }

    /// <summary>What DC coefficients have besides their integers: the middle of the range of bits that are left out.</summary>
    public float DcMiddle { get; set; }

    /// <summary>A quantized coefficient.</summary>
    /// <param name="k">Its index in zig-zag order.</param>
    /// <param name="block">The block, counted from the first demanded block.</param>
    public ref int this[int k, int block] => ref _values[(k * Stride) + block];

    /// <summary>Coefficient <paramref name="k"/> of all blocks.</summary>
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

    /// <summary>Coefficient <paramref name="k"/> of a vector of blocks, the first one being <paramref name="block"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<int> Load(int k, int block) => new(_values.AsSpan((k * Stride) + block));
}
