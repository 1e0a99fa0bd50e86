using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats;

/// <summary>
/// <see cref="UncheckedSpan{T}"/> in pieces, for loops with so many locals that the struct costs speed: a reference to the first element, and
/// the length, which only Debug's assertions use. In <c>DecodeLane</c> the struct takes 3 % of a photo's thumbnail on .NET 10.
/// </summary>
internal static class Unchecked
{
    /// <summary>An element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T At<T>(ref T first, int length, int index)
    {
        Debug.Assert((uint)index < (uint)length, $"Element {index} of {length}.");
        return ref Unsafe.Add(ref first, (nint)(uint)index);
    }

    /// <summary>The elements 2 · index, in the lower half, and 2 · index + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Pair(ref uint first, int length, int index)
    {
        Debug.Assert((uint)index < (uint)(length / 2), $"Pair {index} of {length} elements.");
        ulong pair = Unsafe.Add(ref Unsafe.As<uint, ulong>(ref first), (nint)(uint)index);
        return BitConverter.IsLittleEndian ? pair : BitOperations.RotateLeft(pair, 32);
    }
}
