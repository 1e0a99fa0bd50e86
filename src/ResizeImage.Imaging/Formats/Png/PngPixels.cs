using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>Converts stored pixels of a PNG to a <see cref="PixelLayout"/>.</summary>
/// <param name="pixels">Whole pixels of <see cref="PngHeader.BytesPerPixel"/> bytes.</param>
/// <param name="row">Receives as many pixels of the layout.</param>
internal delegate void PngConversion(ReadOnlySpan<byte> pixels, Span<byte> row);

/// <summary>The conversions from stored pixels (PNG 6.1 and 11.3.1.1) to the engine's layouts. They never round a sample.</summary>
internal static class PngPixels
{
    /// <summary>Chooses the conversion and its output layout.</summary>
    /// <param name="header">How pixels are stored.</param>
    /// <param name="palette">Data of PLTE for indexed images, else empty.</param>
    /// <param name="transparency">Data of tRNS, of a length that suits the color type; null if there is none.</param>
    public static (PngConversion Convert, PixelLayout Layout) ConversionFor(PngHeader header, byte[] palette, byte[]? transparency) =>
        TableFor(header, palette, transparency) is { } table
            ? (table.Convert, table.Layout)
            : (DirectConversion(header, transparency), DirectLayout(header, transparency is not null));

    /// <summary>Alpha if the image can be transparent, 16 bits if its samples have them.</summary>
    private static PixelLayout DirectLayout(PngHeader header, bool hasTransparency)
    {
        bool isDeep = header.BitDepth == 16;
        if (hasTransparency || header.ColorType is PngColorType.GrayscaleAlpha or PngColorType.TruecolorAlpha)
        {
            return isDeep ? PixelLayout.Rgba16 : PixelLayout.Rgba8;
        }

        return header.ColorType == PngColorType.Grayscale
            ? isDeep ? PixelLayout.Gray16 : PixelLayout.Gray8
            : isDeep ? PixelLayout.Rgb16 : PixelLayout.Rgb8;
    }

    /// <summary>The colors of palette indices, or of gray levels if one level is transparent; null for pixels that need no table.</summary>
    private static ColorTable? TableFor(PngHeader header, byte[] palette, byte[]? transparency) =>
        (header.ColorType, header.BitDepth, transparency) switch
        {
            (PngColorType.Indexed, _, null) => ColorTable.Opaque(palette),
            (PngColorType.Indexed, _, not null) => ColorTable.WithAlpha(palette, transparency),
            (PngColorType.Grayscale, < 16, not null) =>
                ColorTable.WithAlpha(Grays(header.BitDepth), Samples(transparency, header.BitDepth)[0]),
            _ => null,
        };

    /// <summary>R, G, B of the levels of a gray image, scaled to 8 bits.</summary>
    private static byte[] Grays(int bits)
    {
        byte[] colors = new byte[3 << bits];
        for (int i = 0; i < colors.Length; i++)
        {
            colors[i] = (byte)(i / 3 * PackedSamples.GrayScale(bits));
        }

        return colors;
    }

    private static PngConversion DirectConversion(PngHeader header, byte[]? transparency) =>
        (header.ColorType, header.BitDepth, transparency) switch
        {
            (PngColorType.Grayscale, 16, not null) => KeyedGray16(Samples(transparency, 16)[0]),
            (PngColorType.Grayscale, < 8, null) => ScaledGray(PackedSamples.GrayScale(header.BitDepth)),
            (PngColorType.GrayscaleAlpha, 8, _) => GrayAlpha8,
            (PngColorType.GrayscaleAlpha, _, _) => GrayAlpha16,
            (PngColorType.Truecolor, 8, not null) => KeyedRgb8(Samples(transparency, 8)),
            (PngColorType.Truecolor, _, not null) => KeyedRgb16(Samples(transparency, 16)),
            (_, 16, _) => Swap,
            _ => Copy,
        };

