using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// Predicts a luma subblock of 4×4 samples (RFC 6386, 12.3) from the thirteen around it, which one vector holds as a line:
/// <code>
/// index   0 … 1        2 … 4         5        6 … 13    14
///         lowest left  upper left    corner   above     the last above, again
/// </code>
/// Every sample of the slanted modes is a mean of two or three neighbors in that line. All means are computed at once, and shuffles move
/// them to their positions.
/// </summary>
internal static class SubblockPrediction
{
    private const int Subblocks = 16;

    /// <summary>
    /// For each mode from <see cref="PredictionMode.Vertical"/> on, the positions of its samples in the means of two, then in the means of three;
    /// 255 leaves a sample to the other. A table, because branches to eight modes are often mispredicted.
    /// </summary>
    private static ReadOnlySpan<byte> Positions =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        6, 7, 8, 9, 6, 7, 8, 9, 6, 7, 8, 9, 6, 7, 8, 9,

        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        4, 4, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1,

        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        5, 6, 7, 8, 4, 5, 6, 7, 3, 4, 5, 6, 2, 3, 4, 5,

        5, 6, 7, 8, 255, 255, 255, 255, 255, 5, 6, 7, 255, 255, 255, 255,
        255, 255, 255, 255, 5, 6, 7, 8, 4, 255, 255, 255, 3, 5, 6, 7,

        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        7, 8, 9, 10, 8, 9, 10, 11, 9, 10, 11, 12, 10, 11, 12, 13,

        6, 7, 8, 9, 255, 255, 255, 255, 7, 8, 9, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 7, 8, 9, 10, 255, 255, 255, 11, 8, 9, 10, 12,

        4, 255, 255, 255, 3, 255, 4, 255, 2, 255, 3, 255, 1, 255, 2, 255,
        255, 5, 6, 7, 255, 4, 255, 5, 255, 3, 255, 4, 255, 2, 255, 3,

