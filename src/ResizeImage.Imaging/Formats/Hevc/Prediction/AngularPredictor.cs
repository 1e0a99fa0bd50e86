using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ResizeImage.Imaging.Formats.Hevc.Prediction;

/// <summary>
/// Prediction at an angle (H.265 8.4.4.2.6). Modes that look to the left are predicted like those that look up, from exchanged neighbors, and
/// transposed.
/// </summary>
internal sealed class AngularPredictor
{
    private const int MaxSize = 32;

    /// <summary>Elements before element 0 of the reference.</summary>
    private const int Before = MaxSize;

    private readonly ushort[] _reference = new ushort[Before + (2 * MaxSize) + 1 + MaxSize];
    private readonly ushort[] _transposed = new ushort[MaxSize * MaxSize];

    // Table 8-5, from mode 2 on.
    private static ReadOnlySpan<sbyte> Angles =>
        [32, 26, 21, 17, 13, 9, 5, 2, 0, -2, -5, -9, -13, -17, -21, -26, -32, -26, -21, -17, -13, -9, -5, -2, 0, 2, 5, 9, 13, 17, 21, 26, 32];

    // Table 8-6, from mode 11 on.
    private static ReadOnlySpan<short> InverseAngles =>
        [-4096, -1638, -910, -630, -482, -390, -315, -256, -315, -390, -482, -630, -910, -1638, -4096];

    /// <summary>Predicts a block.</summary>
    /// <param name="neighbors">The samples around it.</param>
    /// <param name="first">Its first sample.</param>
    /// <param name="stride">Samples from row to row.</param>
    /// <param name="log2Size">Log2 of its size.</param>
    /// <param name="mode">2 to 34.</param>
    /// <param name="smoothsEdges">The first column or row follows its neighbors in exactly vertical and horizontal modes.</param>
    /// <param name="bits">Bits of a sample.</param>
    public void Predict(NeighborSamples neighbors, ref ushort first, int stride, int log2Size, int mode, bool smoothsEdges, int bits)
    {
        int size = 1 << log2Size;
        bool isVertical = mode >= IntraMode.FirstVertical;
        (ushort[] main, ushort[] side) = isVertical ? (neighbors.Top, neighbors.Left) : (neighbors.Left, neighbors.Top);
        int angle = Angles[mode - 2];
        ref ushort reference = ref MemoryMarshal.GetArrayDataReference(main);
        if (angle < 0)
        {
            Extend(main, side, size, angle, InverseAngles[mode - 11]);
            reference = ref _reference[Before];
        }

        if (isVertical)
        {
            PredictRows(ref reference, ref first, stride, size, angle, bits);
        }
        else
        {
            ref ushort rows = ref MemoryMarshal.GetArrayDataReference(_transposed);
            PredictRows(ref reference, ref rows, size, size, angle, bits);
            Transpose(ref rows, ref first, stride, size);
        }

        if (angle == 0 && smoothsEdges)
        {
            SmoothEdge(main[1], side, ref first, isVertical ? stride : 1, size, (1 << bits) - 1);
        }
    }

    /// <summary>Continues the main neighbors before their beginning with projected samples of the other side.</summary>
    private void Extend(ushort[] main, ushort[] side, int size, int angle, int inverse)
    {
        main.AsSpan(0, size + 1).CopyTo(_reference.AsSpan(Before));
        for (int i = (size * angle) >> 5; i < 0; i++)
        {
            _reference[Before + i] = side[((i * inverse) + 128) >> 8];
        }
    }

    private static void PredictRows(ref ushort reference, ref ushort target, int stride, int size, int angle, int bits)
    {
        for (int y = 0, sum = angle; y < size; y++, sum += angle)
        {
            ref ushort source = ref Unsafe.Add(ref reference, (sum >> 5) + 1);
            int fraction = sum & 31;
            ref ushort row = ref Unsafe.Add(ref target, y * stride);
            if (size == 4)
            {
                PredictFour(ref source, fraction, ref row);
            }
            else if (fraction == 0)
            {
                MemoryMarshal.CreateReadOnlySpan(ref source, size).CopyTo(MemoryMarshal.CreateSpan(ref row, size));
            }
            else
            {
                Interpolate(ref source, fraction, ref row, size, bits);
            }
        }
    }

    private static void PredictFour(ref ushort source, int fraction, ref ushort row)
    {
        for (int x = 0; x < 4; x++)
        {
            int sample = ((32 - fraction) * Unsafe.Add(ref source, x)) + (fraction * Unsafe.Add(ref source, x + 1)) + 16;
            Unsafe.Add(ref row, x) = (ushort)(sample >> 5);
        }
    }

