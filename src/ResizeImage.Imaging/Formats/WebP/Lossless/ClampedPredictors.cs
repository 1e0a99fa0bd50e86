using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The two predictors that go beyond their neighbours and are clamped (RFC 9649, 3.5.1), the four bytes of a pixel in 16-bit lanes.</summary>
internal static class ClampedPredictors
{
    /// <summary>Left + above − above left.</summary>
    public static void AddSubtractFull(ReadOnlySpan<uint> row, ReadOnlySpan<uint> aboveLeft, ReadOnlySpan<uint> above, Span<uint> output, uint left)
    {
        Vector128<short> last = Widen(left);
        for (int i = 0; i < output.Length; i++)
        {
            last = Add(row[i], Clamp(last + (Widen(above[i]) - Widen(aboveLeft[i]))));
            output[i] = Narrow(last);
        }
    }

    /// <summary>The mean of left and above, plus half of what it is over above left, rounded towards zero.</summary>
    public static void AddSubtractHalf(ReadOnlySpan<uint> row, ReadOnlySpan<uint> aboveLeft, ReadOnlySpan<uint> above, Span<uint> output, uint left)
    {
        Vector128<short> last = Widen(left);
        for (int i = 0; i < output.Length; i++)
        {
            Vector128<short> mean = (last + Widen(above[i])) >> 1;
            Vector128<short> over = mean - Widen(aboveLeft[i]);
            Vector128<short> half = (over - (over >> 15)) >> 1;
            last = Add(row[i], Clamp(mean + half));
            output[i] = Narrow(last);
        }
    }

    private static Vector128<short> Widen(uint pixel) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(pixel).AsByte()).AsInt16();

    private static uint Narrow(Vector128<short> pixel) => Vector128.Narrow(pixel.AsUInt16(), pixel.AsUInt16()).AsUInt32().ToScalar();

    private static Vector128<short> Add(uint difference, Vector128<short> prediction) => (Widen(difference) + prediction) & Vector128.Create((short)255);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Clamp(Vector128<short> samples) =>
        Vector128.Min(Vector128.Max(samples, Vector128<short>.Zero), Vector128.Create((short)255));
}
