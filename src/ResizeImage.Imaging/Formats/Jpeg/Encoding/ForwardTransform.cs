using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>The quantized coefficients of one component to encode.</summary>
/// <param name="Table">Number of its quantization and Huffman tables: 0 for Y, 1 for Cb and Cr.</param>
/// <param name="Blocks">Number of blocks, the same for all components: color keeps its full resolution.</param>
/// <param name="Coefficients">64 per block, in zig-zag order.</param>
internal sealed record EncoderComponent(int Table, int Blocks, short[] Coefficients)
{
    /// <summary>The coefficients before quantization, times 8, in the same order.</summary>
    public required short[] Transformed { get; init; }

    /// <summary>64 quantization steps, in rows.</summary>
    public required byte[] Steps { get; init; }

    /// <summary>The 64 coefficients of a block; blocks are numbered row by row.</summary>
    public ReadOnlySpan<short> Block(int index) => Coefficients.AsSpan(64 * index, 64);
}

/// <summary>Converts pixels to quantized coefficients: color, forward DCT, quantization.</summary>
internal static class ForwardTransform
{
    /// <param name="bitmap">1 or 3 channels.</param>
    /// <param name="luminance">64 quantization steps for Y, in rows.</param>
    /// <param name="chrominance">64 quantization steps for Cb and Cr, in rows.</param>
    public static EncoderComponent[] Run(Bitmap bitmap, byte[] luminance, byte[] chrominance)
    {
        byte[][] planes = Planes(bitmap);
        var components = new EncoderComponent[planes.Length];
        for (int i = 0; i < planes.Length; i++)
        {
            components[i] = TransformPlane(planes[i], bitmap.Width, bitmap.Height, Math.Min(i, 1), i == 0 ? luminance : chrominance);
        }

        return components;
    }

    /// <summary>The planes Y, or Y, Cb and Cr (JFIF 1.02 page 3).</summary>
    private static byte[][] Planes(Bitmap bitmap)
    {
        if (bitmap.Channels == 1)
        {
            return [bitmap.Samples];
        }

        int pixels = bitmap.Width * bitmap.Height;
        byte[][] planes = [Uncleared<byte>(pixels), Uncleared<byte>(pixels), Uncleared<byte>(pixels)];
        Span<byte> luma = planes[0].AsSpan(0, pixels);
        Span<byte> blue = planes[1].AsSpan(0, pixels);
        Span<byte> red = planes[2].AsSpan(0, pixels);
        ReadOnlySpan<byte> samples = bitmap.Samples;
        for (int i = 0; i < luma.Length; i++)
        {
            ReadOnlySpan<byte> pixel = samples.Slice(3 * i, 3);
            int r = pixel[0];
            int g = pixel[1];
            int b = pixel[2];

            // 16 fractional bits; the constants of each line add up to 65536 or 0.
            luma[i] = (byte)(((19595 * r) + (38470 * g) + (7471 * b) + 32768) >> 16);
            blue[i] = (byte)(((-11059 * r) - (21709 * g) + (32768 * b) + (128 << 16) + 32767) >> 16);
            red[i] = (byte)(((32768 * r) - (27439 * g) - (5329 * b) + (128 << 16) + 32767) >> 16);
        }

        return planes;
    }

    /// <summary>Transforms and quantizes a plane; repeats the outermost samples to fill whole blocks.</summary>
    private static EncoderComponent TransformPlane(byte[] plane, int width, int height, int table, byte[] steps)
    {
        int blocks = JpegFrame.CeilDiv(width, 8) * JpegFrame.CeilDiv(height, 8);
        short[] transformed = Uncleared<short>(64 * blocks);
        short[] coefficients = Uncleared<short>(transformed.Length);
        Span<int> block = stackalloc int[64];
        Quantizer[] quantizers = ZigZagQuantizers(steps);
        int target = 0;
        for (int top = 0; top < height; top += 8)
        {
            for (int left = 0; left < width; left += 8, target += 64)
            {
                LoadBlock(plane, width, height, left, top, block);
                ForwardDct.Transform(block);
                Span<short> exact = transformed.AsSpan(target, 64);
                Span<short> quantized = coefficients.AsSpan(target, 64);
                for (int k = 0; k < quantized.Length; k++)
                {
                    int value = block[ZigZag.NaturalOrder[k]];
                    exact[k] = (short)value;
                    quantized[k] = quantizers[k].Quantize(value);
                }
            }
        }

        return new EncoderComponent(table, blocks, coefficients) { Transformed = transformed, Steps = steps };
    }

    /// <summary>Loads 64 samples minus 128, in columns; repeats the outermost samples beyond the plane.</summary>
    private static void LoadBlock(byte[] plane, int width, int height, int left, int top, Span<int> block)
    {
        block = block[..64];
        Span<byte> repeated = stackalloc byte[8];
        for (int y = 0; y < 8; y++)
        {
            scoped ReadOnlySpan<byte> row = plane.AsSpan(Math.Min(top + y, height - 1) * width, width)[left..];
            if (row.Length < 8)
            {
                repeated.Fill(row[^1]);
                row.CopyTo(repeated);
                row = repeated;
            }

            row = row[..8];
            for (int x = 0; x < row.Length; x++)
            {
                block[(8 * x) + y] = row[x] - 128;
            }
        }
    }

    /// <summary>An array that the caller writes in full.</summary>
    private static T[] Uncleared<T>(int length) => GC.AllocateUninitializedArray<T>(length);

    private static Quantizer[] ZigZagQuantizers(byte[] steps)
    {
        var quantizers = new Quantizer[64];
        for (int k = 0; k < quantizers.Length; k++)
        {
            quantizers[k] = new Quantizer(8 * steps[ZigZag.NaturalOrder[k]]);
        }

        return quantizers;
    }

    /// <summary>
    /// Division, rounded to nearest with halves away from zero, by multiplication with the reciprocal. It is exact for all dividends below 2^16
    /// because the reciprocal is too large by less than 2^-32.
    /// </summary>
    private readonly struct Quantizer(int step)
    {
        private readonly ulong _reciprocal = ((1UL << 32) / (uint)step) + 1;
        private readonly int _half = step >> 1;

        public short Quantize(int value)
        {
            int sign = value >> 31;
            uint magnitude = (uint)(((value ^ sign) - sign) + _half);
            return (short)(((int)((magnitude * _reciprocal) >> 32) ^ sign) - sign);
        }
    }
}
