using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>The quantized coefficients of one component to encode.</summary>
/// <param name="Table">Number of its quantization and Huffman tables: 0 for Y, 1 for Cb and Cr.</param>
/// <param name="Blocks">Number of blocks, the same for all components: color keeps its full resolution.</param>
/// <param name="Coefficients">64 per block, in zig-zag order.</param>
internal sealed record EncoderComponent(int Table, int Blocks, short[] Coefficients)
{
    /// <summary>The coefficients before quantization, times 8: 64 per block, in rows.</summary>
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
        byte[][] planes = YCbCrPlanes.Of(bitmap);
        var components = new EncoderComponent[planes.Length];
        for (int i = 0; i < planes.Length; i++)
        {
            components[i] = TransformPlane(planes[i], bitmap.Width, bitmap.Height, Math.Min(i, 1), i == 0 ? luminance : chrominance);
        }

        return components;
    }

    /// <summary>Transforms and quantizes a plane; repeats the outermost samples to fill whole blocks.</summary>
    private static EncoderComponent TransformPlane(byte[] plane, int width, int height, int table, byte[] steps)
    {
        int blocks = JpegFrame.CeilDiv(width, 8) * JpegFrame.CeilDiv(height, 8);
        short[] transformed = GC.AllocateUninitializedArray<short>(64 * blocks);
        short[] coefficients = new short[transformed.Length];
        Span<int> block = stackalloc int[64];
        Span<float> reciprocals = stackalloc float[64];
        Reciprocals(steps, reciprocals);
        int target = 0;
        for (int top = 0; top < height; top += 8)
        {
            for (int left = 0; left < width; left += 8, target += 64)
            {
                LoadBlock(plane, width, height, left, top, block);
                ForwardDct.Transform(block);
                Quantize(block, reciprocals, transformed.AsSpan(target, 64), coefficients.AsSpan(target, 64));
            }
        }

        return new EncoderComponent(table, blocks, coefficients) { Transformed = transformed, Steps = steps };
    }

    /// <summary>Loads 64 samples minus 128, in rows; repeats the outermost samples beyond the plane.</summary>
    private static void LoadBlock(byte[] plane, int width, int height, int left, int top, Span<int> block)
    {
        Span<Vector256<int>> rows = MemoryMarshal.Cast<int, Vector256<int>>(block)[..8];
        Span<byte> repeated = stackalloc byte[8];
        for (int y = 0; y < rows.Length; y++)
        {
            scoped ReadOnlySpan<byte> row = plane.AsSpan(Math.Min(top + y, height - 1) * width, width)[left..];
            if (row.Length < 8)
            {
                repeated.Fill(row[^1]);
                row.CopyTo(repeated);
                row = repeated;
            }

            Vector128<ushort> samples = Vector128.WidenLower(Vector128.CreateScalar(BinaryPrimitives.ReadUInt64LittleEndian(row)).AsByte());
            rows[y] = Vector256.Create(Vector128.WidenLower(samples), Vector128.WidenUpper(samples)).AsInt32() - Vector256.Create(128);
        }
    }

    /// <summary>Divides by the steps, rounded to nearest with halves away from zero.</summary>
    /// <param name="block">64 coefficients times 8, in rows.</param>
    /// <param name="reciprocals">What <see cref="Reciprocals"/> gives.</param>
    /// <param name="exact">Receives the coefficients times 8, in rows.</param>
    /// <param name="quantized">64 zeros; receives the quantized coefficients in zig-zag order.</param>
    private static void Quantize(ReadOnlySpan<int> block, ReadOnlySpan<float> reciprocals, Span<short> exact, Span<short> quantized)
    {
        // Adding 2^23 rounds a float below it to an integer, which is then in the lowest bits.
        var rounding = Vector256.Create((float)(1 << 23));
        Span<short> rows = stackalloc short[64];
        for (int i = 0; i < rows.Length; i += 8)
        {
            Vector256<int> values = Vector256.Create(block.Slice(i, 8));
            Vector256<int> signs = values >> 31;
            Vector256<float> quotients = Vector256.ConvertToSingle((values ^ signs) - signs) * Vector256.Create(reciprocals.Slice(i, 8));
            Vector256<int> rounded = (quotients + rounding).AsInt32() - rounding.AsInt32();
            rounded = (rounded ^ signs) - signs;
            Vector128.Narrow(rounded.GetLower(), rounded.GetUpper()).CopyTo(rows[i..]);
            Vector128.Narrow(values.GetLower(), values.GetUpper()).CopyTo(exact[i..]);
        }

        // Most are 0, so only the others are moved to their place.
        quantized = quantized[..64];
        for (ulong nonZero = EncoderScan.NonZero(rows); nonZero != 0; nonZero &= nonZero - 1)
        {
            int i = BitOperations.TrailingZeroCount(nonZero) & 63;
            quantized[ZigZag.Position[i] & 63] = rows[i];
        }
    }

    /// <summary>
    /// The reciprocals of 8 steps, too large by the factor 1 + 2^-21. So the product of a half is above the half and is rounded up, as in exact
    /// division with halves away from zero. No other product crosses a half: a dividend below 2^16 is at least 1 from twice
    /// a multiple of the step, and the product moves by less than that.
    /// </summary>
    private static void Reciprocals(byte[] steps, Span<float> reciprocals)
    {
        for (int i = 0; i < reciprocals.Length; i++)
        {
            reciprocals[i] = (float)((1 + (1.0 / (1 << 21))) / (8 * steps[i]));
        }
    }
}
