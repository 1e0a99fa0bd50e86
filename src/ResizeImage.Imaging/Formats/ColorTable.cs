using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats;

/// <summary>The colors of a picture whose pixels are indices of one byte.</summary>
internal sealed class ColorTable
{
    private const int Size = 256;

    // R, G, B, A of each index.
    private readonly byte[] _colors = new byte[Size * 4];

    // Where all colors are gray.
    private readonly byte[] _grays = [];

    /// <param name="colors">R, G, B of the first indices, at most 256. Indices beyond them show as black.</param>
    /// <param name="mayBeTransparent">The layout is to have alpha.</param>
    /// <param name="transparent">The index that is fully transparent, whatever its color; null if none is.</param>
    public ColorTable(ReadOnlySpan<byte> colors, bool mayBeTransparent = false, int? transparent = null)
    {
        bool isGray = !mayBeTransparent;
        for (int i = 0; i < Size; i++)
        {
            Span<byte> color = _colors.AsSpan(4 * i, 4);
            if (3 * i < colors.Length)
            {
                colors.Slice(3 * i, 3).CopyTo(color);
            }

            color[3] = byte.MaxValue;
            isGray &= color[0] == color[1] && color[1] == color[2];
        }

        if (transparent is int index)
        {
            _colors.AsSpan(4 * index, 4).Clear();
        }

        if (isGray)
        {
            _grays = new byte[Size];
            for (int i = 0; i < Size; i++)
            {
                _grays[i] = _colors[4 * i];
            }
        }

        Layout = mayBeTransparent ? PixelLayout.Rgba8 : isGray ? PixelLayout.Gray8 : PixelLayout.Rgbx8;
    }

    /// <summary>What <see cref="Convert"/> writes: gray where all colors are, so that the thumbnail is gray too.</summary>
    public PixelLayout Layout { get; }

    /// <summary>Writes the color of each index.</summary>
    /// <param name="indices">One byte a pixel.</param>
    /// <param name="row">Room for as many pixels of <see cref="Layout"/>.</param>
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
