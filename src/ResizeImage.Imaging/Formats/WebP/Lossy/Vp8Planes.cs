namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// The samples of two rows of macroblocks: the last one decoded, and the one above, which predicts it and which the loop filter and upsampling
/// still need. Chroma is halved in both directions (RFC 6386, 5). Rows have margins, so samples beyond the edges predict as others do (12.2):
/// <code>
/// margin      samples     margin
///   127 127   127 … 127   127 127 127 127     above the image
///       129                                   beside it; above its rows but the first, the right margin repeats the last sample
/// </code>
/// Macroblocks are made in place, without copies.
/// </summary>
internal sealed class Vp8Planes
{
    private const int LumaRows = Macroblock.LumaSize;
    private const int ChromaRows = Macroblock.ChromaSize;

    // Samples beyond either edge. Predictors need one to the left and four to the right, vectors are sixteen.
    private const int Margin = 16;
    private const byte BeyondLeft = 129;
    private const byte BeyondTop = 127;

    private int _firstLumaRow = -2 * LumaRows;

    public Vp8Planes(int macroblocksAcross)
    {
        YStride = (LumaRows * macroblocksAcross) + (2 * Margin);
        ChromaStride = (ChromaRows * macroblocksAcross) + (2 * Margin);
        Y = NewPlane(LumaRows, YStride);
        U = NewPlane(ChromaRows, ChromaStride);
        V = NewPlane(ChromaRows, ChromaStride);
    }

    public byte[] Y { get; }

    public byte[] U { get; }

    public byte[] V { get; }

    public int YStride { get; }

    public int ChromaStride { get; }

    /// <summary>Offset in <see cref="Y"/> of the last row of macroblocks.</summary>
    public int LastLuma => (LumaRows * YStride) + Margin;

    /// <summary>Offset in <see cref="U"/> and <see cref="V"/> of the last row of macroblocks.</summary>
    public int LastChroma => (ChromaRows * ChromaStride) + Margin;

    /// <summary>Bytes of the planes.</summary>
    public static long EstimateMemory(int macroblocksAcross) => (2L * ((LumaRows * LumaRows) + (2 * ChromaRows * ChromaRows)) * macroblocksAcross)
        + (4L * Margin * (LumaRows + (2 * ChromaRows)));

    /// <summary>Makes room for the next row of macroblocks.</summary>
    public void Advance()
    {
        if (_firstLumaRow >= -LumaRows)
        {
            MoveUp(Y, LumaRows, YStride);
            MoveUp(U, ChromaRows, ChromaStride);
            MoveUp(V, ChromaRows, ChromaStride);
        }

        _firstLumaRow += LumaRows;
    }

    /// <summary>Repeats the last sample of luma beyond the right edge, where the next row of macroblocks expects it.</summary>
    public void ExtendRight()
    {
        Span<byte> lowest = Y.AsSpan(Y.Length - YStride);
        lowest[^Margin..].Fill(lowest[^(Margin + 1)]);
    }

    /// <summary>A held row of luma.</summary>
    /// <param name="row">Counted from the image's first row.</param>
    public ReadOnlySpan<byte> YRow(int row) => Y.AsSpan(((row - _firstLumaRow) * YStride) + Margin, YStride - (2 * Margin));

    /// <summary>A held row of <see cref="U"/> or <see cref="V"/>.</summary>
    /// <param name="plane">One of the two.</param>
    /// <param name="row">Counted from the image's first chroma row.</param>
    public ReadOnlySpan<byte> ChromaRow(byte[] plane, int row) =>
        plane.AsSpan(((row - (_firstLumaRow / 2)) * ChromaStride) + Margin, ChromaStride - (2 * Margin));

    private static byte[] NewPlane(int rows, int stride)
    {
        byte[] plane = new byte[2 * rows * stride];
        plane.AsSpan((rows - 1) * stride, stride).Fill(BeyondTop);
        for (int row = rows; row < 2 * rows; row++)
        {
            plane[(row * stride) + Margin - 1] = BeyondLeft;
        }

        return plane;
    }

    private static void MoveUp(byte[] plane, int rows, int stride) => plane.AsSpan(rows * stride).CopyTo(plane);
}
