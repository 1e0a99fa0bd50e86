using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Resampling;

/// <summary>Converts a decoder's row to linear light: one float a pixel for gray, else four (R, G, B premultiplied, A).</summary>
internal static class LinearRow
{
    /// <summary>Each alpha as a fraction: a division for each pixel takes longer than the rest of it.</summary>
    private static readonly float[] Alphas = MakeAlphas();

    /// <summary>Floats of a pixel.</summary>
    public static int Channels(PixelLayout layout) => layout is PixelLayout.Gray8 or PixelLayout.Gray16 ? 1 : 4;

    /// <param name="row">Pixels of <paramref name="layout"/>.</param>
    /// <param name="layout">Layout of the row.</param>
    /// <param name="color">The meaning of samples. Its <see cref="ColorTransform.Matrix"/> is not applied here.</param>
    /// <param name="linear">Receives the floats.</param>
    public static void Convert(ReadOnlySpan<byte> row, PixelLayout layout, ColorTransform color, Span<float> linear)
    {
        if (layout.IsPlanar())
        {
            Planar(row, layout, color, linear);
            return;
        }

        if (color.Lut is { } lut && Channels(layout) == 4)
        {
            lut.Convert(row, layout, linear);
            return;
        }

        switch (layout)
        {
            case PixelLayout.Gray8:
                Gray(row, color.Curves.Red.FromByte, linear);
                break;
            case PixelLayout.Rgb8:
                Rgb(row, color, linear);
                break;
            case PixelLayout.Rgbx8:
                Rgbx(row, color, linear);
                break;
            case PixelLayout.Rgba8:
                Rgba(row, color, linear);
                break;
            case PixelLayout.Cmyk8:
                Cmyk(row, linear);
                break;
            case PixelLayout.Gray16:
                Gray16(MemoryMarshal.Cast<byte, ushort>(row), color.Curves.Red.FromUInt16, linear);
                break;
            case PixelLayout.Rgb16:
                Rgb16(MemoryMarshal.Cast<byte, ushort>(row), color, linear);
                break;
            default:
                Rgba16(MemoryMarshal.Cast<byte, ushort>(row), color, linear);
                break;
        }
    }

    /// <summary>Converts a row to light that can be averaged before a profile's tables are applied.</summary>
    /// <param name="row">Pixels of <paramref name="layout"/>.</param>
    /// <param name="layout">A layout of several channels.</param>
    /// <param name="color">Has tables.</param>
    /// <param name="light">Receives the floats.</param>
    public static void ToLight(ReadOnlySpan<byte> row, PixelLayout layout, ColorTransform color, Span<float> light)
    {
        if (layout.IsPlanar())
        {
            int width = row.Length / layout.BytesPerPixel();
            ByCodesOfRgb(row, width, color, color.Lut!.Light, light);
            Multiply(light, row[(3 * width)..]);
        }
        else
        {
            color.Lut!.Light.Convert(row, layout, light);
        }
    }

    private static void Gray(ReadOnlySpan<byte> row, ReadOnlySpan<float> table, Span<float> linear)
    {
        for (int i = 0; i < row.Length; i++)
        {
            linear[i] = table[row[i]];
        }
    }

    private static void Gray16(ReadOnlySpan<ushort> row, ReadOnlySpan<float> table, Span<float> linear)
    {
        for (int i = 0; i < row.Length; i++)
        {
            linear[i] = table[row[i]];
        }
    }

    private static void Rgb(ReadOnlySpan<byte> row, ColorTransform color, Span<float> linear)
    {
        // Tables of 256 elements need no bounds checks for bytes, a pixel is one store, and one load has the bytes of two pixels.
        ReadOnlySpan<float> red = color.Curves.Red.FromByte[..256];
        ReadOnlySpan<float> green = color.Curves.Green.FromByte[..256];
        ReadOnlySpan<float> blue = color.Curves.Blue.FromByte[..256];
        Span<Vector128<float>> output = MemoryMarshal.Cast<float, Vector128<float>>(linear)[..(row.Length / 3)];
        int o = 0;
        for (; o < output.Length - 2; o += 2)
        {
            ulong pixels = BinaryPrimitives.ReadUInt64LittleEndian(row.Slice(3 * o, sizeof(ulong)));
            output[o] = Vector128.Create(red[(byte)pixels], green[(byte)(pixels >> 8)], blue[(byte)(pixels >> 16)], 1f);
            output[o + 1] = Vector128.Create(red[(byte)(pixels >> 24)], green[(byte)(pixels >> 32)], blue[(byte)(pixels >> 40)], 1f);
        }

        for (; o < output.Length; o++)
        {
            ReadOnlySpan<byte> pixel = row.Slice(3 * o, 3);
            output[o] = Vector128.Create(red[pixel[0]], green[pixel[1]], blue[pixel[2]], 1f);
        }
    }

    private static void Rgbx(ReadOnlySpan<byte> row, ColorTransform color, Span<float> linear)
    {
        ReadOnlySpan<float> red = color.Curves.Red.FromByte[..256];
        ReadOnlySpan<float> green = color.Curves.Green.FromByte[..256];
        ReadOnlySpan<float> blue = color.Curves.Blue.FromByte[..256];
        ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(row);
        Span<Vector128<float>> output = MemoryMarshal.Cast<float, Vector128<float>>(linear)[..pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            // The order R, G, B of bytes in memory needs a little-endian machine, as all are that .NET runs Lambda on.
            uint pixel = pixels[i];
            output[i] = Vector128.Create(red[(byte)pixel], green[(byte)(pixel >> 8)], blue[(byte)(pixel >> 16)], 1f);
        }
    }

