using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>
/// Undoes the filters that look to the left, a pixel at a time: its bytes do not depend on each other, so they share a vector, and the
/// pixel on the left stays in a register. A whole vector is stored; what is too much is overwritten by the next pixel. Paeth takes a
/// quarter of the time of going byte by byte on RGB photos.
/// </summary>
internal static class PngPixelFilters
{
    private const int Lanes = 8;

    /// <summary>The machine has such vectors, and the pixels are large enough to gain from them.</summary>
    public static bool Suit(int stride) => Vector128.IsHardwareAccelerated && stride is 3 or 4 or 6 or 8;

    /// <summary>Sub: the difference to the left.</summary>
    /// <param name="filtered">The line's bytes.</param>
    /// <param name="pixels">Receives its samples.</param>
    /// <param name="stride">Bytes of a pixel, one that <see cref="Suit"/>.</param>
    /// <returns>Where in the line the rest begins, which is too short for a vector.</returns>
    public static int UndoSub(ReadOnlySpan<byte> filtered, Span<byte> pixels, int stride)
    {
        Vector128<byte> left = default;
        int i = 0;
        for (; i <= filtered.Length - Lanes; i += stride)
        {
            left += Vector128.CreateScalarUnsafe(BinaryPrimitives.ReadUInt64LittleEndian(filtered[i..])).AsByte();
            BinaryPrimitives.WriteUInt64LittleEndian(pixels[i..], left.AsUInt64().ToScalar());
        }

        return i;
    }

    /// <summary>Average: the difference to half the sum of left and above, rounded down.</summary>
    /// <inheritdoc cref="UndoPaeth"/>
    public static int UndoAverage(ReadOnlySpan<byte> filtered, ReadOnlySpan<byte> above, Span<byte> pixels, int stride)
    {
        Vector128<short> left = default;
        int i = 0;
        for (; i <= filtered.Length - Lanes; i += stride)
        {
            Vector128<short> prediction = Vector128.ShiftRightLogical(left + Load(above[i..]), 1);
            left = (Load(filtered[i..]).AsByte() + prediction.AsByte()).AsInt16();
            Store(left, pixels[i..]);
        }

        return i;
    }

    /// <summary>Paeth (PNG 9.4).</summary>
    /// <param name="filtered">The line's bytes.</param>
    /// <param name="above">Samples of the line above.</param>
    /// <param name="pixels">Receives the line's samples.</param>
    /// <param name="stride">Bytes of a pixel, one that <see cref="Suit"/>.</param>
    /// <returns>Where in the line the rest begins, which is too short for a vector.</returns>
    public static int UndoPaeth(ReadOnlySpan<byte> filtered, ReadOnlySpan<byte> above, Span<byte> pixels, int stride)
    {
        Vector128<short> left = default;
        Vector128<short> upperLeft = default;
        int i = 0;
        for (; i <= filtered.Length - Lanes; i += stride)
        {
            Vector128<short> up = Load(above[i..]);
            Vector128<short> prediction = Predict(left, up, upperLeft);
            left = (Load(filtered[i..]).AsByte() + prediction.AsByte()).AsInt16();
            Store(left, pixels[i..]);
            upperLeft = up;
        }

        return i;
    }

    /// <summary>
    /// <see cref="PngFilter.Predict"/> in every lane, in the fewest steps that wait for the pixel on the left (after stb_image): left + above −
    /// upper left lies beyond the smaller or the larger of left and above by as much as 3 · upper left − above − left is beyond the other one.
    /// </summary>
    private static Vector128<short> Predict(Vector128<short> left, Vector128<short> above, Vector128<short> upperLeft)
    {
        Vector128<short> threshold = ((upperLeft + upperLeft + upperLeft) - above) - left;
        Vector128<short> low = Vector128.Min(left, above);
        Vector128<short> high = Vector128.Max(left, above);
        Vector128<short> notLow = Vector128.ConditionalSelect(Vector128.GreaterThan(high, threshold), upperLeft, low);
        return Vector128.ConditionalSelect(Vector128.GreaterThan(threshold, low), notLow, high);
    }

    private static Vector128<short> Load(ReadOnlySpan<byte> bytes) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(BinaryPrimitives.ReadUInt64LittleEndian(bytes)).AsByte()).AsInt16();

    private static void Store(Vector128<short> pixel, Span<byte> bytes) =>
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Vector128.Narrow(pixel.AsUInt16(), pixel.AsUInt16()).AsUInt64().ToScalar());
}
