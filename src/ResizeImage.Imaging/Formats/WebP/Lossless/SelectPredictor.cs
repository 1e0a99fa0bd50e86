using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// The Select predictor (RFC 9649, 3.5.1): left or above, whichever is nearer to left + above − above left over all four bytes of a pixel;
/// above if both are equally near. The bytes are in 16-bit lanes.
/// </summary>
internal static class SelectPredictor
{
    /// <summary>Adds the predictions.</summary>
    public static void Undo(ReadOnlySpan<uint> row, ReadOnlySpan<uint> aboveLeft, ReadOnlySpan<uint> above, Span<uint> output, uint left)
    {
        Vector128<short> last = WidePixel.From(left);
        for (int i = 0; i < output.Length; i++)
        {
            Vector128<short> corner = WidePixel.From(aboveLeft[i]);
            Vector128<short> up = WidePixel.From(above[i]);
            Vector128<short> farther = Vector128.Abs(last - corner) - Vector128.Abs(up - corner);

            // The sum of four lanes, in each of them.
            farther += Vector128.Shuffle(farther, Vector128.Create((short)1, 0, 3, 2, 5, 4, 7, 6));
            farther += Vector128.Shuffle(farther, Vector128.Create((short)2, 3, 0, 1, 6, 7, 4, 5));
            Vector128<short> isLeft = Vector128.GreaterThan(farther, Vector128<short>.Zero);
            last = WidePixel.Add(row[i], Vector128.ConditionalSelect(isLeft, last, up));
            output[i] = WidePixel.ToPixel(last);
        }
    }
}
