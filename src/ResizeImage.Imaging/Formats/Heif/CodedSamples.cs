using System.Numerics;
using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>Copies and halves rows of decoded samples, which have 16 bits, to samples of one or two bytes.</summary>
internal static class CodedSamples
{
    /// <summary>Sums of four samples of more bits do not fit in 16.</summary>
    private const int MaxVectorBits = 14;

    /// <summary>Copies samples.</summary>
    /// <param name="coded">The samples.</param>
    /// <param name="isWide">Two bytes each.</param>
    /// <param name="output">Receives as many samples as it has bytes, or half as many.</param>
    public static void Copy(ReadOnlySpan<ushort> coded, bool isWide, Span<byte> output)
    {
        if (isWide)
        {
            coded[..(output.Length / 2)].CopyTo(MemoryMarshal.Cast<byte, ushort>(output));
            return;
        }

        int i = 0;
        for (; i <= output.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Narrow(new Vector<ushort>(coded[i..]), new Vector<ushort>(coded[(i + Vector<ushort>.Count)..])).CopyTo(output[i..]);
        }

        for (; i < output.Length; i++)
        {
            output[i] = (byte)coded[i];
        }
    }

    /// <summary>Means of 2×2 samples, rounded to the nearest. A sample beyond the end repeats the last one.</summary>
    /// <param name="top">A row, from the first column to halve.</param>
    /// <param name="bottom">The next row.</param>
    /// <param name="bits">Bits of a sample.</param>
    /// <param name="isWide">Two bytes for each output sample.</param>
    /// <param name="output">Receives a mean for each two columns.</param>
    public static void Halve(ReadOnlySpan<ushort> top, ReadOnlySpan<ushort> bottom, int bits, bool isWide, Span<byte> output)
    {
        Span<ushort> wide = isWide ? MemoryMarshal.Cast<byte, ushort>(output) : default;
        int count = isWide ? wide.Length : output.Length;
        int pairs = Math.Min(count, top.Length / 2);
        int i = 0;
        if (bits <= MaxVectorBits && isWide)
        {
            for (; i <= pairs - Vector<ushort>.Count; i += Vector<ushort>.Count)
            {
                Means(top[(2 * i)..], bottom[(2 * i)..]).CopyTo(wide[i..]);
            }
        }
        else if (bits <= MaxVectorBits)
        {
            for (; i <= pairs - Vector<byte>.Count; i += Vector<byte>.Count)
            {
                int next = 2 * (i + Vector<ushort>.Count);
                Vector.Narrow(Means(top[(2 * i)..], bottom[(2 * i)..]), Means(top[next..], bottom[next..])).CopyTo(output[i..]);
            }
        }

        for (; i < count; i++)
        {
            int left = 2 * i;
            int right = i < pairs ? left + 1 : left;
            int mean = (top[left] + top[right] + bottom[left] + bottom[right] + 2) >> 2;
            if (isWide)
            {
                wide[i] = (ushort)mean;
            }
            else
            {
                output[i] = (byte)mean;
            }
        }
    }

    private static Vector<ushort> Means(ReadOnlySpan<ushort> top, ReadOnlySpan<ushort> bottom)
    {
        int next = Vector<ushort>.Count;
        Vector<ushort> first = new Vector<ushort>(top) + new Vector<ushort>(bottom);
        Vector<ushort> second = new Vector<ushort>(top[next..]) + new Vector<ushort>(bottom[next..]);
        return Vector.Narrow(MeansOfPairs(first), MeansOfPairs(second));
    }

    /// <summary>Adds the two samples of each 32 bits; their order does not matter.</summary>
    private static Vector<uint> MeansOfPairs(Vector<ushort> sums)
    {
        Vector<uint> pairs = Vector.AsVectorUInt32(sums);
        return ((pairs & new Vector<uint>(0xFFFF)) + (pairs >>> 16) + new Vector<uint>(2)) >>> 2;
    }
}
