namespace ResizeImage.Imaging.Formats.Png;

/// <summary>A color for every byte that an unpacked pixel can have: palette indices, or gray samples where one level is transparent.</summary>
internal sealed class PngPalette
{
    private const int Size = 256;

    // R, G, B, A.
    private readonly byte[] _colors = new byte[Size * 4];

    private PngPalette()
    {
    }

    /// <summary>The palette of an indexed picture. Indices beyond it show as opaque black, as in libpng.</summary>
    /// <param name="palette">Data of PLTE (PNG 11.2.2): R, G, B of each entry.</param>
    /// <param name="alphas">Data of tRNS (PNG 11.3.1.1): alpha of the first entries, the others are opaque.</param>
    public static PngPalette Of(ReadOnlySpan<byte> palette, ReadOnlySpan<byte> alphas)
    {
        PngPalette result = new();
        for (int i = 0; i < Size; i++)
        {
            Span<byte> color = result._colors.AsSpan(4 * i, 4);
            if (3 * i < palette.Length)
            {
                palette.Slice(3 * i, 3).CopyTo(color);
            }

            color[3] = i < alphas.Length ? alphas[i] : byte.MaxValue;
        }

        return result;
    }

    /// <summary>The levels of a gray picture, scaled to 8 bits.</summary>
    /// <param name="bits">1, 2, 4 or 8.</param>
    /// <param name="transparent">The level that is fully transparent; all others are opaque.</param>
    public static PngPalette OfGray(int bits, int transparent)
    {
        PngPalette result = new();
        for (int i = 0; i < 1 << bits; i++)
        {
            Span<byte> color = result._colors.AsSpan(4 * i, 4);
            color.Fill((byte)(i * PngPacking.GrayScale(bits)));
            color[3] = i == transparent ? (byte)0 : byte.MaxValue;
        }

        return result;
    }

    /// <summary>Converts to <see cref="PixelLayout.Rgb8"/>.</summary>
    public void ToRgb(ReadOnlySpan<byte> pixels, Span<byte> row)
    {
        ReadOnlySpan<byte> colors = _colors;
        for (int i = 0; i < pixels.Length; i++)
        {
            colors.Slice(4 * pixels[i], 3).CopyTo(row[(3 * i)..]);
        }
    }

    /// <summary>Converts to <see cref="PixelLayout.Rgba8"/>.</summary>
    public void ToRgba(ReadOnlySpan<byte> pixels, Span<byte> row)
    {
        ReadOnlySpan<byte> colors = _colors;
        for (int i = 0; i < pixels.Length; i++)
        {
            colors.Slice(4 * pixels[i], 4).CopyTo(row[(4 * i)..]);
        }
    }
}
