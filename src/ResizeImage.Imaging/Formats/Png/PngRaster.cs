using System.Runtime.InteropServices;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>An image as PNG stores it, before filtering.</summary>
/// <param name="Header">Not interlaced.</param>
/// <param name="Pixels">Pixels of <see cref="PngHeader.BytesPerPixel"/> bytes, not packed, rows from top to bottom.</param>
/// <param name="Palette">Data of PLTE; empty if not indexed.</param>
/// <param name="Alphas">Data of tRNS; empty if there is none.</param>
internal sealed record PngRaster(PngHeader Header, byte[] Pixels, byte[] Palette, byte[] Alphas)
{
    private const int MaxColors = 256;

    /// <summary>The image with as few channels as it needs: no alpha if all is opaque, no color if all is gray.</summary>
    public static PngRaster Direct(Bitmap bitmap)
    {
        (int channels, byte[] samples) = (bitmap.Channels, bitmap.Samples);
        bool alpha = channels == 4 && !IsOpaque(samples);
        bool color = channels >= 3 && !IsGray(samples, channels);
        PngColorType type = (color ? PngColorType.Truecolor : PngColorType.Grayscale) | (alpha ? PngColorType.GrayscaleAlpha : 0);
        PngHeader header = new(bitmap.Width, bitmap.Height, 8, type, Interlaced: false);
        return new(header, header.Channels == channels ? samples : Pick(samples, channels, color, alpha), [], []);
    }

    /// <summary>The image with a palette; null if it has more than 256 colors.</summary>
    public static PngRaster? Indexed(Bitmap bitmap)
    {
        int pixels = bitmap.Width * bitmap.Height;
        Dictionary<uint, byte> indices = [];
        for (int i = 0; i < pixels; i++)
        {
            if (indices.TryAdd(ColorAt(bitmap, i), 0) && indices.Count > MaxColors)
            {
                return null;
            }
        }

        // Transparent colors come first because tRNS ends with the last of them.
        uint[] palette = [.. indices.Keys];
        Array.Sort(palette, (one, other) => (Alpha(one), one).CompareTo((Alpha(other), other)));
        for (int i = 0; i < palette.Length; i++)
        {
            indices[palette[i]] = (byte)i;
        }

        byte[] samples = new byte[pixels];
        for (int i = 0; i < pixels; i++)
        {
            samples[i] = indices[ColorAt(bitmap, i)];
        }

        byte[] colors = new byte[3 * palette.Length];
        for (int i = 0; i < palette.Length; i++)
        {
            (colors[3 * i], colors[(3 * i) + 1], colors[(3 * i) + 2]) = ((byte)(palette[i] >> 24), (byte)(palette[i] >> 16), (byte)(palette[i] >> 8));
        }

        int transparent = palette.Count(color => Alpha(color) != byte.MaxValue);
        int bits = palette.Length switch
        {
            <= 2 => 1,
            <= 4 => 2,
            <= 16 => 4,
            _ => 8,
        };
        return new(
            new(bitmap.Width, bitmap.Height, bits, PngColorType.Indexed, Interlaced: false),
            samples,
            colors,
            Array.ConvertAll(palette[..transparent], Alpha));
    }

    private static byte Alpha(uint color) => (byte)color;

    /// <summary>A pixel as R, G, B, A from the highest byte down.</summary>
    private static uint ColorAt(Bitmap bitmap, int index)
    {
        int channels = bitmap.Channels;
        ReadOnlySpan<byte> pixel = bitmap.Samples.AsSpan(index * channels, channels);
        (byte red, byte green, byte blue) = channels == 1 ? (pixel[0], pixel[0], pixel[0]) : (pixel[0], pixel[1], pixel[2]);
        byte alpha = channels == 4 ? pixel[3] : byte.MaxValue;
        return ((uint)red << 24) | ((uint)green << 16) | ((uint)blue << 8) | alpha;
    }

    private static bool IsOpaque(ReadOnlySpan<byte> rgba)
    {
        uint opaque = BitConverter.IsLittleEndian ? 0xFF000000 : 0x000000FF;
        foreach (uint pixel in MemoryMarshal.Cast<byte, uint>(rgba))
        {
            if ((pixel & opaque) != opaque)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsGray(ReadOnlySpan<byte> samples, int channels)
    {
        for (; samples.Length >= channels; samples = samples[channels..])
        {
            if (samples[0] != samples[1] || samples[1] != samples[2])
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] Pick(ReadOnlySpan<byte> samples, int channels, bool color, bool alpha)
    {
        List<byte> picked = new(samples.Length);
        for (; samples.Length >= channels; samples = samples[channels..])
        {
            picked.AddRange(samples[..(color ? 3 : 1)]);
            if (alpha)
            {
                picked.Add(samples[3]);
            }
        }

        return [.. picked];
    }
}
