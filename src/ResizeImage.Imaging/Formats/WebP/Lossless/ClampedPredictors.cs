using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The two predictors whose results are clamped (RFC 9649, 3.5.1). The four bytes of a pixel are in 16-bit lanes.</summary>
internal static class ClampedPredictors
{
    /// <summary>Left + above − above left.</summary>
    public static void AddSubtractFull(ReadOnlySpan<uint> row, ReadOnlySpan<uint> aboveLeft, ReadOnlySpan<uint> above, Span<uint> output, uint left)
    {
        Vector128<short> last = WidePixel.From(left);
        for (int i = 0; i < output.Length; i++)
        {
            Vector128<short> slope = WidePixel.From(above[i]) - WidePixel.From(aboveLeft[i]);
            last = WidePixel.Add(row[i], WidePixel.Clamp(last + slope));
            output[i] = WidePixel.ToPixel(last);
        }
    }

    /// <summary>The mean of left and above, plus half of its difference to above left, rounded towards zero.</summary>
    public static void AddSubtractHalf(ReadOnlySpan<uint> row, ReadOnlySpan<uint> aboveLeft, ReadOnlySpan<uint> above, Span<uint> output, uint left)
    {
        Vector128<short> last = WidePixel.From(left);
        for (int i = 0; i < output.Length; i++)
        {
            Vector128<short> mean = (last + WidePixel.From(above[i])) >> 1;
            Vector128<short> over = mean - WidePixel.From(aboveLeft[i]);
            Vector128<short> half = (over - (over >> 15)) >> 1;
            last = WidePixel.Add(row[i], WidePixel.Clamp(mean + half));
            output[i] = WidePixel.ToPixel(last);
        }
    }
}
