using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.Deflate;

/// <summary>Copies matches (RFC 1951, 3.2.3), whose source may overlap the destination: it then repeats the last bytes.</summary>
internal static class InflateMatch
{
    /// <summary>The most bytes that are written beyond a match.</summary>
    public const int Overhang = 32;

    private const int Step = 16;
    private const int LongStep = 32;

    /// <summary>For each distance up to <see cref="Step"/>, the bytes 0 to 15 modulo the distance.</summary>
    private static readonly byte[] Orders = MakeOrders();

    /// <summary>For each distance below <see cref="Step"/>, the most bytes of a vector that are whole repetitions.</summary>
    private static ReadOnlySpan<byte> Wholes => [0, 16, 16, 15, 16, 15, 12, 14, 16, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>Copies a match.</summary>
    /// <param name="output">Room up to <see cref="Overhang"/> bytes beyond the match.</param>
    /// <param name="at">Offset of the first byte to write.</param>
    /// <param name="distance">1 to <paramref name="at"/>.</param>
    /// <param name="length">1 or more.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(in UncheckedSpan<byte> output, int at, int distance, int length)
    {
        // Most matches are short, and near and far ones alternate at random. The first vector therefore has no branch on the distance, which the
        // processor would often predict wrongly.
        Vector128<byte> first = Load(output, at - distance);
        if (ByteVectors.CanShuffle)
        {
            // The smaller of distance and step, without a branch.
            int less = distance - Step;
            int row = Step + (less & (less >> 31));
            UncheckedSpan<byte> orders = new(Orders);
            first = ByteVectors.Shuffle(first, Load(orders, Step * row));
        }
        else if (distance < Step)
        {
            RepeatByBytes(output, at, distance, length);
            return;
        }

        first.StoreUnsafe(ref output.Stretch(at, Step));
        if (length <= Step)
        {
            return;
        }

        int end = at + length;
        if (distance >= LongStep)
        {
            for (at += Step; at < end; at += LongStep)
            {
                Vector256.LoadUnsafe(ref output.Stretch(at - distance, LongStep)).StoreUnsafe(ref output.Stretch(at, LongStep));
            }
        }
        else if (distance >= Step)
        {
            for (at += Step; at < end; at += Step)
            {
                Load(output, at - distance).StoreUnsafe(ref output.Stretch(at, Step));
            }
        }
        else
        {
            // A vector of whole repetitions at a time.
            int whole = Wholes[distance];
            for (at += whole; at < end; at += whole)
            {
                first.StoreUnsafe(ref output.Stretch(at, Step));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Load(in UncheckedSpan<byte> bytes, int offset) => Vector128.LoadUnsafe(ref bytes.Stretch(offset, Step));

    private static void RepeatByBytes(in UncheckedSpan<byte> output, int at, int distance, int length)
    {
        for (int end = at + length; at < end; at++)
        {
            output[at] = output[at - distance];
        }
    }

    private static byte[] MakeOrders()
    {
        byte[] orders = new byte[Step * (Step + 1)];
        for (int i = Step; i < orders.Length; i++)
        {
            orders[i] = (byte)(i % Step % (i / Step));
        }

        return orders;
    }
}