        3, 255, 2, 255, 2, 255, 1, 255, 1, 255, 0, 0, 0, 0, 0, 0,
        255, 3, 255, 2, 255, 2, 255, 1, 255, 1, 255, 255, 255, 255, 255, 255,
    ];

    /// <summary>Makes the luma of a macroblock.</summary>
    /// <param name="plane">Receives the samples, and has their neighbors.</param>
    /// <param name="at">Offset of the first sample.</param>
    /// <param name="stride">Distance of rows.</param>
    /// <param name="modes">Of the sixteen subblocks.</param>
    /// <param name="kinds">Two bits for each subblock as in <see cref="Residual.Kinds"/>.</param>
    /// <param name="coefficients">Of the subblocks.</param>
    public static void Make(UncheckedSpan<byte> plane, int at, int stride, ReadOnlySpan<byte> modes, uint kinds, ReadOnlySpan<short> coefficients)
    {
        // All subblocks of the last column use the samples above the macroblock to the right; its own samples are not made yet.
        uint aboveRight = plane.Read<uint>(at - stride + Macroblock.LumaSize);
        for (int row = 3; row < Macroblock.LumaSize - 1; row += 4)
        {
            plane.Write(at + (row * stride) + Macroblock.LumaSize, aboveRight);
        }

        UncheckedSpan<byte> each = new(modes, Subblocks);
        int block = 0;
        for (int y = 0; y < Macroblock.LumaSize; y += 4, at += 4 * stride)
        {
            Vector128<byte> left = LeftOf(plane, at, stride);
            for (int x = 0; x < Macroblock.LumaSize; x += 4, block++, kinds >>= 2)
            {
                Vector128<byte> prediction = Predict((PredictionMode)each[block], left | AboveOf(plane, at + x, stride));
                ReadOnlySpan<short> own = coefficients.Slice(block * Residual.BlockSize, Residual.BlockSize);
                Vector128<byte> made = BlockSamples.Add(prediction, kinds & 3, own);
                BlockSamples.Store(plane, at + x, stride, made);

                // Its last column, without waiting for memory.
                left = ByteVectors.Shuffle(made, Vector128.Create((byte)15, 15, 11, 7, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255));
            }
        }
    }

    /// <summary>The line of samples around a subblock.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> EdgeOf(UncheckedSpan<byte> plane, int at, int stride) => LeftOf(plane, at, stride) | AboveOf(plane, at, stride);

    /// <summary>Makes four rows of four samples.</summary>
    /// <param name="mode">Any mode.</param>
    /// <param name="edge">The line of samples around them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Predict(PredictionMode mode, Vector128<byte> edge)
    {
        switch (mode)
        {
            case PredictionMode.Dc:
                return Mean(edge);
            case PredictionMode.Tm:
                return TrueMotion(edge);
            default:
                Vector128<byte> next = Vector128.Shuffle(edge, Vector128.Create((byte)1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 255));
                Vector128<byte> previous = Vector128.Shuffle(edge, Vector128.Create((byte)255, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14));
                Vector128<byte> lowerMean = RoundedMean(previous, next) - ((previous ^ next) & Vector128<byte>.One);
                UncheckedSpan<byte> positions = new(Positions, Positions.Length);
                int at = 32 * ((int)mode - (int)PredictionMode.Vertical);
                return ByteVectors.Shuffle(RoundedMean(edge, next), positions.Read<Vector128<byte>>(at))
                    | ByteVectors.Shuffle(RoundedMean(edge, lowerMean), positions.Read<Vector128<byte>>(at + 16));
        }
    }

    /// <summary>The part of the line to the left; the others are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> LeftOf(UncheckedSpan<byte> plane, int at, int stride)
    {
        uint lowest = plane[at - 1 + (3 * stride)];
        uint upper = plane[at - 1 + (2 * stride)] | ((uint)plane[at - 1 + stride] << 8) | ((uint)plane[at - 1] << 16);
        return Vector128.CreateScalar((lowest * 0x0101) | ((ulong)upper << 16)).AsByte();
    }

    /// <summary>The corner and the part of the line above; the others are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> AboveOf(UncheckedSpan<byte> plane, int at, int stride) => ByteVectors.Shuffle(
        plane.Read<Vector128<byte>>(at - stride - 1), Vector128.Create((byte)255, 255, 255, 255, 255, 0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 255));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> TrueMotion(Vector128<byte> edge)
    {
        Vector128<byte> above = Vector128.Shuffle(edge, Vector128.Create((byte)6, 7, 8, 9, 6, 7, 8, 9, 6, 7, 8, 9, 6, 7, 8, 9));
        Vector128<byte> left = Vector128.Shuffle(edge, Vector128.Create((byte)4, 4, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1));
        var corner = Vector128.Create((short)edge.GetElement(5));
        (Vector128<ushort> above01, Vector128<ushort> above23) = Vector128.Widen(above);
        (Vector128<ushort> left01, Vector128<ushort> left23) = Vector128.Widen(left);
        return ShortVectors.ToBytes(above01.AsInt16() + left01.AsInt16() - corner, above23.AsInt16() + left23.AsInt16() - corner);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Mean(Vector128<byte> edge)
    {
        Vector128<byte> eight = ByteVectors.Shuffle(edge, Vector128.Create((byte)1, 2, 3, 4, 6, 7, 8, 9, 255, 255, 255, 255, 255, 255, 255, 255));
        ushort sum = Sse2.IsSupported
            ? Sse2.SumAbsoluteDifferences(eight, Vector128<byte>.Zero).ToScalar()
            : Vector128.Sum(Vector128.WidenLower(eight));
        return Vector128.Create((byte)((sum + 4) >> 3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> RoundedMean(Vector128<byte> a, Vector128<byte> b) =>
        Sse2.IsSupported ? Sse2.Average(a, b) : (a | b) - HalfDifference(a, b);

    /// <summary>Half of the differing bits: a mean is the higher value's bits minus this.</summary>
    private static Vector128<byte> HalfDifference(Vector128<byte> a, Vector128<byte> b) =>
        ((a ^ b).AsUInt16() >>> 1).AsByte() & Vector128.Create((byte)127);
}
