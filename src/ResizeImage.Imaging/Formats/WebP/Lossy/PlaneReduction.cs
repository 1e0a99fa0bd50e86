using System.Numerics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Means of 2×2 or 4×4 samples of a plane, rounded to the nearest.</summary>
internal static class PlaneReduction
{
    /// <summary>Makes a row of means from two rows.</summary>
    /// <param name="top">Twice as many samples as <paramref name="output"/>, or more.</param>
    /// <param name="bottom">As many.</param>
    /// <param name="output">A mean of two samples of each row.</param>
    public static void Halve(ReadOnlySpan<byte> top, ReadOnlySpan<byte> bottom, Span<byte> output)
    {
        int i = 0;
        for (; i <= output.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            int right = (2 * i) + Vector<byte>.Count;
            Vector.Narrow(Fourth(top[(2 * i)..], bottom[(2 * i)..]), Fourth(top[right..], bottom[right..])).CopyTo(output[i..]);
        }

        for (; i < output.Length; i++)
        {
            output[i] = (byte)((top[2 * i] + top[(2 * i) + 1] + bottom[2 * i] + bottom[(2 * i) + 1] + 2) >> 2);
        }

        static Vector<ushort> Fourth(ReadOnlySpan<byte> top, ReadOnlySpan<byte> bottom) =>
            (SumOfPairs(top) + SumOfPairs(bottom) + new Vector<ushort>(2)) >>> 2;
    }

    /// <summary>Makes a row of means from four rows.</summary>
    /// <param name="row0">Four times as many samples as <paramref name="output"/>, or more.</param>
    /// <param name="row1">As many.</param>
    /// <param name="row2">As many.</param>
    /// <param name="row3">As many.</param>
    /// <param name="output">A mean of four samples of each row.</param>
    public static void Quarter(ReadOnlySpan<byte> row0, ReadOnlySpan<byte> row1, ReadOnlySpan<byte> row2, ReadOnlySpan<byte> row3, Span<byte> output)
    {
        int i = 0;
        for (; i <= output.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            int at = 4 * i;
            Vector<ushort> low = Vector.Narrow(
                Sixteenth(row0, row1, row2, row3, at), Sixteenth(row0, row1, row2, row3, at + Vector<byte>.Count));
            at += 2 * Vector<byte>.Count;
            Vector<ushort> high = Vector.Narrow(
                Sixteenth(row0, row1, row2, row3, at), Sixteenth(row0, row1, row2, row3, at + Vector<byte>.Count));
            Vector.Narrow(low, high).CopyTo(output[i..]);
        }

        for (; i < output.Length; i++)
        {
            output[i] = (byte)((SumOfFour(row0, i) + SumOfFour(row1, i) + SumOfFour(row2, i) + SumOfFour(row3, i) + 8) >> 4);
        }
    }

    /// <summary>Means of the samples from an offset on, as many as make a vector of bytes.</summary>
    private static Vector<uint> Sixteenth(ReadOnlySpan<byte> row0, ReadOnlySpan<byte> row1, ReadOnlySpan<byte> row2, ReadOnlySpan<byte> row3, int at)
    {
        Vector<uint> sums = Vector.AsVectorUInt32(SumOfPairs(row0[at..]) + SumOfPairs(row1[at..]) + SumOfPairs(row2[at..]) + SumOfPairs(row3[at..]));
        return ((sums & new Vector<uint>(0xFFFF)) + (sums >>> 16) + new Vector<uint>(8)) >>> 4;
    }

    /// <summary>Two neighbours are the halves of 16 bits, whichever way round.</summary>
    private static Vector<ushort> SumOfPairs(ReadOnlySpan<byte> samples)
    {
        Vector<ushort> pairs = Vector.AsVectorUInt16(new Vector<byte>(samples));
        return (pairs & new Vector<ushort>(255)) + (pairs >>> 8);
    }

    private static int SumOfFour(ReadOnlySpan<byte> row, int i) => row[4 * i] + row[(4 * i) + 1] + row[(4 * i) + 2] + row[(4 * i) + 3];
}
