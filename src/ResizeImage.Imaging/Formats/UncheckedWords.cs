using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats;

/// <summary>Words of several bytes in an <see cref="UncheckedSpan{T}"/>, aligned or not.</summary>
internal static class UncheckedWords
{
    /// <summary>Eight bytes as a number, the first one in the highest position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong BigEndian64(this in UncheckedSpan<byte> bytes, int offset)
    {
        ulong next = Unsafe.ReadUnaligned<ulong>(ref bytes.Stretch(offset, sizeof(ulong)));
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(next) : next;
    }

    /// <summary>Eight bytes as a number, the first one in the lowest position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong LittleEndian64(this in UncheckedSpan<byte> bytes, int offset)
    {
        ulong next = Unsafe.ReadUnaligned<ulong>(ref bytes.Stretch(offset, sizeof(ulong)));
        return BitConverter.IsLittleEndian ? next : BinaryPrimitives.ReverseEndianness(next);
    }

    /// <summary>Writes eight bytes, the first one from the lowest position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteLittleEndian64(this in UncheckedSpan<byte> bytes, int offset, ulong value) =>
        Unsafe.WriteUnaligned(
            ref bytes.Stretch(offset, sizeof(ulong)), BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    /// <summary>Writes two bytes, the first one from the lowest position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteLittleEndian16(this in UncheckedSpan<byte> bytes, int offset, ushort value) =>
        Unsafe.WriteUnaligned(
            ref bytes.Stretch(offset, sizeof(ushort)), BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    /// <summary>A value of several bytes in the machine's order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Read<T>(this in UncheckedSpan<byte> bytes, int offset)
        where T : unmanaged => Unsafe.ReadUnaligned<T>(ref bytes.Stretch(offset, Unsafe.SizeOf<T>()));

    /// <summary>Writes a value of several bytes in the machine's order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T>(this in UncheckedSpan<byte> bytes, int offset, T value)
        where T : unmanaged => Unsafe.WriteUnaligned(ref bytes.Stretch(offset, Unsafe.SizeOf<T>()), value);
}
