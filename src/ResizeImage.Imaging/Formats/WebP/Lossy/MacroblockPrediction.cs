using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Predicts a whole macroblock (RFC 6386, 12.2): 16×16 samples of luma, or 8×8 of chroma.</summary>
internal static class MacroblockPrediction
{
    private const byte NothingKnown = 128;

    /// <summary>Makes the samples.</summary>
    /// <param name="samples">Receives the samples, and has their neighbors.</param>
    /// <param name="at">Offset of the first sample.</param>
    /// <param name="stride">Distance of rows.</param>
    /// <param name="size">16 or 8.</param>
    /// <param name="mode">One of the four for macroblocks.</param>
    /// <param name="hasAbove">The macroblock is not in the first row of the image.</param>
    /// <param name="hasLeft">The macroblock is not in the first column.</param>
    public static void Predict(Span<byte> samples, int at, int stride, int size, PredictionMode mode, bool hasAbove, bool hasLeft)
    {
        ReadOnlySpan<byte> above = samples.Slice(at - stride, size);
        if (mode == PredictionMode.Tm)
        {
            TrueMotion(samples, at, stride, size);
            return;
        }

        byte dc = mode == PredictionMode.Dc ? Mean(samples, at, stride, size, hasAbove, hasLeft) : (byte)0;
        for (int y = 0; y < size; y++, at += stride)
        {
            Span<byte> row = samples.Slice(at, size);
            if (mode == PredictionMode.Vertical)
            {
                above.CopyTo(row);
            }
            else
            {
                row.Fill(mode == PredictionMode.Dc ? dc : samples[at - 1]);
            }
        }
    }

    private static byte Mean(ReadOnlySpan<byte> samples, int at, int stride, int size, bool hasAbove, bool hasLeft)
    {
        if (!hasAbove && !hasLeft)
        {
            return NothingKnown;
        }

        int sum = 0;
        for (int i = 0; hasAbove && i < size; i++)
        {
            sum += samples[at - stride + i];
        }

        for (int i = 0; hasLeft && i < size; i++)
        {
            sum += samples[at - 1 + (i * stride)];
        }

        int count = hasAbove && hasLeft ? 2 * size : size;
        return (byte)((sum + (count / 2)) / count);
    }

    private static void TrueMotion(Span<byte> samples, int at, int stride, int size)
    {
        // Chroma uses the code for luma, with vectors that are half empty.
        Span<byte> wide = stackalloc byte[16];
        samples.Slice(at - stride, size).CopyTo(wide);
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.Create<byte>(wide));
        var corner = Vector128.Create((short)samples[at - stride - 1]);
        Vector128<short> slopeLow = low.AsInt16() - corner;
        Vector128<short> slopeHigh = high.AsInt16() - corner;
        for (int y = 0; y < size; y++, at += stride)
        {
            var left = Vector128.Create((short)samples[at - 1]);
            Vector128<byte> row = Vector128.Narrow(Clamp(slopeLow + left), Clamp(slopeHigh + left));
            if (size == 16)
            {
                row.CopyTo(samples[at..]);
            }
            else
            {
                row.GetLower().CopyTo(samples[at..]);
            }
        }
    }

    private static Vector128<ushort> Clamp(Vector128<short> samples) =>
        Vector128.Min(Vector128.Max(samples, Vector128<short>.Zero), Vector128.Create((short)255)).AsUInt16();
}
