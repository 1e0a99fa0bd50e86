using BenchmarkDotNet.Attributes;
using ResizeImage.Imaging.Formats.Jpeg;

namespace ResizeImage.Bench;

/// <summary>The inverse DCT of one block, from all coefficients and from the lowest alone.</summary>
public class InverseTransform
{
    private const int Repeats = 64;
    private readonly ushort[] _quantization = Enumerable.Range(0, 64).Select(i => (ushort)(3 + (i / 4))).ToArray();
    private readonly byte[] _samples = new byte[64];

    /// <summary>Exact, as <see cref="JpegDecoding"/> does at scale 1.</summary>
    [Benchmark(OperationsPerInvoke = Repeats)]
    [Arguments(8)]
    [Arguments(4)]
    [Arguments(2)]
    [Arguments(1)]
    public void All(int size)
    {
        for (int i = 0; i < Repeats; i++)
        {
            InverseDct.Transform(AllCoefficients, _quantization, size, _samples, size);
        }
    }

    /// <summary>As at the scales 1/2, 1/4 and 1/8; the larger size of each is that of chroma in 4:2:0.</summary>
    /// <param name="size">Samples in a row and a column.</param>
    /// <param name="last">The last coefficient that is looked at.</param>
    [Benchmark(OperationsPerInvoke = Repeats)]
    [Arguments(8, 9)]
    [Arguments(4, 9)]
    [Arguments(4, 4)]
    [Arguments(2, 4)]
    [Arguments(2, 0)]
    [Arguments(1, 0)]
    public void Lowest(int size, int last)
    {
        short[] coefficients = Coefficients[last];
        for (int i = 0; i < Repeats; i++)
        {
            InverseDct.TransformCorner(coefficients, _quantization, last, size, _samples, size);
        }
    }

    private static readonly Dictionary<int, short[]> Coefficients = new[] { 0, 4, 9, 63 }.ToDictionary(last => last, Block);

    private static short[] AllCoefficients => Coefficients[63];

    /// <summary>Ever smaller values in zig-zag order, up to and with <paramref name="last"/>.</summary>
    private static short[] Block(int last)
    {
        short[] block = new short[64];
        for (int k = 0; k <= last; k++)
        {
            block[ZigZag.NaturalOrder[k]] = (short)((k % 2 == 0 ? 80 : -80) / (k + 1));
        }

        return block;
    }
}
