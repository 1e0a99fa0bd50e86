using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <content>
/// With AVX2: two rows of 16 bits are interleaved, so that one instruction multiplies both and adds the products. The sums are those of
/// <see cref="Transform1D(Span{Vector256{int}}, int)"/>, with the constants of each input added up. Takes a third of its time.
/// </content>
internal static partial class InverseDct
{
    /// <summary>The same as <see cref="TransformWide"/>.</summary>
    private static void TransformPairs(ReadOnlySpan<short> coefficients, ReadOnlySpan<ushort> quantization, Span<byte> samples, int stride)
    {
        ReadOnlySpan<Vector128<short>> rows = MemoryMarshal.Cast<short, Vector128<short>>(coefficients)[..8];
        ReadOnlySpan<Vector128<short>> steps = MemoryMarshal.Cast<ushort, Vector128<short>>(quantization)[..8];
        Vector128<short> others = rows[1] | rows[2] | rows[3] | rows[4] | rows[5] | rows[6] | rows[7] | (rows[0] & Vector128.Create(0, -1, -1, -1, -1, -1, -1, -1));
        if (others == Vector128<short>.Zero)
        {
            StoreFlat((short)(coefficients[0] * quantization[0]), samples, stride);
            return;
        }

        Eight v = Transform1D(
            Interleaved(rows[0] * steps[0], rows[4] * steps[4]),
            Interleaved(rows[2] * steps[2], rows[6] * steps[6]),
            Interleaved(rows[1] * steps[1], rows[3] * steps[3]),
            Interleaved(rows[5] * steps[5], rows[7] * steps[7]),
            ConstantBits - PassBits);

        // Columns as pairs of rows, in the order that the second pass needs:
        //   rows01   0: columns 0-3 of row 0, of row 1   1: columns 4-7
        //   low      0: columns 0 and 1 of rows 0-3      1: columns 4 and 5
        //   column04 0: column 0 of rows 0-7             1: column 4
        Vector256<short> rows01 = Avx2.PackSignedSaturate(v.V0, v.V1);
        Vector256<short> rows23 = Avx2.PackSignedSaturate(v.V2, v.V3);
        Vector256<short> rows45 = Avx2.PackSignedSaturate(v.V4, v.V5);
        Vector256<short> rows67 = Avx2.PackSignedSaturate(v.V6, v.V7);
        Vector256<short> rows02 = Avx2.UnpackLow(rows01, rows23);
        Vector256<short> rows13 = Avx2.UnpackHigh(rows01, rows23);
        Vector256<short> rows46 = Avx2.UnpackLow(rows45, rows67);
        Vector256<short> rows57 = Avx2.UnpackHigh(rows45, rows67);
        Vector256<long> low = Avx2.UnpackLow(rows02, rows13).AsInt64();
        Vector256<long> high = Avx2.UnpackHigh(rows02, rows13).AsInt64();
        Vector256<long> lowBelow = Avx2.UnpackLow(rows46, rows57).AsInt64();
        Vector256<long> highBelow = Avx2.UnpackHigh(rows46, rows57).AsInt64();
        Vector256<short> column04 = Avx2.UnpackLow(low, lowBelow).AsInt16();
        Vector256<short> column15 = Avx2.UnpackHigh(low, lowBelow).AsInt16();
        Vector256<short> column26 = Avx2.UnpackLow(high, highBelow).AsInt16();
        Vector256<short> column37 = Avx2.UnpackHigh(high, highBelow).AsInt16();
        v = Transform1D(
            Interleaved(column04.GetLower(), column04.GetUpper()),
            Interleaved(column26.GetLower(), column26.GetUpper()),
            Interleaved(column15.GetLower(), column37.GetLower()),
            Interleaved(column15.GetUpper(), column37.GetUpper()),
            ConstantBits + PassBits + 3);
        StorePacked(v, samples, stride);
    }

    /// <summary>Stores a block of DC alone, with the rounding of both passes.</summary>
    private static void StoreFlat(short dc, Span<byte> samples, int stride)
    {
        int result = (Math.Clamp(dc << PassBits, short.MinValue, short.MaxValue) + (1 << (PassBits + 2))) >> (PassBits + 3);
        ulong row = (byte)(Math.Clamp(result, -128, 127) + 128) * 0x0101010101010101UL;
        for (int y = 0; y < 8; y++)
        {
            MemoryMarshal.Write(samples[(y * stride)..], row);
        }
    }

