using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The four bytes of a pixel in the lower four of eight 16-bit lanes.</summary>
internal static class WidePixel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> From(uint pixel) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(pixel).AsByte()).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ToPixel(Vector128<short> pixel) => Vector128.Narrow(pixel.AsUInt16(), pixel.AsUInt16()).AsUInt32().ToScalar();

    /// <summary>Adds a difference to a prediction, modulo 256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Add(uint difference, Vector128<short> prediction) => (From(difference) + prediction) & Vector128.Create((short)255);

    /// <summary>Brings lanes into the range of a byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Clamp(Vector128<short> pixel) =>
        Vector128.Min(Vector128.Max(pixel, Vector128<short>.Zero), Vector128.Create((short)255));
}
