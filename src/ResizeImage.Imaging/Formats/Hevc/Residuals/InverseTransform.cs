using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.Hevc.Residuals;

/// <summary>
/// The inverse transforms (H.265 8.6.4.2), added to predicted samples. Two stages of matrix products with the symmetry of the DCT: even rows of
/// the matrix are the same for samples n and size − 1 − n, odd ones differ in sign. Zero columns and rows of coefficients are passed over.
/// </summary>
internal static class InverseTransform
{
    private const int FirstShift = 7;

    /// <summary>Adds the residuals of a block.</summary>
    /// <param name="residual">The coefficients, in 4 × 4 or larger blocks.</param>
    /// <param name="log2Size">Log2 of the block's size.</param>
    /// <param name="isSine">The block is 4 × 4 luma, which uses the DST.</param>
    /// <param name="bits">Bits of a sample.</param>
    /// <param name="samples">The block's first sample.</param>
    /// <param name="stride">Samples from row to row.</param>
    public static void Add(ResidualReader residual, int log2Size, bool isSine, int bits, ref ushort samples, int stride)
    {
        ref short coefficients = ref MemoryMarshal.GetArrayDataReference(residual.Coefficients);
        if (residual.IsOnlyDc && !isSine)
        {
            int first = ((64 * coefficients) + 64) >> FirstShift;
            int shift = 20 - bits;
            AddConstant(((64 * first) + (1 << (shift - 1))) >> shift, 1 << log2Size, bits, ref samples, stride);
        }
        else if (log2Size == 2)
        {
            Add4x4(ref coefficients, isSine ? TransformMatrix.Sine : TransformMatrix.Cosine(2), bits, ref samples, stride);
        }
        else
        {
            AddLarger(ref coefficients, residual.Columns, residual.Rows, log2Size, bits, ref samples, stride);
        }
    }

