using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Formats;

namespace ResizeImage.Imaging.Resampling;

/// <summary>Turns a decoder's row into linear light: one float a pixel for gray, else four (R, G, B premultiplied, A).</summary>
internal static class LinearRow
{
    /// <summary>Floats that a pixel takes.</summary>
    public static int Channels(PixelLayout layout) => layout is PixelLayout.Gray8 or PixelLayout.Gray16 ? 1 : 4;

    /// <param name="row">Pixels of <paramref name="layout"/>.</param>
    /// <param name="layout">How they lie.</param>
    /// <param name="linear">Where the floats go.</param>
    public static void Convert(ReadOnlySpan<byte> row, PixelLayout layout, Span<float> linear)
    {
        switch (layout)
        {
            case PixelLayout.Gray8:
                Gray(row, SrgbTransfer.FromByte, linear);
                break;
            case PixelLayout.Rgb8:
                Rgb(row, linear);
                break;
            case PixelLayout.Rgbx8:
                Rgbx(row, linear);
                break;
            case PixelLayout.YCbCr8:
                int width = row.Length / 3;
                YCbCrToLinear.Convert(row[..width], row.Slice(width, width), row[(2 * width)..], linear);
                break;
            case PixelLayout.Rgba8:
                Rgba(row, linear);
                break;
            case PixelLayout.Gray16:
                Gray16(MemoryMarshal.Cast<byte, ushort>(row), linear);
                break;
            case PixelLayout.Rgb16:
                Rgb16(MemoryMarshal.Cast<byte, ushort>(row), linear);
                break;
            default:
                Rgba16(MemoryMarshal.Cast<byte, ushort>(row), linear);
                break;
        }
    }

    private static void Gray(ReadOnlySpan<byte> row, ReadOnlySpan<float> table, Span<float> linear)
    {
        for (int i = 0; i < row.Length; i++)
        {
            linear[i] = table[row[i]];
        }
    }

    private static void Gray16(ReadOnlySpan<ushort> row, Span<float> linear)
    {
        ReadOnlySpan<float> table = SrgbTransfer.FromUInt16;
        for (int i = 0; i < row.Length; i++)
        {
            linear[i] = table[row[i]];
        }
    }

    private static void Rgb(ReadOnlySpan<byte> row, Span<float> linear)
    {
        ReadOnlySpan<float> table = SrgbTransfer.FromByte;
        for (int i = 0, o = 0; i + 2 < row.Length; i += 3, o += 4)
        {
            linear[o] = table[row[i]];
            linear[o + 1] = table[row[i + 1]];
            linear[o + 2] = table[row[i + 2]];
            linear[o + 3] = 1;
        }
    }

    private static void Rgbx(ReadOnlySpan<byte> row, Span<float> linear)
    {
        ReadOnlySpan<float> table = SrgbTransfer.FromByte[..256];
        ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(row);
        Span<Vector128<float>> output = MemoryMarshal.Cast<float, Vector128<float>>(linear)[..pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            // The bytes' order in memory is that of R, G, B on little-endian machines only; all that .NET runs Lambda on are.
            uint pixel = pixels[i];
            output[i] = Vector128.Create(table[(byte)pixel], table[(byte)(pixel >> 8)], table[(byte)(pixel >> 16)], 1f);
        }
    }

    private static void Rgb16(ReadOnlySpan<ushort> row, Span<float> linear)
    {
        ReadOnlySpan<float> table = SrgbTransfer.FromUInt16;
        for (int i = 0, o = 0; i + 2 < row.Length; i += 3, o += 4)
        {
            linear[o] = table[row[i]];
            linear[o + 1] = table[row[i + 1]];
            linear[o + 2] = table[row[i + 2]];
            linear[o + 3] = 1;
        }
    }

    private static void Rgba(ReadOnlySpan<byte> row, Span<float> linear)
    {
        ReadOnlySpan<float> table = SrgbTransfer.FromByte;
        for (int i = 0; i + 3 < row.Length; i += 4)
        {
            float alpha = row[i + 3] / 255f;
            linear[i] = table[row[i]] * alpha;
            linear[i + 1] = table[row[i + 1]] * alpha;
            linear[i + 2] = table[row[i + 2]] * alpha;
            linear[i + 3] = alpha;
        }
    }

    private static void Rgba16(ReadOnlySpan<ushort> row, Span<float> linear)
    {
        ReadOnlySpan<float> table = SrgbTransfer.FromUInt16;
        for (int i = 0; i + 3 < row.Length; i += 4)
        {
            float alpha = row[i + 3] / 65535f;
            linear[i] = table[row[i]] * alpha;
            linear[i + 1] = table[row[i + 1]] * alpha;
            linear[i + 2] = table[row[i + 2]] * alpha;
            linear[i + 3] = alpha;
        }
    }
}
