using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Transposes 8×8 elements, so that a transform of columns, one in each element of a vector, becomes one of rows.</summary>
internal static class BlockTransposition
{
    /// <summary>Transposes in place.</summary>
    /// <param name="rows">Eight rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(Span<Vector256<int>> rows)
    {
        if (Avx2.IsSupported)
        {
            TransposeByUnpacking(rows);
        }
        else
        {
            TransposeByQuarters(MemoryMarshal.Cast<Vector256<int>, Vector128<int>>(rows));
        }
    }

    /// <summary>Interleaves single elements, then pairs of them, then halves of vectors: 24 instructions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeByUnpacking(Span<Vector256<int>> v)
    {
        v = v[..8];
        (Vector256<int> a0, Vector256<int> a1, Vector256<int> a2, Vector256<int> a3) = Interleave(v[0], v[1], v[2], v[3]);
        (Vector256<int> b0, Vector256<int> b1, Vector256<int> b2, Vector256<int> b3) = Interleave(v[4], v[5], v[6], v[7]);
        v[0] = Avx2.Permute2x128(a0, b0, 0x20);
        v[1] = Avx2.Permute2x128(a1, b1, 0x20);
        v[2] = Avx2.Permute2x128(a2, b2, 0x20);
        v[3] = Avx2.Permute2x128(a3, b3, 0x20);
        v[4] = Avx2.Permute2x128(a0, b0, 0x31);
        v[5] = Avx2.Permute2x128(a1, b1, 0x31);
        v[6] = Avx2.Permute2x128(a2, b2, 0x31);
        v[7] = Avx2.Permute2x128(a3, b3, 0x31);
    }

    /// <summary>Transposes 4×4 elements in each half of the vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<int> R0, Vector256<int> R1, Vector256<int> R2, Vector256<int> R3) Interleave(
        Vector256<int> r0, Vector256<int> r1, Vector256<int> r2, Vector256<int> r3)
    {
        Vector256<long> low01 = Avx2.UnpackLow(r0, r1).AsInt64();
        Vector256<long> high01 = Avx2.UnpackHigh(r0, r1).AsInt64();
        Vector256<long> low23 = Avx2.UnpackLow(r2, r3).AsInt64();
        Vector256<long> high23 = Avx2.UnpackHigh(r2, r3).AsInt64();
        return (
            Avx2.UnpackLow(low01, low23).AsInt32(),
            Avx2.UnpackHigh(low01, low23).AsInt32(),
            Avx2.UnpackLow(high01, high23).AsInt32(),
            Avx2.UnpackHigh(high01, high23).AsInt32());
    }

    /// <summary>Transposes each quarter of the block, and swaps the upper right one with the lower left one.</summary>
    /// <param name="halves">Sixteen halves of rows.</param>
    private static void TransposeByQuarters(Span<Vector128<int>> halves)
    {
        halves = halves[..16];
        (halves[0], halves[2], halves[4], halves[6]) = Transpose(halves[0], halves[2], halves[4], halves[6]);
        (halves[9], halves[11], halves[13], halves[15]) = Transpose(halves[9], halves[11], halves[13], halves[15]);
        var upperRight = (halves[1], halves[3], halves[5], halves[7]);
        (halves[1], halves[3], halves[5], halves[7]) = Transpose(halves[8], halves[10], halves[12], halves[14]);
        (halves[8], halves[10], halves[12], halves[14]) = Transpose(upperRight.Item1, upperRight.Item2, upperRight.Item3, upperRight.Item4);
    }

    /// <summary>Transposes 4×4 elements: swaps quarters of them, then the single elements of each quarter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<int> R0, Vector128<int> R1, Vector128<int> R2, Vector128<int> R3) Transpose(
        Vector128<int> r0, Vector128<int> r1, Vector128<int> r2, Vector128<int> r3)
    {
        var lower = Vector128.Create(-1, -1, 0, 0);
        var even = Vector128.Create(-1, 0, -1, 0);
        Vector128<int> t0 = Vector128.ConditionalSelect(lower, r0, Vector128.Shuffle(r2, Vector128.Create(0, 1, 0, 1)));
        Vector128<int> t1 = Vector128.ConditionalSelect(lower, r1, Vector128.Shuffle(r3, Vector128.Create(0, 1, 0, 1)));
        Vector128<int> t2 = Vector128.ConditionalSelect(lower, Vector128.Shuffle(r0, Vector128.Create(2, 3, 2, 3)), r2);
        Vector128<int> t3 = Vector128.ConditionalSelect(lower, Vector128.Shuffle(r1, Vector128.Create(2, 3, 2, 3)), r3);
        return (
            Vector128.ConditionalSelect(even, t0, Vector128.Shuffle(t1, Vector128.Create(0, 0, 2, 2))),
            Vector128.ConditionalSelect(even, Vector128.Shuffle(t0, Vector128.Create(1, 1, 3, 3)), t1),
            Vector128.ConditionalSelect(even, t2, Vector128.Shuffle(t3, Vector128.Create(0, 0, 2, 2))),
            Vector128.ConditionalSelect(even, Vector128.Shuffle(t2, Vector128.Create(1, 1, 3, 3)), t3));
    }
}
