using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats;

/// <summary>
/// Unchecked access for hot loops. Callers establish the bound once per loop; nothing else in the engine skips bounds checks.
/// </summary>
internal static class Unchecked
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T First<T>(T[] array) => ref MemoryMarshal.GetArrayDataReference(array);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T At<T>(ref T first, int index) => ref Unsafe.Add(ref first, (nint)(uint)index);

    /// <summary>The elements 2 · index in the lower half, and 2 · index + 1 in the upper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Pair(ref uint first, int index)
    {
        ulong pair = Unsafe.Add(ref Unsafe.As<uint, ulong>(ref first), (nint)(uint)index);
        return BitConverter.IsLittleEndian ? pair : BitOperations.RotateLeft(pair, 32);
    }

    /// <summary>Eight bytes as a number, the first one in the highest position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong BigEndian64(byte[] bytes, int offset)
    {
        Debug.Assert((uint)offset <= (uint)(bytes.Length - sizeof(ulong)));
        return BigEndian64(ref First(bytes), offset);
    }

    /// <inheritdoc cref="BigEndian64(byte[], int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong BigEndian64(ref byte first, int offset)
    {
        ulong next = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, (nint)(uint)offset));
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(next) : next;
    }

    /// <summary>The first of the bytes, of which the caller accesses up to <paramref name="count"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public static ref byte First(ReadOnlySpan<byte> bytes, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, bytes.Length);
        return ref MemoryMarshal.GetReference(bytes);
    }

    /// <summary>Eight bytes as a number, the first one in the lowest position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong LittleEndian64(ref byte first, int offset)
    {
        ulong next = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, (nint)(uint)offset));
        return BitConverter.IsLittleEndian ? next : BinaryPrimitives.ReverseEndianness(next);
    }

    /// <summary>Writes eight bytes, the first one from the lowest position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteLittleEndian64(ref byte first, int offset, ulong value) =>
        Unsafe.WriteUnaligned(
            ref Unsafe.Add(ref first, (nint)(uint)offset), BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));
}
