using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
                return mode <= PredictionMode.LeftDown && mode != PredictionMode.VerticalRight
                    ? Directional(mode, ofThree)
                    : Mixed(mode, RoundedMean(edge, next), ofThree);
        }
    }

    /// <summary>Modes that use only means of three.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Directional(PredictionMode mode, Vector128<byte> ofThree) => mode switch
    {
        PredictionMode.Vertical => Vector128.Shuffle(ofThree, Vector128.Create((byte)6, 7, 8, 9, 6, 7, 8, 9, 6, 7, 8, 9, 6, 7, 8, 9)),
        PredictionMode.Horizontal => Vector128.Shuffle(ofThree, Vector128.Create((byte)4, 4, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1)),
        PredictionMode.RightDown => Vector128.Shuffle(ofThree, Vector128.Create((byte)5, 6, 7, 8, 4, 5, 6, 7, 3, 4, 5, 6, 2, 3, 4, 5)),
        _ => Vector128.Shuffle(ofThree, Vector128.Create((byte)7, 8, 9, 10, 8, 9, 10, 11, 9, 10, 11, 12, 10, 11, 12, 13)),
    };

    /// <summary>Modes that use means of two and of three; index 255 leaves a sample to the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Mixed(PredictionMode mode, Vector128<byte> ofTwo, Vector128<byte> ofThree) => mode switch
    {
        PredictionMode.VerticalRight =>
            Vector128.Shuffle(ofTwo, Vector128.Create((byte)5, 6, 7, 8, 255, 255, 255, 255, 255, 5, 6, 7, 255, 255, 255, 255))
            | Vector128.Shuffle(ofThree, Vector128.Create((byte)255, 255, 255, 255, 5, 6, 7, 8, 4, 255, 255, 255, 3, 5, 6, 7)),
        PredictionMode.VerticalLeft =>
            Vector128.Shuffle(ofTwo, Vector128.Create((byte)6, 7, 8, 9, 255, 255, 255, 255, 7, 8, 9, 255, 255, 255, 255, 255))
            | Vector128.Shuffle(ofThree, Vector128.Create((byte)255, 255, 255, 255, 7, 8, 9, 10, 255, 255, 255, 11, 8, 9, 10, 12)),
        PredictionMode.HorizontalDown =>
            Vector128.Shuffle(ofTwo, Vector128.Create((byte)4, 255, 255, 255, 3, 255, 4, 255, 2, 255, 3, 255, 1, 255, 2, 255))
            | Vector128.Shuffle(ofThree, Vector128.Create((byte)255, 5, 6, 7, 255, 4, 255, 5, 255, 3, 255, 4, 255, 2, 255, 3)),
        _ =>
            Vector128.Shuffle(ofTwo, Vector128.Create((byte)3, 255, 2, 255, 2, 255, 1, 255, 1, 255, 0, 0, 0, 0, 0, 0))
            | Vector128.Shuffle(ofThree, Vector128.Create((byte)255, 3, 255, 2, 255, 2, 255, 1, 255, 1, 255, 255, 255, 255, 255, 255)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> TrueMotion(Vector128<byte> edge)
    {
        Vector128<byte> above = Vector128.Shuffle(edge, Vector128.Create((byte)6, 7, 8, 9, 6, 7, 8, 9, 6, 7, 8, 9, 6, 7, 8, 9));
        Vector128<byte> left = Vector128.Shuffle(edge, Vector128.Create((byte)4, 4, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1));
        var corner = Vector128.Create((short)edge.GetElement(5));
        (Vector128<ushort> above01, Vector128<ushort> above23) = Vector128.Widen(above);
        (Vector128<ushort> left01, Vector128<ushort> left23) = Vector128.Widen(left);
        return Vector128.Narrow(
            Clamp(above01.AsInt16() + left01.AsInt16() - corner), Clamp(above23.AsInt16() + left23.AsInt16() - corner));
    }

    private static Vector128<ushort> Clamp(Vector128<short> samples) =>
        Vector128.Min(Vector128.Max(samples, Vector128<short>.Zero), Vector128.Create((short)255)).AsUInt16();

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
