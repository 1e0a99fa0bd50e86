namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The color indexing transform: green is an index of a palette; with few colors, several indices share a pixel (RFC 9649, 3.5.4).</summary>
internal sealed class ColorIndexingTransform : LosslessTransform
{
    // Has every possible index: those beyond the palette are transparent black.
    private readonly uint[] _palette = new uint[256];
    private readonly uint[] _row;
    private readonly int _bundleBits;

    /// <param name="width">Width of the image.</param>
    /// <param name="palette">1 to 256 colors, each as the difference from the one before.</param>
    public ColorIndexingTransform(int width, ReadOnlySpan<uint> palette)
    {
        _row = new uint[width];
        _bundleBits = palette.Length > 16 ? 0 : palette.Length > 4 ? 1 : palette.Length > 2 ? 2 : 3;
        uint last = 0;
        for (int i = 0; i < palette.Length; i++)
        {
            last = Argb.Add(last, palette[i]);
            _palette[i] = last;
        }
    }

    /// <summary>Pixels of a row as coded.</summary>
    public int CodedWidth => (_row.Length + (1 << _bundleBits) - 1) >> _bundleBits;

    public override ReadOnlySpan<uint> Undo(ReadOnlySpan<uint> row)
    {
        int indexBits = 8 >> _bundleBits;
        uint indexMask = (1u << indexBits) - 1;
        int inBundle = (1 << _bundleBits) - 1;
        for (int x = 0; x < _row.Length; x++)
        {
            uint bundle = (row[x >> _bundleBits] >> 8) & 0xFF;
            _row[x] = _palette[(bundle >> ((x & inBundle) * indexBits)) & indexMask];
        }

        return _row;
    }
}