    /// <summary>Adds a 4 × 4 block of transform_skip_flag (8.6.4.2: tsShift is 7) or of a lossless coding unit.</summary>
    public static void AddUntransformed(short[] coefficients, int log2Size, bool isLossless, int bits, ref ushort samples, int stride)
    {
        int shift = isLossless ? 0 : 20 - bits;
        int scale = isLossless ? 1 : 1 << 7;
        int round = isLossless ? 0 : 1 << (shift - 1);
        int most = (1 << bits) - 1;
        int size = 1 << log2Size;
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                ref ushort sample = ref Unsafe.Add(ref samples, (y * stride) + x);
                sample = (ushort)Math.Clamp(sample + (((coefficients[(y << log2Size) + x] * scale) + round) >> shift), 0, most);
            }
        }
    }

    private static void AddConstant(int residual, int size, int bits, ref ushort samples, int stride)
    {
        // Residuals of valid streams fit in 16 bits; others are clipped like them.
        Vector128<short> add = Vector128.Create((short)Math.Clamp(residual, -(1 << bits), 1 << bits));
        Vector128<short> most = Vector128.Create((short)((1 << bits) - 1));
        for (int y = 0; y < size; y++)
        {
            ref ushort row = ref Unsafe.Add(ref samples, y * stride);
            if (size == 4)
            {
                Vector128<short> sum = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref row))).AsInt16() + add;
                sum = Vector128.Min(Vector128.Max(sum, Vector128<short>.Zero), most);
                Unsafe.WriteUnaligned(ref Unsafe.As<ushort, byte>(ref row), sum.AsUInt64().ToScalar());
                continue;
            }

            for (int x = 0; x < size; x += 8)
            {
                ref ushort eight = ref Unsafe.Add(ref row, x);
                Vector128<short> sum = Vector128.LoadUnsafe(ref eight).AsInt16() + add;
                Vector128.Min(Vector128.Max(sum, Vector128<short>.Zero), most).AsUInt16().StoreUnsafe(ref eight);
            }
        }
    }

    /// <summary>Four columns, then four rows at a time.</summary>
    private static void Add4x4(ref short coefficients, int[] matrix, int bits, ref ushort samples, int stride)
    {
        Vector128<int> m0 = Vector128.Create(matrix, 0);
        Vector128<int> m1 = Vector128.Create(matrix, 4);
        Vector128<int> m2 = Vector128.Create(matrix, 8);
        Vector128<int> m3 = Vector128.Create(matrix, 12);
        Vector128<short> rows01 = Vector128.LoadUnsafe(ref coefficients);
        Vector128<short> rows23 = Vector128.LoadUnsafe(ref coefficients, 8);
        Vector128<int> c0 = Vector128.WidenLower(rows01);
        Vector128<int> c1 = Vector128.WidenUpper(rows01);
        Vector128<int> c2 = Vector128.WidenLower(rows23);
        Vector128<int> c3 = Vector128.WidenUpper(rows23);
        int shift = 20 - bits;
        Vector128<int> round = Vector128.Create(1 << (shift - 1));
        Vector128<int> most = Vector128.Create((1 << bits) - 1);
        for (int y = 0; y < 4; y++)
        {
            Vector128<int> column = (c0 * m0[y]) + (c1 * m1[y]) + (c2 * m2[y]) + (c3 * m3[y]);
            column = ClipToInt16((column + Vector128.Create(1 << (FirstShift - 1))) >> FirstShift);
            Vector128<int> residual = (m0 * column[0]) + (m1 * column[1]) + (m2 * column[2]) + (m3 * column[3]);
            residual = (residual + round) >> shift;
            ref byte row = ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref samples, y * stride));
            Vector128<int> predicted = Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref row)).AsInt16());
            Vector128<int> sum = Vector128.Min(Vector128.Max(predicted + residual, Vector128<int>.Zero), most);
            Unsafe.WriteUnaligned(ref row, Vector128.Narrow(sum, sum).AsUInt64().ToScalar());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> ClipToInt16(Vector128<int> value) =>
        Vector128.Min(Vector128.Max(value, Vector128.Create((int)short.MinValue)), Vector128.Create((int)short.MaxValue));

    private static void AddLarger(ref short coefficients, int columns, int rows, int log2Size, int bits, ref ushort samples, int stride)
    {
        const int MaxSize = 32;
        Span<int> temporary = stackalloc int[MaxSize * MaxSize];
        Span<Vector256<int>> inputs = stackalloc Vector256<int>[MaxSize];
        int[] matrix = TransformMatrix.Cosine(log2Size);
        for (int x = 0; x < columns; x += 8)
        {
            TransformColumns(ref Unsafe.Add(ref coefficients, x), rows, log2Size, matrix, inputs, temporary[x..]);
        }

        ref int first = ref MemoryMarshal.GetReference(temporary);
        for (int y = 0; y < 1 << log2Size; y++)
        {
            ref int row = ref Unsafe.Add(ref first, y << log2Size);
            ref ushort target = ref Unsafe.Add(ref samples, y * stride);
            switch (log2Size)
            {
                case 3:
                    AddRow8(ref row, columns, matrix, bits, ref target);
                    break;
                case 4:
                    AddRow16(ref row, columns, matrix, bits, ref target);
                    break;
                default:
                    AddRow32(ref row, columns, matrix, bits, ref target);
                    break;
            }
        }
    }

    /// <summary>The first stage of eight columns.</summary>
    private static void TransformColumns(
        ref short coefficients, int rows, int log2Size, int[] matrix, Span<Vector256<int>> inputs, Span<int> output)
    {
        int size = 1 << log2Size;
        ref Vector256<int> input = ref MemoryMarshal.GetReference(inputs);
        for (int k = 0; k < rows; k++)
        {
            Unsafe.Add(ref input, k) = Vector256.WidenLower(Vector128.LoadUnsafe(ref Unsafe.Add(ref coefficients, k << log2Size)).ToVector256Unsafe());
        }

        ref int target = ref MemoryMarshal.GetReference(output);
        for (int n = 0; n < size / 2; n++)
        {
            ref int factor = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(matrix), n);
            Vector256<int> even = Vector256<int>.Zero;
            Vector256<int> odd = Vector256<int>.Zero;
            for (int k = 0; k < rows; k += 2)
            {
                even += Unsafe.Add(ref input, k) * Unsafe.Add(ref factor, k << log2Size);
                odd += Unsafe.Add(ref input, k + 1) * Unsafe.Add(ref factor, (k + 1) << log2Size);
            }

            even += Vector256.Create(1 << (FirstShift - 1));
            ClipToInt16((even + odd) >> FirstShift).StoreUnsafe(ref Unsafe.Add(ref target, n << log2Size));
            ClipToInt16((even - odd) >> FirstShift).StoreUnsafe(ref Unsafe.Add(ref target, (size - 1 - n) << log2Size));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> ClipToInt16(Vector256<int> value) =>
        Vector256.Min(Vector256.Max(value, Vector256.Create((int)short.MinValue)), Vector256.Create((int)short.MaxValue));

    /// <summary>The second stage of a row of 8: all samples at once, because half of them would not fill a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow8(ref int row, int columns, int[] matrix, int bits, ref ushort samples)
    {
        ref int factor = ref MemoryMarshal.GetArrayDataReference(matrix);
        Vector256<int> sum = Vector256<int>.Zero;
        for (int k = 0; k < columns; k++)
        {
            sum += Vector256.LoadUnsafe(ref Unsafe.Add(ref factor, 8 * k)) * Unsafe.Add(ref row, k);
        }

        AddEight(sum, bits, ref samples);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow16(ref int row, int columns, int[] matrix, int bits, ref ushort samples)
    {
        ref int factor = ref MemoryMarshal.GetArrayDataReference(matrix);
        Vector256<int> even = Vector256<int>.Zero;
        Vector256<int> odd = Vector256<int>.Zero;
        for (int k = 0; k < columns; k += 2)
        {
            even += Vector256.LoadUnsafe(ref Unsafe.Add(ref factor, 16 * k)) * Unsafe.Add(ref row, k);
            odd += Vector256.LoadUnsafe(ref Unsafe.Add(ref factor, 16 * (k + 1))) * Unsafe.Add(ref row, k + 1);
        }

        AddEight(even + odd, bits, ref samples);
        AddEight(Reverse(even - odd), bits, ref Unsafe.Add(ref samples, 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow32(ref int row, int columns, int[] matrix, int bits, ref ushort samples)
    {
        ref int factor = ref MemoryMarshal.GetArrayDataReference(matrix);
        Vector256<int> even0 = Vector256<int>.Zero;
        Vector256<int> even1 = Vector256<int>.Zero;
        Vector256<int> odd0 = Vector256<int>.Zero;
        Vector256<int> odd1 = Vector256<int>.Zero;
        for (int k = 0; k < columns; k += 2)
        {
            ref int ofEven = ref Unsafe.Add(ref factor, 32 * k);
            ref int ofOdd = ref Unsafe.Add(ref factor, 32 * (k + 1));
            int c0 = Unsafe.Add(ref row, k);
            int c1 = Unsafe.Add(ref row, k + 1);
            even0 += Vector256.LoadUnsafe(ref ofEven) * c0;
            even1 += Vector256.LoadUnsafe(ref ofEven, 8) * c0;
            odd0 += Vector256.LoadUnsafe(ref ofOdd) * c1;
            odd1 += Vector256.LoadUnsafe(ref ofOdd, 8) * c1;
        }

        AddEight(even0 + odd0, bits, ref samples);
        AddEight(even1 + odd1, bits, ref Unsafe.Add(ref samples, 8));
        AddEight(Reverse(even1 - odd1), bits, ref Unsafe.Add(ref samples, 16));
        AddEight(Reverse(even0 - odd0), bits, ref Unsafe.Add(ref samples, 24));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Reverse(Vector256<int> value) => Vector256.Shuffle(value, Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0));

    /// <summary>Rounds and shifts eight residuals and adds them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddEight(Vector256<int> sum, int bits, ref ushort samples)
    {
        int shift = 20 - bits;
        Vector256<int> residual = (sum + Vector256.Create(1 << (shift - 1))) >> shift;
        Vector256<int> predicted = Vector256.WidenLower(Vector128.LoadUnsafe(ref samples).ToVector256Unsafe()).AsInt32();
        Vector256<int> clipped = Vector256.Min(Vector256.Max(predicted + residual, Vector256<int>.Zero), Vector256.Create((1 << bits) - 1));
        Vector128.Narrow(clipped.GetLower(), clipped.GetUpper()).AsUInt16().StoreUnsafe(ref samples);
    }
}
