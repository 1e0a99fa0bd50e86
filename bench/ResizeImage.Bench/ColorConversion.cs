using BenchmarkDotNet.Attributes;
using ResizeImage.Imaging.Color;

namespace ResizeImage.Bench;

/// <summary>Converts YCbCr to linear light. Time per pixel.</summary>
public class ColorConversion
{
    private const int Width = 1600;
    private readonly byte[] _luma = Plane(1);
    private readonly byte[] _blue = Plane(2);
    private readonly byte[] _red = Plane(3);
    private readonly float[] _row = new float[Width * 4];

    [Benchmark(OperationsPerInvoke = Width)]
    public void ToLinear() => YCbCrToLinear.Convert(YCbCrMatrix.Jfif, _luma, _blue, _red, _row);

    private static byte[] Plane(int seed)
    {
        byte[] plane = new byte[Width];
        new Random(seed).NextBytes(plane);
        return plane;
    }
}
