using System.Numerics;
using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats;

/// <summary>
/// Fancy upsampling, as libjpeg calls it: each sample of a doubled axis is 3/4 of the nearest sample and 1/4 of the next one. The biases
/// alternate, so rounding does not shift the image; libwebp uses the same weights and rounds halves up. Vectors of the machine's width are
/// nine times as fast as scalar code.
/// </summary>
internal static class FancyUpsampling
{
    /// <summary>Samples between two rows: doubles the rows.</summary>
    /// <param name="near">The nearest row.</param>
    /// <param name="far">The other row, as long.</param>
    /// <param name="bias">1 for even rows, 2 for odd ones.</param>
    /// <param name="output">As long.</param>
    public static void Down(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, ushort bias, Span<byte> output)
    {
        int i = 0;
        for (; i <= output.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(near[i..]), out Vector<ushort> nearLow, out Vector<ushort> nearHigh);
            Vector.Widen(new Vector<byte>(far[i..]), out Vector<ushort> farLow, out Vector<ushort> farHigh);
            Vector.Narrow(Mix(nearLow, farLow, bias, 2), Mix(nearHigh, farHigh, bias, 2)).CopyTo(output[i..]);
        }

        for (; i < output.Length; i++)
        {
            output[i] = (byte)(((3 * near[i]) + far[i] + bias) >> 2);
        }
    }

    /// <summary>The first half of doubling rows and columns: samples between two rows, times 4.</summary>
    /// <param name="near">The nearest row.</param>
    /// <param name="far">The other row; empty if rows are not doubled, and samples not multiplied.</param>
    /// <param name="output">As long as near.</param>
    public static void Blend(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, Span<ushort> output)
    {
        int i = 0;
        for (; i <= near.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(near[i..]), out Vector<ushort> low, out Vector<ushort> high);
            if (!far.IsEmpty)
            {
                Vector.Widen(new Vector<byte>(far[i..]), out Vector<ushort> farLow, out Vector<ushort> farHigh);
                low = (low * 3) + farLow;
                high = (high * 3) + farHigh;
            }

            low.CopyTo(output[i..]);
            high.CopyTo(output[(i + Vector<ushort>.Count)..]);
        }

        for (; i < near.Length; i++)
        {
            output[i] = far.IsEmpty ? near[i] : (ushort)((3 * near[i]) + far[i]);
        }
    }

    /// <summary>The second half: doubles the columns, rounded as in libjpeg.</summary>
    /// <param name="blend">The output of <see cref="Blend"/>, with one sample more on either side.</param>
    /// <param name="rows">The rows have been doubled, too.</param>
    /// <param name="output">Two samples for each but the outermost of <paramref name="blend"/>.</param>
    public static void Across(ReadOnlySpan<ushort> blend, bool rows, Span<byte> output)
    {
        if (rows)
        {
            Across(blend, 8, 7, 4, output);
        }
        else
        {
            Across(blend, 1, 2, 2, output);
        }
    }

    /// <summary>The second half if the rows have been doubled, too, rounded as in libwebp.</summary>
    /// <param name="blend">The output of <see cref="Blend"/>, with one sample more on either side.</param>
    /// <param name="output">Two samples for each but the outermost of <paramref name="blend"/>.</param>
    public static void AcrossHalfUp(ReadOnlySpan<ushort> blend, Span<byte> output) => Across(blend, 8, 8, 4, output);

    private static void Across(ReadOnlySpan<ushort> blend, ushort biasLeft, ushort biasRight, int shift, Span<byte> output)
    {
        // A left and a right sample are the low and the high byte of 16 bits. This needs a little-endian machine, as all are that .NET runs Lambda on.
        Span<ushort> pairs = MemoryMarshal.Cast<byte, ushort>(output);
        int i = 0;
        for (; i <= pairs.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            var center = new Vector<ushort>(blend[(i + 1)..]);
            Vector<ushort> left = Mix(center, new Vector<ushort>(blend[i..]), biasLeft, shift);
            Vector<ushort> right = Mix(center, new Vector<ushort>(blend[(i + 2)..]), biasRight, shift);
            (left | (right << 8)).CopyTo(pairs[i..]);
        }

        for (; i < pairs.Length; i++)
        {
            int left = ((3 * blend[i + 1]) + blend[i] + biasLeft) >> shift;
            int right = ((3 * blend[i + 1]) + blend[i + 2] + biasRight) >> shift;
            pairs[i] = (ushort)(left | (right << 8));
        }
    }

    private static Vector<ushort> Mix(Vector<ushort> near, Vector<ushort> far, ushort bias, int shift) =>
        ((near * 3) + far + new Vector<ushort>(bias)) >>> shift;
}