    private static void Planar(ReadOnlySpan<byte> row, PixelLayout layout, ColorTransform color, Span<float> linear)
    {
        int width = row.Length / layout.BytesPerPixel();
        if (color.HasSrgbCurves)
        {
            YCbCrToLinear.Convert(color.YCbCr, row[..width], row.Slice(width, width), row.Slice(2 * width, width), linear);
        }
        else
        {
            ByCodesOfRgb(row, width, color, null, linear);
        }

        Multiply(linear, row[(3 * width)..]);
    }

    /// <summary>Multiplies opaque pixels by alpha.</summary>
    /// <param name="pixels">Four floats each.</param>
    /// <param name="alphas">One for each pixel; empty if they stay opaque.</param>
    private static void Multiply(Span<float> pixels, ReadOnlySpan<byte> alphas)
    {
        ReadOnlySpan<float> fractions = Alphas.AsSpan(0, 256);
        Span<Vector128<float>> vectors = MemoryMarshal.Cast<float, Vector128<float>>(pixels);
        for (int i = 0; i < alphas.Length; i++)
        {
            vectors[i] *= fractions[alphas[i]];
        }
    }

    /// <summary>Converts planes of YCbCr over R, G and B, rounded as in every decoder, a part of the row at a time.</summary>
    private static void ByCodesOfRgb(ReadOnlySpan<byte> row, int width, ColorTransform color, LutLight? light, Span<float> floats)
    {
        const int Part = 512;
        Span<byte> rgbx = stackalloc byte[4 * Part];
        for (int x = 0; x < width; x += Part)
        {
            int count = Math.Min(Part, width - x);
            YCbCrToRgb.Convert(color.YCbCr, row.Slice(x, count), row.Slice(width + x, count), row.Slice((2 * width) + x, count), rgbx);
            if (light is null)
            {
                Convert(rgbx[..(4 * count)], PixelLayout.Rgbx8, color, floats[(4 * x)..]);
            }
            else
            {
                light.Convert(rgbx[..(4 * count)], PixelLayout.Rgbx8, floats[(4 * x)..]);
            }
        }
    }

    /// <summary>Converts inks without a profile: R is the light that C and K together let through, as in most programs.</summary>
    private static void Cmyk(ReadOnlySpan<byte> row, Span<float> linear)
    {
        ReadOnlySpan<float> table = SrgbTransfer.FromByte;
        for (int i = 0; i + 3 < row.Length; i += 4)
        {
            int light = 255 - row[i + 3];
            linear[i] = table[Through(row[i], light)];
            linear[i + 1] = table[Through(row[i + 1], light)];
            linear[i + 2] = table[Through(row[i + 2], light)];
            linear[i + 3] = 1;
        }

        static int Through(int ink, int light) => (((255 - ink) * light) + 127) / 255;
    }

    private static void Rgb16(ReadOnlySpan<ushort> row, ColorTransform color, Span<float> linear)
    {
        ReadOnlySpan<float> red = color.Curves.Red.FromUInt16;
        ReadOnlySpan<float> green = color.Curves.Green.FromUInt16;
        ReadOnlySpan<float> blue = color.Curves.Blue.FromUInt16;
        for (int i = 0, o = 0; i + 2 < row.Length; i += 3, o += 4)
        {
            linear[o] = red[row[i]];
            linear[o + 1] = green[row[i + 1]];
            linear[o + 2] = blue[row[i + 2]];
            linear[o + 3] = 1;
        }
    }

    private static void Rgba(ReadOnlySpan<byte> row, ColorTransform color, Span<float> linear)
    {
        ReadOnlySpan<float> red = color.Curves.Red.FromByte[..256];
        ReadOnlySpan<float> green = color.Curves.Green.FromByte[..256];
        ReadOnlySpan<float> blue = color.Curves.Blue.FromByte[..256];
        ReadOnlySpan<float> alphas = Alphas.AsSpan(0, 256);
        ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(row);
        Span<Vector128<float>> output = MemoryMarshal.Cast<float, Vector128<float>>(linear)[..pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            uint pixel = pixels[i];
            output[i] = Vector128.Create(red[(byte)pixel], green[(byte)(pixel >> 8)], blue[(byte)(pixel >> 16)], 1f) * alphas[(int)(pixel >> 24)];
        }
    }

    private static void Rgba16(ReadOnlySpan<ushort> row, ColorTransform color, Span<float> linear)
    {
        ReadOnlySpan<float> red = color.Curves.Red.FromUInt16;
        ReadOnlySpan<float> green = color.Curves.Green.FromUInt16;
        ReadOnlySpan<float> blue = color.Curves.Blue.FromUInt16;
        for (int i = 0; i + 3 < row.Length; i += 4)
        {
            float alpha = row[i + 3] / 65535f;
            linear[i] = red[row[i]] * alpha;
            linear[i + 1] = green[row[i + 1]] * alpha;
            linear[i + 2] = blue[row[i + 2]] * alpha;
            linear[i + 3] = alpha;
        }
    }

    private static float[] MakeAlphas()
    {
        float[] alphas = new float[256];
        for (int i = 0; i < alphas.Length; i++)
        {
            alphas[i] = i / 255f;
        }

        return alphas;
    }
}
