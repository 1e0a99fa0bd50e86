using BenchmarkDotNet.Attributes;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Jpeg;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Bench;

/// <summary>
/// Huffman decoding of unwanted coefficients, where only the length of a code matters: the lower bound of every decode. It requests only the
/// last pixel of the image. Time per pixel.
/// </summary>
public class EntropySkipping
{
    private const int Width = 1600;
    private const int Height = 1200;
    private readonly byte[] _file = SamplePicture.CreateJpeg(Width, Height);
    private readonly byte[] _pixel = new byte[4];

    [Benchmark(OperationsPerInvoke = Width * Height)]
    public void Skip()
    {
        using RowReader rows = JpegDecoder.Read(_file).Open(new DecodeWindow(8, Width - 1, Height - 1, 1, 1));
        rows.ReadRow(_pixel);
    }
}