    /// <summary>The samples of tRNS. PNG 11.3.1.1: ignore bits above the image's depth.</summary>
    private static ushort[] Samples(byte[] transparency, int bits)
    {
        ushort[] samples = new ushort[transparency.Length / 2];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (ushort)(Sample16(transparency, 2 * i) & ((1 << bits) - 1));
        }

        return samples;
    }

    private static ushort Sample16(ReadOnlySpan<byte> pixels, int offset) => BinaryPrimitives.ReadUInt16BigEndian(pixels[offset..]);

    private static void Copy(ReadOnlySpan<byte> pixels, Span<byte> row) => pixels.CopyTo(row);

    private static void Swap(ReadOnlySpan<byte> pixels, Span<byte> row)
    {
        if (BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ushort>(pixels), MemoryMarshal.Cast<byte, ushort>(row));
        }
        else
        {
            pixels.CopyTo(row);
        }
    }

    private static PngConversion ScaledGray(int factor) => (pixels, row) =>
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            row[i] = (byte)(pixels[i] * factor);
        }
    };

    private static void GrayAlpha8(ReadOnlySpan<byte> pixels, Span<byte> row)
    {
        // Alpha in the highest byte, above three times gray. This needs a little-endian machine, as all are that .NET runs Lambda on.
        ReadOnlySpan<ushort> from = MemoryMarshal.Cast<byte, ushort>(pixels);
        Span<uint> to = MemoryMarshal.Cast<byte, uint>(row)[..from.Length];
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= from.Length - Vector128<uint>.Count; i += Vector128<uint>.Count)
            {
                Vector128<byte> four = Vector128.CreateScalarUnsafe(BinaryPrimitives.ReadUInt64LittleEndian(pixels[(2 * i)..])).AsByte();
                Vector128.Shuffle(four, Vector128.Create((byte)0, 0, 0, 1, 2, 2, 2, 3, 4, 4, 4, 5, 6, 6, 6, 7)).AsUInt32().CopyTo(to[i..]);
            }
        }

        for (; i < from.Length; i++)
        {
            to[i] = ((byte)from[i] * 0x010101u) | ((uint)(from[i] >> 8) << 24);
        }
    }

    private static void GrayAlpha16(ReadOnlySpan<byte> pixels, Span<byte> row)
    {
        Span<ushort> samples = MemoryMarshal.Cast<byte, ushort>(row);
        for (; pixels.Length >= 4; pixels = pixels[4..], samples = samples[4..])
        {
            ushort gray = Sample16(pixels, 0);
            (samples[0], samples[1], samples[2], samples[3]) = (gray, gray, gray, Sample16(pixels, 2));
        }
    }

    private static PngConversion KeyedGray16(ushort key) => (pixels, row) =>
    {
        Span<ushort> samples = MemoryMarshal.Cast<byte, ushort>(row);
        for (; pixels.Length >= 2; pixels = pixels[2..], samples = samples[4..])
        {
            ushort gray = Sample16(pixels, 0);
            (samples[0], samples[1], samples[2], samples[3]) = (gray, gray, gray, gray == key ? (ushort)0 : ushort.MaxValue);
        }
    };

    private static PngConversion KeyedRgb8(ushort[] key) => (pixels, row) =>
    {
        for (; pixels.Length >= 3; pixels = pixels[3..], row = row[4..])
        {
            (row[0], row[1], row[2]) = (pixels[0], pixels[1], pixels[2]);
            row[3] = row[0] == key[0] && row[1] == key[1] && row[2] == key[2] ? (byte)0 : byte.MaxValue;
        }
    };

    private static PngConversion KeyedRgb16(ushort[] key) => (pixels, row) =>
    {
        Span<ushort> samples = MemoryMarshal.Cast<byte, ushort>(row);
        for (; pixels.Length >= 6; pixels = pixels[6..], samples = samples[4..])
        {
            (samples[0], samples[1], samples[2]) = (Sample16(pixels, 0), Sample16(pixels, 2), Sample16(pixels, 4));
            samples[3] = samples[..3].SequenceEqual(key) ? (ushort)0 : ushort.MaxValue;
        }
    };
}
