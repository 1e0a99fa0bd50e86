using System.Numerics;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>Filters a whole image for compression (PNG 12.7): scanlines, each after its filter type byte.</summary>
internal static class PngFilteredData
{
    /// <summary>Every line with filter 0: best for palettes, and for most drawings and text.</summary>
    public static byte[] Unfiltered(PngRaster raster)
    {
        PngHeader header = raster.Header;
        int stored = header.Width * header.BytesPerPixel;
        int length = (int)header.ScanlineBytes(header.Width);
        byte[] data = new byte[checked((length + 1) * header.Height)];
        for (int y = 0; y < header.Height; y++)
        {
            ReadOnlySpan<byte> pixels = raster.Pixels.AsSpan(y * stored, stored);
            Span<byte> scanline = data.AsSpan((y * (length + 1)) + 1, length);
            if (header.BitDepth < 8)
            {
                PackedSamples.Pack(pixels, header.BitDepth, scanline);
            }
            else
            {
                pixels.CopyTo(scanline);
            }
        }

        return data;
    }

    /// <summary>Each line with the filter whose output, read as signed bytes, has the smallest sum of absolute values: best for photos.</summary>
    /// <param name="raster">8 bits a sample.</param>
    public static byte[] Adaptive(PngRaster raster)
    {
        PngHeader header = raster.Header;
        int stride = header.BytesPerPixel;
        int length = header.Width * stride;
        byte[] data = new byte[checked((length + 1) * header.Height)];
        byte[] above = new byte[stride + length];
        byte[] line = new byte[stride + length];
        byte[] candidate = new byte[length];
        for (int y = 0; y < header.Height; y++)
        {
            raster.Pixels.AsSpan(y * length, length).CopyTo(line.AsSpan(stride));
            Span<byte> output = data.AsSpan(y * (length + 1), length + 1);
            long best = long.MaxValue;
            for (byte filter = 0; filter < PngFilter.Count; filter++)
            {
                PngFilter.Apply(filter, line, above, stride, candidate);
                long sum = SumOfMagnitudes(candidate);
                if (sum < best)
                {
                    best = sum;
                    output[0] = filter;
                    candidate.CopyTo(output[1..]);
                }
            }

            (above, line) = (line, above);
        }

        return data;
    }

    private static long SumOfMagnitudes(ReadOnlySpan<byte> bytes)
    {
        long sum = 0;
        int i = 0;
        for (; i <= bytes.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector<byte> part = new(bytes[i..]);
            Vector.Widen(Vector.Min(part, Vector<byte>.Zero - part), out Vector<ushort> low, out Vector<ushort> high);
            sum += Vector.Sum(low + high);
        }

        for (; i < bytes.Length; i++)
        {
            sum += Math.Min(bytes[i], 256 - bytes[i]);
        }

        return sum;
    }
}
