using System.Numerics;
using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>Copies rows of decoded samples, which have 16 bits, to samples of one or two bytes.</summary>
internal static class CodedSamples
{
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
}
