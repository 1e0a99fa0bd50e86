using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Pixels;

/// <summary>The colors of an image whose pixels are indices of one byte: GIF, indexed BMP and PNG.</summary>
internal sealed class ColorTable
{
    private const int Size = 256;

    // R, G, B, A of each index.
    private readonly byte[] _colors = new byte[Size * 4];

    // The gray levels, if all colors are gray.
    private readonly byte[] _grays = [];

    private ColorTable(ReadOnlySpan<byte> colors, ReadOnlySpan<byte> alphas, bool hasAlpha)
    {
        bool isGray = !hasAlpha;
        for (int i = 0; i < Size; i++)
        {
            Span<byte> color = _colors.AsSpan(4 * i, 4);
            if (3 * i < colors.Length)
            {
                colors.Slice(3 * i, 3).CopyTo(color);
            }

            color[3] = i < alphas.Length ? alphas[i] : byte.MaxValue;
            isGray &= color[0] == color[1] && color[1] == color[2];
        }

        if (isGray)
        {
            _grays = new byte[Size];
            for (int i = 0; i < Size; i++)
            {
                _grays[i] = _colors[4 * i];
            }
        }

        Layout = hasAlpha ? PixelLayout.Rgba8 : isGray ? PixelLayout.Gray8 : PixelLayout.Rgbx8;
    }

    /// <summary>A table without transparency.</summary>
    /// <param name="colors">R, G, B of the first indices, at most 256. The others show as black.</param>
    public static ColorTable Opaque(ReadOnlySpan<byte> colors) => new(colors, [], hasAlpha: false);

    /// <summary>A table of a layout with alpha.</summary>
    /// <param name="colors">R, G, B of the first indices, at most 256. The others show as black.</param>
    /// <param name="alphas">Alpha of the first indices, at most 256. The others are opaque.</param>
    public static ColorTable WithAlpha(ReadOnlySpan<byte> colors, ReadOnlySpan<byte> alphas) => new(colors, alphas, hasAlpha: true);

    /// <summary>A table of a layout with alpha.</summary>
    /// <param name="colors">R, G, B of the first indices, at most 256. The others show as black.</param>
    /// <param name="transparent">The index that is fully transparent; null if none is.</param>
    public static ColorTable WithAlpha(ReadOnlySpan<byte> colors, int? transparent)
    {
        Span<byte> alphas = stackalloc byte[Size];
        alphas.Fill(byte.MaxValue);
        if (transparent is int index)
        {
            alphas[index] = 0;
        }

        return WithAlpha(colors, alphas);
    }

    /// <summary>The output of <see cref="Convert"/>: gray if all colors are, so the thumbnail is gray, too.</summary>
    public PixelLayout Layout { get; }

    /// <summary>Writes the color of each index.</summary>
    /// <param name="indices">One byte a pixel.</param>
    /// <param name="row">Receives as many pixels of <see cref="Layout"/>.</param>
    public void Convert(ReadOnlySpan<byte> indices, Span<byte> row)
    {
        if (Layout == PixelLayout.Gray8)
        {
            Replace(indices, _grays, row[..indices.Length]);
        }
        else
        {
            Replace(indices, MemoryMarshal.Cast<byte, uint>(_colors), MemoryMarshal.Cast<byte, uint>(row)[..indices.Length]);
        }
    }

    private static void Replace<T>(ReadOnlySpan<byte> indices, ReadOnlySpan<T> table, Span<T> pixels)
        where T : unmanaged
    {
        table = table[..Size];
        for (int i = 0; i < indices.Length; i++)
        {
            pixels[i] = table[indices[i]];
        }
    }
}
