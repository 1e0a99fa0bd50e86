using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>Converts the pixels of a stored row to a <see cref="PixelLayout"/>.</summary>
/// <param name="pixels">The whole stored row.</param>
/// <param name="first">The first pixel of the window.</param>
/// <param name="row">Receives the window's pixels.</param>
internal delegate void BmpConversion(ReadOnlySpan<byte> pixels, int first, Span<byte> row);

/// <summary>The conversions from stored pixels.</summary>
internal static class BmpPixels
{
    private static readonly BmpMasks Bgra = BmpMasks.Default(32) with { Alpha = 0xFF000000 };

    /// <summary>Chooses the conversion.</summary>
    /// <param name="bitDepth">Bits of a stored pixel.</param>
    /// <param name="masks">The channels of 16 bits and more.</param>
    public static BmpConversion ConversionFor(int bitDepth, BmpMasks masks) => bitDepth switch
    {
        24 when masks == BmpMasks.Default(24) => FromBgr,
        32 when masks == BmpMasks.Default(32) || masks == Bgra => FromBgra,
        _ => FromMasks(masks, bitDepth / 8),
    };

    /// <summary>The conversion of indices.</summary>
    /// <param name="bitDepth">1, 2, 4 or 8.</param>
    /// <param name="colors">The color of each index.</param>
    /// <param name="width">Pixels of the window.</param>
    public static BmpConversion ConversionFor(int bitDepth, ColorTable colors, int width)
    {
        if (bitDepth == 8)
        {
            int size = colors.Layout.BytesPerPixel();
            return (pixels, first, row) => colors.Convert(pixels.Slice(first, row.Length / size), row);
        }

        byte[] indices = new byte[width];
        return (pixels, first, row) =>
        {
            PackedSamples.Unpack(pixels, bitDepth, first, indices);
            colors.Convert(indices, row);
        };
    }

    /// <summary>To <see cref="PixelLayout.Rgbx8"/>.</summary>
    private static void FromBgr(ReadOnlySpan<byte> pixels, int first, Span<byte> row)
    {
        ReadOnlySpan<byte> from = pixels[(3 * first)..];
        Span<byte> to = row;

        // Four pixels at once: 12 of the 16 bytes that are read.
        for (; from.Length >= 16 && to.Length >= 16; from = from[12..], to = to[16..])
        {
            Vector128<byte> bgr = Vector128.Create(from);
            Vector128.Shuffle(bgr, Vector128.Create((byte)2, 1, 0, 255, 5, 4, 3, 255, 8, 7, 6, 255, 11, 10, 9, 255)).CopyTo(to);
        }

        for (; to.Length >= 4; from = from[3..], to = to[4..])
        {
            (to[0], to[1], to[2]) = (from[2], from[1], from[0]);
        }
    }

    /// <summary>To <see cref="PixelLayout.Rgba8"/>, or to <see cref="PixelLayout.Rgbx8"/> if the last byte has no meaning.</summary>
    private static void FromBgra(ReadOnlySpan<byte> pixels, int first, Span<byte> row)
    {
        ReadOnlySpan<byte> from = pixels.Slice(4 * first, row.Length);
        Span<byte> to = row;
        for (; to.Length >= 16; from = from[16..], to = to[16..])
        {
            Vector128<byte> bgra = Vector128.Create(from);
            Vector128.Shuffle(bgra, Vector128.Create((byte)2, 1, 0, 3, 6, 5, 4, 7, 10, 9, 8, 11, 14, 13, 12, 15)).CopyTo(to);
        }

        for (; to.Length >= 4; from = from[4..], to = to[4..])
        {
            (to[0], to[1], to[2], to[3]) = (from[2], from[1], from[0], from[3]);
        }
    }

    /// <summary>To <see cref="PixelLayout.Rgba8"/>, or to <see cref="PixelLayout.Rgbx8"/> if alpha has no mask.</summary>
    private static BmpConversion FromMasks(BmpMasks masks, int size)
    {
        BmpChannel red = new(masks.Red);
        BmpChannel green = new(masks.Green);
        BmpChannel blue = new(masks.Blue);
        BmpChannel alpha = new(masks.Alpha);
        return (pixels, first, row) =>
        {
            ReadOnlySpan<byte> from = pixels[(size * first)..];
            for (Span<byte> to = row; to.Length >= 4; from = from[size..], to = to[4..])
            {
                uint pixel = size switch
                {
                    2 => BinaryPrimitives.ReadUInt16LittleEndian(from),
                    3 => BinaryPrimitives.ReadUInt16LittleEndian(from) | ((uint)from[2] << 16),
                    _ => BinaryPrimitives.ReadUInt32LittleEndian(from),
                };
                (to[0], to[1], to[2], to[3]) = (red.Of(pixel), green.Of(pixel), blue.Of(pixel), alpha.Of(pixel));
            }
        };
    }
}
