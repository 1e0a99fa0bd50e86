using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>The quantized coefficients of one component to encode.</summary>
/// <param name="Factor">Both sampling factors, 1 or 2.</param>
/// <param name="Table">Number of its quantization and Huffman tables: 0 for Y, 1 for Cb and Cr.</param>
/// <param name="BlocksPerRow">Blocks per row, without the padding of MCUs.</param>
/// <param name="BlockRows">Rows of blocks, without the padding of MCUs.</param>
/// <param name="Coefficients">64 per block, in zig-zag order.</param>
internal sealed record EncoderComponent(int Factor, int Table, int BlocksPerRow, int BlockRows, short[] Coefficients)
{
    /// <summary>The 64 coefficients of a block; blocks are numbered row by row.</summary>
    public ReadOnlySpan<short> Block(int index) => Coefficients.AsSpan(64 * index, 64);
}

/// <summary>Converts pixels to quantized coefficients: color, chroma subsampling, forward DCT, quantization.</summary>
internal static class ForwardTransform
{
    /// <param name="bitmap">1 or 3 channels.</param>
    /// <param name="chromaShift">1 to halve the resolution of Cb and Cr, 0 to keep it.</param>
    /// <param name="luminance">64 quantization steps for Y, in rows.</param>
    /// <param name="chrominance">64 quantization steps for Cb and Cr, in rows.</param>
    public static EncoderComponent[] Run(Bitmap bitmap, int chromaShift, byte[] luminance, byte[] chrominance)
    {
        byte[][] planes = Planes(bitmap);
        var components = new EncoderComponent[planes.Length];
        for (int i = 0; i < planes.Length; i++)
        {
            int shift = i > 0 ? chromaShift : 0;
            byte[] plane = shift == 1 ? Halve(planes[i], bitmap.Width, bitmap.Height) : planes[i];
            int width = (bitmap.Width + shift) >> shift;
            int height = (bitmap.Height + shift) >> shift;
            short[] coefficients = TransformPlane(plane, width, height, i == 0 ? luminance : chrominance);
            int factor = i == 0 && planes.Length > 1 ? 1 << chromaShift : 1;
            components[i] = new EncoderComponent(factor, Math.Min(i, 1), (width + 7) / 8, (height + 7) / 8, coefficients);
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

    /// <summary>Averages 2×2 samples; the rounding alternates between up and down so that it does not shift the color.</summary>
    private static byte[] Halve(byte[] plane, int width, int height)
    {
        byte[] half = Uncleared<byte>((width + 1) / 2 * ((height + 1) / 2));
        int target = 0;
        for (int y = 0; y < height; y += 2)
        {
            int upper = y * width;
            int lower = Math.Min(y + 1, height - 1) * width;
            for (int x = 0; x < width; x += 2, target++)
            {
                int right = Math.Min(x + 1, width - 1);
                int sum = plane[upper + x] + plane[upper + right] + plane[lower + x] + plane[lower + right];
                half[target] = (byte)((sum + 1 + ((x >> 1) & 1)) >> 2);
            }
        }

        return half;
    }

    /// <summary>Transforms and quantizes a plane; repeats the outermost samples to fill whole blocks.</summary>
    private static short[] TransformPlane(byte[] plane, int width, int height, byte[] steps)
    {
        short[] coefficients = Uncleared<short>((width + 7) / 8 * ((height + 7) / 8) * 64);
        Span<int> block = stackalloc int[64];
        Quantizer[] quantizers = ZigZagQuantizers(steps);
        int target = 0;
        for (int top = 0; top < height; top += 8)
        {
            for (int left = 0; left < width; left += 8, target += 64)
            {
                LoadBlock(plane, width, height, left, top, block);
                ForwardDct.Transform(block);
                Span<short> quantized = coefficients.AsSpan(target, 64);
                for (int k = 0; k < quantized.Length; k++)
                {
                    quantized[k] = quantizers[k].Quantize(block[ZigZag.NaturalOrder[k]]);
                }
            }
        }

        return coefficients;
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
