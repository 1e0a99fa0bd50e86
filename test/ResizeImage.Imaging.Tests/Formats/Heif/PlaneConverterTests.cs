using System.Runtime.InteropServices;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Heif;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Tests.Formats.Heif;

/// <summary>A row in vectors has the pixels that each has alone, without vectors.</summary>
public class PlaneConverterTests
{
    [Theory]
    [InlineData(10, 9, false)]
    [InlineData(12, 1, true)]
    [InlineData(16, 0, true)]
    [InlineData(10, 8, true)]
    public void A_row_is_its_pixels(int bits, int matrix, bool isFullRange)
    {
        const int Width = 157;
        PictureHeader header = new(Width, 1, ChromaFormat.Yuv444, bits, bits, null);
        PlaneConverter converter = new(header, new(default, new(1, 13, matrix, isFullRange)), PixelLayout.Rgb16, isWide: true, isPremultiplied: false);
        ushort[][] planes = [.. Enumerable.Range(0, 3).Select(plane => Enumerable.Range(0, Width).Select(x => (ushort)PaintCodec.Sample(bits, plane, x, 0, bits)).ToArray())];
        byte[] row = new byte[Width * 6];
        converter.Convert(Bytes(planes[0]), Bytes(planes[1]), Bytes(planes[2]), default, row);
        for (int x = 0; x < Width; x++)
        {
            byte[] pixel = new byte[6];
            converter.Convert(Bytes(planes[0][x]), Bytes(planes[1][x]), Bytes(planes[2][x]), default, pixel);
            Assert.Equal(pixel, row[(6 * x)..(6 * (x + 1))]);
        }
    }

    private static ReadOnlySpan<byte> Bytes(params ushort[] samples) => MemoryMarshal.AsBytes<ushort>(samples);
}
