using BenchmarkDotNet.Attributes;
using ResizeImage.Imaging.Formats.Jpeg;

namespace ResizeImage.Bench;

/// <summary>The inverse DCT of one block, from all coefficients and from the lowest.</summary>
public class InverseTransform
{
    private const int Repeats = 64;
    private readonly ushort[] _quantization = Enumerable.Range(0, 64).Select(i => (ushort)(3 + (i / 4))).ToArray();
    private readonly byte[] _samples = new byte[Repeats * 64];

    /// <summary>A full block, as at scale 1.</summary>
    [Benchmark(OperationsPerInvoke = Repeats)]
    public void All()
    {
        for (int i = 0; i < Repeats; i++)
        {
            InverseDct.Transform(AllCoefficients, _quantization, _samples, 8);
        }
    }

    /// <summary>A row of blocks, as at the scales 1/2, 3/8, 1/4 and 1/8; the larger size at each scale is that of chroma in 4:2:0.</summary>
    /// <param name="size">Samples per row and column of a block.</param>
    /// <param name="last">The last coefficient in use, in zig-zag order.</param>
    [Benchmark(OperationsPerInvoke = Repeats)]
    [Arguments(8, 14)]
    [Arguments(4, 14)]
    [Arguments(8, 9)]
    [Arguments(4, 9)]
    [Arguments(6, 9)]
    [Arguments(3, 9)]
    [Arguments(4, 5)]
    [Arguments(2, 5)]
    [Arguments(2, 0)]
    [Arguments(1, 0)]
    public void Lowest(int size, int last) =>
        LowInverseDct.Transform(Rows[last], last, _quantization, size, _samples, Repeats * size);

    private static readonly short[] AllCoefficients = [.. Enumerable.Range(0, 64).Select(i => (short)Coefficient(ZigZag.NaturalOrder.IndexOf((byte)i)))];

    private static readonly Dictionary<int, CoefficientRow> Rows = new[] { 0, 5, 9, 14 }.ToDictionary(last => last, Row);

    private static CoefficientRow Row(int last)
    {
        var row = new CoefficientRow(new BlockDemand(0, Repeats, 0, 1, last));
        for (int i = 0; i < Repeats * (last + 1); i++)
        {
            row[i / Repeats, i % Repeats] = Coefficient(i / Repeats);
        }

        return row;
    }

    /// <summary>Values that decrease in zig-zag order.</summary>
    private static int Coefficient(int k) => (k % 2 == 0 ? 80 : -80) / (k + 1);
}
