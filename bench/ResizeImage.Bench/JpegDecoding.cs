using BenchmarkDotNet.Attributes;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Jpeg;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Bench;

/// <summary>Decodes a whole image at each scale: entropy decoding, inverse DCT, upsampling and color. Time per pixel of the file.</summary>
public class JpegDecoding
{
    private const int Width = 1600;
    private const int Height = 1200;
    private readonly byte[] _file = SamplePicture.CreateJpeg(Width, Height);
    private readonly byte[] _row = new byte[Width * 4];

    [Params(8, 4, 3, 2, 1)]
    public int Eighths { get; set; }

    [Benchmark(OperationsPerInvoke = Width * Height)]
    public void Decode()
    {
        var window = new DecodeWindow(Eighths, 0, 0, Width * Eighths / 8, Height * Eighths / 8);
        using RowReader rows = JpegDecoder.Read(_file).Open(window);
        Span<byte> row = _row.AsSpan(0, window.Width * rows.Layout.BytesPerPixel());
        for (int y = 0; y < window.Height; y++)
        {
            rows.ReadRow(row);
        }
    }
}