    /// <summary>Eight-point transforms, one in each element; the results are divided by 2^<paramref name="shift"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Eight Transform1D(Vector256<short> v04, Vector256<short> v26, Vector256<short> v13, Vector256<short> v57, int shift)
    {
        Vector256<int> half = Vector256.Create(1 << (shift - 1)); // for rounding
        Vector256<int> e0 = Sum(v04, 8192, 8192) + half;
        Vector256<int> e1 = Sum(v04, 8192, -8192) + half;
        Vector256<int> e2 = Sum(v26, 4433, -10704);
        Vector256<int> e3 = Sum(v26, 10703, 4433);
        Vector256<int> o0 = Sum(v13, 2260, -6436) + Sum(v57, 9633, -11363);
        Vector256<int> o1 = Sum(v13, 6437, -11362) + Sum(v57, 2261, 9633);
        Vector256<int> o2 = Sum(v13, 9633, -2259) + Sum(v57, -11362, -6436);
        Vector256<int> o3 = Sum(v13, 11363, 9633) + Sum(v57, 6437, 2260);
        Vector256<int> a0 = e0 + e3;
        Vector256<int> a3 = e0 - e3;
        Vector256<int> a1 = e1 + e2;
        Vector256<int> a2 = e1 - e2;
        return new Eight(
            (a0 + o3) >> shift,
            (a1 + o2) >> shift,
            (a2 + o1) >> shift,
            (a3 + o0) >> shift,
            (a3 - o0) >> shift,
            (a2 - o1) >> shift,
            (a1 - o2) >> shift,
            (a0 - o3) >> shift);
    }

    /// <summary>Pairs of elements times two constants, added up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Sum(Vector256<short> pairs, short first, short second) =>
        Avx2.MultiplyAddAdjacent(pairs, Vector256.Create((second << 16) | (ushort)first).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Interleaved(Vector128<short> first, Vector128<short> second) =>
        Vector256.Create(Sse2.UnpackLow(first, second), Sse2.UnpackHigh(first, second));

    /// <summary>Stores columns: packs them with saturation, to bytes from -128 to 127, and transposes the bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePacked(Eight v, Span<byte> samples, int stride)
    {
        Vector256<sbyte> left = Avx2.PackSignedSaturate(Avx2.PackSignedSaturate(v.V0, v.V1), Avx2.PackSignedSaturate(v.V2, v.V3));
        Vector256<sbyte> right = Avx2.PackSignedSaturate(Avx2.PackSignedSaturate(v.V4, v.V5), Avx2.PackSignedSaturate(v.V6, v.V7));

        // Each half has four columns of four samples; they become four rows of four.
        Vector256<byte> rows = Vector256.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        Vector256<int> fourLeft = Avx2.Shuffle(left.AsByte(), rows).AsInt32();
        Vector256<int> fourRight = Avx2.Shuffle(right.AsByte(), rows).AsInt32();
        Vector256<byte> levelShift = Vector256.Create((byte)128); // T.81 A.3.1
        Vector256<ulong> rows0145 = (Avx2.UnpackLow(fourLeft, fourRight).AsByte() ^ levelShift).AsUInt64();
        Vector256<ulong> rows2367 = (Avx2.UnpackHigh(fourLeft, fourRight).AsByte() ^ levelShift).AsUInt64();
        Vector128<ulong> rows01 = rows0145.GetLower();
        Vector128<ulong> rows23 = rows2367.GetLower();
        Vector128<ulong> rows45 = rows0145.GetUpper();
        Vector128<ulong> rows67 = rows2367.GetUpper();
        MemoryMarshal.Write(samples, rows01.ToScalar());
        MemoryMarshal.Write(samples[stride..], rows01.GetElement(1));
        MemoryMarshal.Write(samples[(2 * stride)..], rows23.ToScalar());
        MemoryMarshal.Write(samples[(3 * stride)..], rows23.GetElement(1));
        MemoryMarshal.Write(samples[(4 * stride)..], rows45.ToScalar());
        MemoryMarshal.Write(samples[(5 * stride)..], rows45.GetElement(1));
        MemoryMarshal.Write(samples[(6 * stride)..], rows67.ToScalar());
        MemoryMarshal.Write(samples[(7 * stride)..], rows67.GetElement(1));
    }

    /// <summary>Eight vectors, which stay in registers; an array would be in memory.</summary>
    private readonly record struct Eight(
        Vector256<int> V0,
        Vector256<int> V1,
        Vector256<int> V2,
        Vector256<int> V3,
        Vector256<int> V4,
        Vector256<int> V5,
        Vector256<int> V6,
        Vector256<int> V7);
}
