using System.Numerics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Means of 2×2 samples of a plane, rounded to the nearest.</summary>
internal static class PlaneReduction
{
    /// <summary>Makes a row of means from two rows.</summary>
    /// <param name="top">At least twice as many samples as <paramref name="output"/>.</param>
    /// <param name="bottom">At least twice as many samples as <paramref name="output"/>.</param>
    /// <param name="output">Receives a mean for each 2×2 samples.</param>
    public static void Halve(ReadOnlySpan<byte> top, ReadOnlySpan<byte> bottom, Span<byte> output)
    {
        int i = 0;
        for (; i <= output.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            int right = (2 * i) + Vector<byte>.Count;
            Vector.Narrow(Means(top[(2 * i)..], bottom[(2 * i)..]), Means(top[right..], bottom[right..])).CopyTo(output[i..]);
        }

        for (; i < output.Length; i++)
        {
            output[i] = (byte)((top[2 * i] + top[(2 * i) + 1] + bottom[2 * i] + bottom[(2 * i) + 1] + 2) >> 2);
        }
    }

    private static Vector<ushort> Means(ReadOnlySpan<byte> top, ReadOnlySpan<byte> bottom) =>
        (SumOfPairs(top) + SumOfPairs(bottom) + new Vector<ushort>(2)) >>> 2;

    /// <summary>Adds the two bytes of each 16 bits; their order does not matter.</summary>
    private static Vector<ushort> SumOfPairs(ReadOnlySpan<byte> samples)
    {
        Vector<ushort> pairs = Vector.AsVectorUInt16(new Vector<byte>(samples));
        return (pairs & new Vector<ushort>(255)) + (pairs >>> 8);
    }
}
