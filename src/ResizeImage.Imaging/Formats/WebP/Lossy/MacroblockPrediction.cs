using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Predicts a whole macroblock (RFC 6386, 12.2): 16×16 samples of luma, or 8×8 of chroma.</summary>
internal static class MacroblockPrediction
{
    private const int LumaSize = Macroblock.LumaSize;
    private const int ChromaSize = Macroblock.ChromaSize;
    private const byte NothingKnown = 128;

    /// <summary>Makes the luma samples.</summary>
    /// <param name="plane">Receives the samples, and has their neighbors.</param>
    /// <param name="at">Offset of the first sample.</param>
    /// <param name="stride">Distance of rows.</param>
    /// <param name="mode">One of the four for macroblocks.</param>
    /// <param name="hasAbove">The macroblock is not in the first row of the image.</param>
    /// <param name="hasLeft">The macroblock is not in the first column.</param>
    public static void Luma(UncheckedSpan<byte> plane, int at, int stride, PredictionMode mode, bool hasAbove, bool hasLeft)
    {
        var above = plane.Read<Vector128<byte>>(at - stride);
        switch (mode)
        {
            case PredictionMode.Tm:
                (Vector128<short> low, Vector128<short> high) = Slopes(above, plane[at - stride - 1]);
                for (int y = 0; y < LumaSize; y++, at += stride)
                {
                    var left = Vector128.Create((short)plane[at - 1]);
                    plane.Write(at, ShortVectors.ToBytes(low + left, high + left));
                }

                break;
            case PredictionMode.Horizontal:
                for (int y = 0; y < LumaSize; y++, at += stride)
                {
                    plane.Write(at, Vector128.Create(plane[at - 1]));
                }

                break;
            default:
                Vector128<byte> row = mode == PredictionMode.Vertical ? above : Vector128.Create(Mean(plane, at, stride, LumaSize, hasAbove, hasLeft));
                for (int y = 0; y < LumaSize; y++, at += stride)
                {
                    plane.Write(at, row);
                }

                break;
        }
    }

    /// <summary>Makes the samples of U or V; parameters as in <see cref="Luma"/>.</summary>
    public static void Chroma(UncheckedSpan<byte> plane, int at, int stride, PredictionMode mode, bool hasAbove, bool hasLeft)
    {
        const ulong EachByte = 0x0101010101010101;
        ulong above = plane.Read<ulong>(at - stride);
        switch (mode)
        {
            case PredictionMode.Tm:
                Vector128<short> slopes = Slopes(Vector128.CreateScalar(above).AsByte(), plane[at - stride - 1]).Low;
                for (int y = 0; y < ChromaSize; y++, at += stride)
                {
                    Vector128<short> samples = slopes + Vector128.Create((short)plane[at - 1]);
                    plane.Write(at, ShortVectors.ToBytes(samples, samples).AsUInt64().GetElement(0));
                }

                break;
            case PredictionMode.Horizontal:
                for (int y = 0; y < ChromaSize; y++, at += stride)
                {
                    plane.Write(at, plane[at - 1] * EachByte);
                }

                break;
            default:
                ulong row = mode == PredictionMode.Vertical ? above : Mean(plane, at, stride, ChromaSize, hasAbove, hasLeft) * EachByte;
                for (int y = 0; y < ChromaSize; y++, at += stride)
                {
                    plane.Write(at, row);
                }

                break;
        }
    }

    /// <summary>The samples above without the corner.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<short> Low, Vector128<short> High) Slopes(Vector128<byte> above, byte corner)
    {
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(above);
        var all = Vector128.Create((short)corner);
        return (low.AsInt16() - all, high.AsInt16() - all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Mean(UncheckedSpan<byte> plane, int at, int stride, int size, bool hasAbove, bool hasLeft)
    {
        if (!hasAbove && !hasLeft)
        {
            return NothingKnown;
        }

        int sum = size;
        if (hasAbove)
        {
            // Chroma has eight samples more to the right, which do not count.
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(plane.Read<Vector128<byte>>(at - stride));
            sum += Vector128.Sum(size == LumaSize ? low + high : low);
        }

        if (hasLeft)
        {
            for (int i = 0; i < size; i += 4)
            {
                int left = at - 1 + (i * stride);
                sum += plane[left] + plane[left + stride] + plane[left + (2 * stride)] + plane[left + (3 * stride)];
            }
        }

        // Both edges have twice as many samples as one, and half a divisor rounds.
        return hasAbove && hasLeft ? (byte)(sum / (2 * size)) : (byte)((sum - (size / 2)) / size);
    }
}
