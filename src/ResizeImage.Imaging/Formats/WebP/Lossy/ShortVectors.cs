using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Operations on eight shorts that x86 has as one instruction, and the same without it.</summary>
internal static class ShortVectors
{
    /// <summary>The samples of two vectors as bytes, clipped to 0 to 255.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ToBytes(Vector128<short> low, Vector128<short> high) =>
        Sse2.IsSupported ? Sse2.PackUnsignedSaturate(low, high) : Vector128.Narrow(Clip(low), Clip(high));

    /// <summary>Bits 16 to 31 of products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> MultiplyHigh(Vector128<short> value, short factor)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.MultiplyHigh(value, Vector128.Create(factor));
        }

        (Vector128<int> low, Vector128<int> high) = Vector128.Widen(value);
        return Vector128.Narrow((low * factor) >> 16, (high * factor) >> 16);
    }

    /// <summary>The first halves of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> FirstHalves(Vector128<short> one, Vector128<short> other) => Sse2.IsSupported
        ? Sse2.UnpackLow(one.AsInt64(), other.AsInt64()).AsInt16()
        : Vector128.Create(one.GetLower(), other.GetLower());

    /// <summary>The second halves of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> SecondHalves(Vector128<short> one, Vector128<short> other) => Sse2.IsSupported
        ? Sse2.UnpackHigh(one.AsInt64(), other.AsInt64()).AsInt16()
        : Vector128.Create(one.GetUpper(), other.GetUpper());

    /// <summary>The second half, then the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> SwapHalves(Vector128<short> value) => Vector128.Shuffle(value.AsInt64(), Vector128.Create(1L, 0)).AsInt16();

    private static Vector128<ushort> Clip(Vector128<short> samples) =>
        Vector128.Min(Vector128.Max(samples, Vector128<short>.Zero), Vector128.Create((short)255)).AsUInt16();
}
