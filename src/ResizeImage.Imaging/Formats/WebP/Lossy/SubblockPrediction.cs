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
        uint aboveRight = plane.Read<uint>(at - stride + MacroblockBuffer.LumaSize);
        for (int row = 3; row < MacroblockBuffer.LumaSize - 1; row += 4)
        {
            plane.Write(at + (row * stride) + MacroblockBuffer.LumaSize, aboveRight);
        }

        modes = modes[..16];
        for (int block = 0; block < modes.Length; block++, kinds >>= 2)
        {
            int of = at + (block / 4 * 4 * stride) + (block % 4 * 4);
            (uint left, ulong corner, byte last) = BlockSamples.EdgeOf(plane, of, stride);
            Vector128<byte> prediction = Predict((PredictionMode)modes[block], left, corner, last);
            ReadOnlySpan<short> own = coefficients.Slice(block * Residual.BlockSize, Residual.BlockSize);
            BlockSamples.Store(plane, of, stride, BlockSamples.Add(prediction, kinds & 3, own));
        }
    }

    /// <summary>Makes four rows of four samples.</summary>
    /// <param name="mode">Any mode.</param>
    /// <param name="left">The four samples to the left, the uppermost in the highest byte.</param>
    /// <param name="corner">The corner and the seven samples above, the corner in the lowest byte.</param>
    /// <param name="last">The eighth sample above.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Predict(PredictionMode mode, uint left, ulong corner, byte last)
    {
        var edge = Vector128.Create(
            (left & 255) | ((ulong)left << 8) | (corner << 40), (corner >> 24) | ((ulong)last << 40) | ((ulong)last << 48)).AsByte();
        switch (mode)
        {
            case PredictionMode.Dc:
                return Vector128.Create((byte)((SumOfBytes(left) + SumOfBytes((uint)(corner >> 8)) + 4) >> 3));
            case PredictionMode.Tm:
                return TrueMotion(edge);
            default:
                Vector128<byte> next = Vector128.Shuffle(edge, Vector128.Create((byte)1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 255));
                Vector128<byte> previous = Vector128.Shuffle(edge, Vector128.Create((byte)255, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14));
                Vector128<byte> ofThree = RoundedMean(edge, (previous & next) + HalfDifference(previous, next));
                UncheckedSpan<byte> positions = new(Positions, Positions.Length);
                int at = 32 * ((int)mode - (int)PredictionMode.Vertical);
                return Select(RoundedMean(edge, next), positions.Read<Vector128<byte>>(at))
                    | Select(ofThree, positions.Read<Vector128<byte>>(at + 16));
        }
    }

    /// <summary>Shuffles; index 255 gives 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Select(Vector128<byte> means, Vector128<byte> positions) =>
        Ssse3.IsSupported ? Ssse3.Shuffle(means, positions) : Vector128.Shuffle(means, positions);

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

    private static Vector128<byte> RoundedMean(Vector128<byte> a, Vector128<byte> b) => (a | b) - HalfDifference(a, b);

    /// <summary>Half of the differing bits: a mean is the common bits plus this, or the higher value's bits minus this.</summary>
    private static Vector128<byte> HalfDifference(Vector128<byte> a, Vector128<byte> b) =>
        ((a ^ b).AsUInt16() >>> 1).AsByte() & Vector128.Create((byte)127);

    private static uint SumOfBytes(uint four)
    {
        uint pairs = (four & 0x00FF00FF) + ((four >> 8) & 0x00FF00FF);
        return (pairs + (pairs >> 16)) & 0xFFFF;
    }
}
