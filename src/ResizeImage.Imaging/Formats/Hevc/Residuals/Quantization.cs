namespace ResizeImage.Imaging.Formats.Hevc.Residuals;

/// <summary>The quantization of a transform block (H.265 8.6.1 and 8.6.4.2).</summary>
/// <param name="scale">levelScale[qP % 6] · 2^(qP / 6), times 16 if there are no factors.</param>
/// <param name="shift">bdShift.</param>
/// <param name="factors">Scaling factors of the block, row by row; null if all are 16.</param>
internal readonly struct Quantization(int scale, int shift, byte[]? factors)
{
    private const int Flat = 16;

    public readonly int Scale = scale;

    public readonly int Shift = shift;

    public readonly byte[]? Factors = factors;

    private static ReadOnlySpan<byte> LevelScale => [40, 45, 51, 57, 64, 72];

    // Table 8-10, from qPi = 30 on.
    private static ReadOnlySpan<byte> ChromaQpOf420 => [29, 30, 31, 32, 33, 33, 34, 34, 35, 35, 36, 36, 37, 37];

    /// <summary>The quantization of a block.</summary>
    /// <param name="qp">qP, without the offset of the bit depth.</param>
    /// <param name="bits">Bits of a sample.</param>
    /// <param name="log2Size">Log2 of the block's size.</param>
    /// <param name="factors">Scaling factors; null if all are 16.</param>
    public static Quantization Of(int qp, int bits, int log2Size, byte[]? factors)
    {
        int qP = qp + (6 * (bits - 8));
        int scale = LevelScale[qP % 6] << (qP / 6);
        return new(factors is null ? Flat * scale : scale, bits + log2Size - 5, factors);
    }

    /// <summary>The quantization parameter of chroma, without the offset of the bit depth (8.6.1).</summary>
    /// <param name="lumaQp">QpY.</param>
    /// <param name="offset">Offsets of picture and slice together.</param>
    /// <param name="chroma">Sampling.</param>
    /// <param name="bits">Bits of a chroma sample.</param>
    public static int ChromaQp(int lumaQp, int offset, ChromaFormat chroma, int bits) =>
        ChromaQp(Math.Clamp(lumaQp + offset, -6 * (bits - 8), 57), chroma);

    /// <summary>QpC by the index qPi (table 8-10), which deblocking does not clip.</summary>
    public static int ChromaQp(int index, ChromaFormat chroma) =>
        chroma != ChromaFormat.Yuv420 ? Math.Min(index, 51)
        : index < 30 ? index
        : index >= 43 ? index - 6
        : ChromaQpOf420[index - 30];

    /// <summary>A scaled coefficient.</summary>
    /// <param name="level">TransCoeffLevel.</param>
    /// <param name="position">Row · size + column in the block.</param>
    public short Scaled(long level, int position)
    {
        long product = level * Scale * (Factors is null ? 1 : Factors[position]);
        return (short)Math.Clamp((product + (1L << (Shift - 1))) >> Shift, short.MinValue, short.MaxValue);
    }
}