    private static void Interpolate(ref ushort source, int fraction, ref ushort row, int size, int bits)
    {
        const int MaxBitsOfVectors = 11; // 32 times a sample fits in 16 bits
        if (bits > MaxBitsOfVectors)
        {
            for (int x = 0; x < size; x += 4)
            {
                PredictFour(ref Unsafe.Add(ref source, x), fraction, ref Unsafe.Add(ref row, x));
            }

            return;
        }

        Vector128<ushort> ofFirst = Vector128.Create((ushort)(32 - fraction));
        Vector128<ushort> ofSecond = Vector128.Create((ushort)fraction);
        for (int x = 0; x < size; x += 8)
        {
            Vector128<ushort> sum = (Vector128.LoadUnsafe(ref source, (nuint)x) * ofFirst) + (Vector128.LoadUnsafe(ref source, (nuint)x + 1) * ofSecond);
            ((sum + Vector128.Create((ushort)16)) >> 5).StoreUnsafe(ref row, (nuint)x);
        }
    }

    /// <summary>disableIntraBoundaryFilter is 0: the edge next to the side moves with it.</summary>
    /// <param name="main">The first sample of the main neighbors, which all samples of the edge have.</param>
    /// <param name="side">The neighbors next to the edge.</param>
    /// <param name="first">The block's first sample.</param>
    /// <param name="step">Samples from one of the edge to the next.</param>
    /// <param name="size">The block's size.</param>
    /// <param name="most">The greatest sample.</param>
    private static void SmoothEdge(int main, ushort[] side, ref ushort first, int step, int size, int most)
    {
        for (int i = 0; i < size; i++)
        {
            Unsafe.Add(ref first, i * step) = (ushort)Math.Clamp(main + ((side[i + 1] - side[0]) >> 1), 0, most);
        }
    }

    private static void Transpose(ref ushort source, ref ushort target, int stride, int size)
    {
        if (size == 4 || !Sse2.IsSupported)
        {
            for (int y = 0; y < size; y++)
            {
                for (int x = 0; x < size; x++)
                {
                    Unsafe.Add(ref target, (y * stride) + x) = Unsafe.Add(ref source, (x * size) + y);
                }
            }

            return;
        }

        for (int y = 0; y < size; y += 8)
        {
            for (int x = 0; x < size; x += 8)
            {
                Transpose8x8(ref Unsafe.Add(ref source, (x * size) + y), size, ref Unsafe.Add(ref target, (y * stride) + x), stride);
            }
        }
    }

    private static void Transpose8x8(ref ushort source, int sourceStride, ref ushort target, int stride)
    {
        Vector128<ushort> r0 = Vector128.LoadUnsafe(ref source);
        Vector128<ushort> r1 = Vector128.LoadUnsafe(ref source, (nuint)sourceStride);
        Vector128<ushort> r2 = Vector128.LoadUnsafe(ref source, (nuint)(2 * sourceStride));
        Vector128<ushort> r3 = Vector128.LoadUnsafe(ref source, (nuint)(3 * sourceStride));
        Vector128<ushort> r4 = Vector128.LoadUnsafe(ref source, (nuint)(4 * sourceStride));
        Vector128<ushort> r5 = Vector128.LoadUnsafe(ref source, (nuint)(5 * sourceStride));
        Vector128<ushort> r6 = Vector128.LoadUnsafe(ref source, (nuint)(6 * sourceStride));
        Vector128<ushort> r7 = Vector128.LoadUnsafe(ref source, (nuint)(7 * sourceStride));

        // Pairs of samples of two rows, then of four, then columns of eight.
        Vector128<uint> a01 = Sse2.UnpackLow(r0, r1).AsUInt32();
        Vector128<uint> b01 = Sse2.UnpackHigh(r0, r1).AsUInt32();
        Vector128<uint> a23 = Sse2.UnpackLow(r2, r3).AsUInt32();
        Vector128<uint> b23 = Sse2.UnpackHigh(r2, r3).AsUInt32();
        Vector128<uint> a45 = Sse2.UnpackLow(r4, r5).AsUInt32();
        Vector128<uint> b45 = Sse2.UnpackHigh(r4, r5).AsUInt32();
        Vector128<uint> a67 = Sse2.UnpackLow(r6, r7).AsUInt32();
        Vector128<uint> b67 = Sse2.UnpackHigh(r6, r7).AsUInt32();
        Store(Sse2.UnpackLow(a01, a23), Sse2.UnpackLow(a45, a67), ref target, stride);
        Store(Sse2.UnpackHigh(a01, a23), Sse2.UnpackHigh(a45, a67), ref Unsafe.Add(ref target, 2 * stride), stride);
        Store(Sse2.UnpackLow(b01, b23), Sse2.UnpackLow(b45, b67), ref Unsafe.Add(ref target, 4 * stride), stride);
        Store(Sse2.UnpackHigh(b01, b23), Sse2.UnpackHigh(b45, b67), ref Unsafe.Add(ref target, 6 * stride), stride);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Store(Vector128<uint> rows0123, Vector128<uint> rows4567, ref ushort target, int stride)
        {
            Sse2.UnpackLow(rows0123.AsUInt64(), rows4567.AsUInt64()).AsUInt16().StoreUnsafe(ref target);
            Sse2.UnpackHigh(rows0123.AsUInt64(), rows4567.AsUInt64()).AsUInt16().StoreUnsafe(ref target, (nuint)stride);
        }
    }
}
