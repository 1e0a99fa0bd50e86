using ResizeImage.Imaging.Formats.Bmp;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Tga;

/// <summary>The conversions from stored pixels, and whether alpha is used.</summary>
internal static class TgaPixels
{
    private const uint Alpha16 = 0x8000;
    private const uint Alpha32 = 0xFF000000;

    /// <summary>Chooses the conversion.</summary>
    /// <param name="header">The file's header.</param>
    /// <param name="map">The color map; null if pixels are not indices.</param>
    /// <param name="rows">The stored rows, at least one.</param>
    /// <param name="attributes">See <see cref="TgaFooter"/>.</param>
    /// <param name="work">Checks the search for alpha.</param>
    public static (PixelLayout Layout, BmpConversion Convert) ConversionFor(
        TgaHeader header, ColorTable? map, BmpRows rows, TgaAttributes? attributes, WorkMeter work)
    {
        switch (header.Kind)
        {
            case TgaKind.Indexed:
                return (map!.Layout, BmpPixels.ConversionFor(8, map, width: 0));
            case TgaKind.Gray:
                return (PixelLayout.Gray8, static (pixels, first, row) => pixels.Slice(first, row.Length).CopyTo(row));
            case TgaKind.GrayAlpha:
                return IsAlpha(header, attributes)
                    ? (PixelLayout.Rgba8, FromGrayAlpha)
                    : (PixelLayout.Gray8, FromGrayOnly);
        }

        int bits = header.PixelBytes * 8;
        BmpMasks masks = BmpMasks.Default(bits);
        BmpMasks withAlpha = masks with { Alpha = header.BitsPerPixel switch { 32 => Alpha32, 16 => Alpha16, _ => 0 } };
        bool alpha = withAlpha.Alpha != 0 && IsAlpha(header, attributes) && BmpAlpha.IsUsed(bits, withAlpha, rows, work);
        BmpConversion convert = BmpPixels.ConversionFor(bits, alpha ? withAlpha : masks);
        return !alpha ? (PixelLayout.Rgbx8, convert)
            : attributes == TgaAttributes.Premultiplied ? (PixelLayout.Rgba8, Straight(convert))
            : (PixelLayout.Rgba8, convert);
    }

    /// <summary>The colors of the map.</summary>
    /// <param name="header">The header of an indexed image.</param>
    /// <param name="entries">The map's bytes; fewer if the file is truncated.</param>
    public static ColorTable Map(TgaHeader header, ReadOnlySpan<byte> entries)
    {
        int size = header.MapEntryBytes;
        int count = entries.Length / size;
        BmpMasks masks = BmpMasks.Default(size * 8);
        masks = header.MapBits == 32 ? masks with { Alpha = Alpha32 } : masks;
        byte[] rgba = new byte[4 * count];
        BmpPixels.ConversionFor(size * 8, masks)(entries, 0, rgba);
        byte[] colors = new byte[3 * (header.MapFirst + count)];
        byte[] alphas = new byte[header.MapFirst + count];
        bool isUsed = false;
        for (int i = 0; i < count; i++)
        {
            rgba.AsSpan(4 * i, 3).CopyTo(colors.AsSpan(3 * (header.MapFirst + i)));
            alphas[header.MapFirst + i] = rgba[(4 * i) + 3];
            isUsed |= masks.Alpha != 0 && rgba[(4 * i) + 3] != 0;
        }

        return isUsed ? ColorTable.WithAlpha(colors, alphas) : ColorTable.Opaque(colors);
    }

    /// <summary>
    /// The extension area decides. Without one, and where it contradicts the header, 32 bits have alpha whatever the attribute bits say, as in
    /// GIMP and Pillow, and 16 bits of color only if there is an attribute bit.
    /// </summary>
    private static bool IsAlpha(TgaHeader header, TgaAttributes? attributes) => attributes switch
    {
        TgaAttributes.Alpha or TgaAttributes.Premultiplied => true,
        TgaAttributes.Ignored or TgaAttributes.Retained => false,
        TgaAttributes.None when header.AlphaBits == 0 => false,
        _ => header.Kind == TgaKind.GrayAlpha || header.BitsPerPixel == 32 || header.AlphaBits == 1,
    };

    private static void FromGrayAlpha(ReadOnlySpan<byte> pixels, int first, Span<byte> row)
    {
        ReadOnlySpan<byte> from = pixels[(2 * first)..];
        for (Span<byte> to = row; to.Length >= 4; from = from[2..], to = to[4..])
        {
            (to[0], to[1], to[2], to[3]) = (from[0], from[0], from[0], from[1]);
        }
    }

    private static void FromGrayOnly(ReadOnlySpan<byte> pixels, int first, Span<byte> row)
    {
        ReadOnlySpan<byte> from = pixels.Slice(2 * first, 2 * row.Length);
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = from[2 * i];
        }
    }

    /// <summary>Divides the colors by alpha, rounded.</summary>
    private static BmpConversion Straight(BmpConversion convert) => (pixels, first, row) =>
    {
        convert(pixels, first, row);
        for (Span<byte> pixel = row; pixel.Length >= 4; pixel = pixel[4..])
        {
            int alpha = pixel[3];
            if (alpha is > 0 and < 255)
            {
                for (int i = 0; i < 3; i++)
                {
                    pixel[i] = (byte)Math.Min(255, ((pixel[i] * 255) + (alpha / 2)) / alpha);
                }
            }
        }
    };
}
