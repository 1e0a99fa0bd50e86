namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// The samples of two rows of macroblocks: the last one decoded, and the one above, which the loop filter and upsampling still need. Chroma
/// is halved in both directions (RFC 6386, 5).
/// </summary>
internal sealed class Vp8Planes
{
    private const int LumaRows = MacroblockBuffer.LumaSize;
    private const int ChromaRows = MacroblockBuffer.ChromaSize;

    private int _firstLumaRow = -2 * LumaRows;

    public Vp8Planes(int macroblocksAcross)
    {
        YStride = LumaRows * macroblocksAcross;
        ChromaStride = ChromaRows * macroblocksAcross;
        Y = new byte[2 * LumaRows * YStride];
        U = new byte[2 * ChromaRows * ChromaStride];
        V = new byte[2 * ChromaRows * ChromaStride];
    }

    public byte[] Y { get; }

    public byte[] U { get; }

    public byte[] V { get; }

    public int YStride { get; }

    public int ChromaStride { get; }

    /// <summary>Offset in <see cref="Y"/> of the last row of macroblocks.</summary>
    public int LastLuma => LumaRows * YStride;

    /// <summary>Offset in <see cref="U"/> and <see cref="V"/> of the last row of macroblocks.</summary>
    public int LastChroma => ChromaRows * ChromaStride;

    /// <summary>Bytes of the planes.</summary>
    public static long EstimateMemory(int macroblocksAcross) => 2L * ((LumaRows * LumaRows) + (2 * ChromaRows * ChromaRows)) * macroblocksAcross;

    /// <summary>Makes room for the next row of macroblocks.</summary>
    public void Advance()
    {
        Y.AsSpan(LastLuma).CopyTo(Y);
        U.AsSpan(LastChroma).CopyTo(U);
        V.AsSpan(LastChroma).CopyTo(V);
        _firstLumaRow += LumaRows;
    }

    /// <summary>Copies a macroblock into the last row.</summary>
    public void Store(MacroblockBuffer macroblock, int column)
    {
        Span<byte> y = Y.AsSpan(LastLuma + (column * LumaRows));
        for (int row = 0; row < LumaRows; row++)
        {
            macroblock.LumaRow(row).CopyTo(y[(row * YStride)..]);
        }

        Span<byte> u = U.AsSpan(LastChroma + (column * ChromaRows));
        Span<byte> v = V.AsSpan(LastChroma + (column * ChromaRows));
        for (int row = 0; row < ChromaRows; row++)
        {
            macroblock.URow(row).CopyTo(u[(row * ChromaStride)..]);
            macroblock.VRow(row).CopyTo(v[(row * ChromaStride)..]);
        }
    }

    /// <summary>A held row of luma.</summary>
    /// <param name="row">Counted from the image's first row.</param>
    public ReadOnlySpan<byte> YRow(int row) => Y.AsSpan((row - _firstLumaRow) * YStride, YStride);

    /// <summary>A held row of <see cref="U"/> or <see cref="V"/>.</summary>
    /// <param name="plane">One of the two.</param>
    /// <param name="row">Counted from the image's first chroma row.</param>
    public ReadOnlySpan<byte> ChromaRow(byte[] plane, int row) => plane.AsSpan((row - (_firstLumaRow / 2)) * ChromaStride, ChromaStride);
}
