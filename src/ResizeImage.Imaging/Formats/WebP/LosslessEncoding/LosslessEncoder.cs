using ResizeImage.Imaging.Formats.Deflate;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Encodes images of at most 256 colors without loss (RFC 9649, 3), with the color indexing transform.</summary>
internal static class LosslessEncoder
{
    private const int MaxColors = 256;
    private const int ColorIndexing = 3;

    /// <summary>Encodes the payload of a VP8L chunk.</summary>
    /// <param name="bitmap">1, 3 or 4 channels. Fully transparent pixels become transparent black.</param>
    /// <param name="work">Checked for each row.</param>
    /// <returns>Null if there are more than 256 colors.</returns>
    public static byte[]? TryEncode(Bitmap bitmap, WorkMeter? work)
    {
        uint[] pixels = PixelsOf(bitmap);
        uint[]? palette = PaletteOf(pixels);
        if (palette is null)
        {
            return null;
        }

        bool hasAlpha = Array.Exists(palette, color => color >> 24 != byte.MaxValue);
        DeflateBitWriter output = new();
        new Vp8LHeader(bitmap.Width, bitmap.Height, hasAlpha).Write(output);
        WriteIndexed(output, pixels, bitmap.Width, palette, work);
        output.Align();
        return output.Written.ToArray();
    }

    /// <summary>Writes an image without its header.</summary>
    /// <param name="output">Receives the bits.</param>
    /// <param name="pixels">Alpha, red, green, blue from the highest byte down, in reading order.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="work">Checked for each row.</param>
    public static void Write(DeflateBitWriter output, uint[] pixels, int width, WorkMeter? work)
    {
        if (PaletteOf(pixels) is uint[] palette && palette.Length <= 16)
        {
            WriteIndexed(output, pixels, width, palette, work);
            return;
        }

        output.Write(0, 1);
        new EntropyCodedImage(pixels, width, work).Write(output, isMain: true);
    }

    private static void WriteIndexed(DeflateBitWriter output, uint[] pixels, int width, uint[] palette, WorkMeter? work)
    {
        // One transform, its palette as differences, and no other one.
        output.Write(1, 1);
        output.Write(ColorIndexing, 2);
        output.Write((uint)palette.Length - 1, 8);
        uint[] differences = new uint[palette.Length];
        for (int i = 0; i < palette.Length; i++)
        {
            differences[i] = i == 0 ? palette[0] : Argb.Subtract(palette[i], palette[i - 1]);
        }

        new EntropyCodedImage(differences, palette.Length, work).Write(output, isMain: false);
        output.Write(0, 1);
        (uint[] bundles, int across) = Bundle(pixels, width, palette);
        new EntropyCodedImage(bundles, across, work).Write(output, isMain: true);
    }

    /// <summary>The indices of the palette in the green channel; with few colors, several share a pixel (RFC 9649, 3.5.4).</summary>
    private static (uint[] Bundles, int Across) Bundle(uint[] pixels, int width, uint[] palette)
    {
        int bundleBits = palette.Length > 16 ? 0 : palette.Length > 4 ? 1 : palette.Length > 2 ? 2 : 3;
        int indexBits = 8 >> bundleBits;
        int across = (width + (1 << bundleBits) - 1) >> bundleBits;
        uint[] bundles = new uint[across * (pixels.Length / width)];
        Array.Fill(bundles, Argb.OpaqueBlack);
        Dictionary<uint, uint> indices = [];
        for (int i = 0; i < palette.Length; i++)
        {
            indices[palette[i]] = (uint)i;
        }

        for (int i = 0; i < pixels.Length; i++)
        {
            int x = i % width;
            int shift = 8 + ((x & ((1 << bundleBits) - 1)) * indexBits);
            bundles[(i / width * across) + (x >> bundleBits)] |= indices[pixels[i]] << shift;
        }

        return (bundles, across);
    }

    /// <summary>The colors in ascending order; null if they are more than 256.</summary>
    private static uint[]? PaletteOf(uint[] pixels)
    {
        HashSet<uint> colors = [];
        uint last = ~pixels[0];
        foreach (uint pixel in pixels)
        {
            if (pixel != last && colors.Add(pixel) && colors.Count > MaxColors)
            {
                return null;
            }

            last = pixel;
        }

        uint[] palette = [.. colors];
        Array.Sort(palette);
        return palette;
    }

    private static uint[] PixelsOf(Bitmap bitmap)
    {
        int channels = bitmap.Channels;
        uint[] pixels = new uint[bitmap.Width * bitmap.Height];
        ReadOnlySpan<byte> samples = bitmap.Samples;
        for (int i = 0, at = 0; i < pixels.Length; i++, at += channels)
        {
            uint red = samples[at];
            uint green = channels == 1 ? red : samples[at + 1];
            uint blue = channels == 1 ? red : samples[at + 2];
            uint alpha = channels == 4 ? samples[at + 3] : byte.MaxValue;
            pixels[i] = alpha == 0 ? 0 : (alpha << 24) | (red << 16) | (green << 8) | blue;
        }

        return pixels;
    }
}
