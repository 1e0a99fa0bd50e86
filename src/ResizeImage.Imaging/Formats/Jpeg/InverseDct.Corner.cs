using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <content>
/// Transforms of the lowest coefficients alone, for reduced scales. The vectors of the second pass hold the same column of four rows, so that
/// a row's four samples come together by shifting, without transposing back.
/// </content>
internal static partial class InverseDct
{
    /// <summary>
    /// The last coefficient, in zig-zag order, that is looked at when the picture is reduced. Thumbnails of ten photos to 200 pixels, against
    /// a float linear-light Lanczos of the full decode: SSIMULACRA2 92.9 on the mean, 87.5 at the least; with all coefficients hardly more,
    /// but a photo takes twice as long, for most coefficients are now only passed over.
    /// </summary>
    public static int LastCoefficient(int scale) => scale switch { 1 => 63, 2 => 9, 4 => 4, _ => 0 };

    /// <summary>
    /// Transforms a block that has none but the lowest coefficients.
    /// </summary>
    /// <param name="coefficients">64 quantised coefficients in rows; those after <paramref name="last"/> are 0.</param>
    /// <param name="quantization">64 quantization steps in rows.</param>
    /// <param name="last">The last coefficient in zig-zag order: 63, 9, 4 or 0.</param>
    /// <param name="size">8, 4, 2 or 1: samples in a row and a column of the result.</param>
    /// <param name="samples">Where the first sample goes.</param>
    /// <param name="stride">Distance of rows in <paramref name="samples"/>.</param>
    public static void TransformCorner(
        ReadOnlySpan<short> coefficients, ReadOnlySpan<ushort> quantization, int last, int size, Span<byte> samples, int stride)
    {
        switch (size, last)
        {
            case (2, <= 4):
                TwoFromTwo(coefficients, quantization, samples, stride);
                break;
            case (4, <= 4):
                FourFromTwo(coefficients, quantization, samples, stride);
                break;
            case (4, <= 9):
                FourFromFour(coefficients, quantization, samples, stride);
                break;
            case (8, <= 9):
                EightFromFour(coefficients, quantization, samples, stride);
                break;
            default:
                Transform(coefficients, quantization, size, samples, stride);
                break;
        }
    }

    private static void TwoFromTwo(ReadOnlySpan<short> coefficients, ReadOnlySpan<ushort> quantization, Span<byte> samples, int stride)
    {
        const int FirstShift = ConstantBits - PassBits + 2;
        const int SecondShift = ConstantBits + PassBits + 3 + 2;
        coefficients = coefficients[..10];
        quantization = quantization[..10];

        // Down: the two halves of columns 0 and 1.
        int even = (coefficients[0] * quantization[0]) << (ConstantBits + 2);
        int odd = coefficients[8] * quantization[8] * 29692;
        int upper0 = Descale(even + odd, FirstShift);
        int lower0 = Descale(even - odd, FirstShift);
        even = (coefficients[1] * quantization[1]) << (ConstantBits + 2);
        odd = coefficients[9] * quantization[9] * 29692;
        int upper1 = Descale(even + odd, FirstShift) * 29692;
        int lower1 = Descale(even - odd, FirstShift) * 29692;

        // Across.
        upper0 <<= ConstantBits + 2;
        lower0 <<= ConstantBits + 2;
        samples[0] = Sample(Descale(upper0 + upper1, SecondShift));
        samples[1] = Sample(Descale(upper0 - upper1, SecondShift));
        samples[stride] = Sample(Descale(lower0 + lower1, SecondShift));
        samples[stride + 1] = Sample(Descale(lower0 - lower1, SecondShift));
    }

    /// <summary>Half-size from coefficients (0, 0) to (1, 1); four rows at once.</summary>
    private static void FourFromTwo(ReadOnlySpan<short> coefficients, ReadOnlySpan<ushort> quantization, Span<byte> samples, int stride)
    {
        const int FirstShift = ConstantBits - PassBits + 1;
        const int SecondShift = ConstantBits + PassBits + 3 + 1;
        coefficients = coefficients[..10];
        quantization = quantization[..10];
        Vector128<int> odd = Vector128.Create(20995, 8697, -8697, -20995);
        Vector128<int> left = Descaled(
            Vector128.Create((coefficients[0] * quantization[0]) << (ConstantBits + 1)) + (odd * (coefficients[8] * quantization[8])), FirstShift);
        Vector128<int> right = Descaled(
            Vector128.Create((coefficients[1] * quantization[1]) << (ConstantBits + 1)) + (odd * (coefficients[9] * quantization[9])), FirstShift);
        left = Vector128.ShiftLeft(left, ConstantBits + 1);
        Vector128<int> outer = right * 20995;
        Vector128<int> inner = right * 8697;
        StoreRows(
            Descaled(left + outer, SecondShift),
            Descaled(left + inner, SecondShift),
            Descaled(left - inner, SecondShift),
            Descaled(left - outer, SecondShift),
            samples,
            stride);
    }

    /// <summary>Half-size from rows 0 to 3 of columns 0 to 3; four columns, then four rows at once.</summary>
    private static void FourFromFour(ReadOnlySpan<short> coefficients, ReadOnlySpan<ushort> quantization, Span<byte> samples, int stride)
    {
        (Vector128<int> v0, Vector128<int> v1, Vector128<int> v2, Vector128<int> v3) = FourByFour(coefficients, quantization);
        (v0, v1, v2, v3) = Half1D(v0, v1, v2, v3, ConstantBits - PassBits + 1);
        (v0, v1, v2, v3) = Transposed(v0, v1, v2, v3);
        (v0, v1, v2, v3) = Half1D(v0, v1, v2, v3, ConstantBits + PassBits + 3 + 1);
        StoreRows(v0, v1, v2, v3, samples, stride);
    }

    /// <summary>Full size from rows 0 to 3 of columns 0 to 3; four columns, then twice four rows at once.</summary>
    private static void EightFromFour(ReadOnlySpan<short> coefficients, ReadOnlySpan<ushort> quantization, Span<byte> samples, int stride)
    {
        (Vector128<int> v0, Vector128<int> v1, Vector128<int> v2, Vector128<int> v3) = FourByFour(coefficients, quantization);
        Sums sums = new(v0, v1, v2, v3);
        EightColumns(sums.Upper(ConstantBits - PassBits), samples, stride);
        EightColumns(sums.Lower(ConstantBits - PassBits), samples[(4 * stride)..], stride);
    }

    /// <summary>The second pass of <see cref="EightFromFour"/> for four rows.</summary>
    private static void EightColumns(
        (Vector128<int> R0, Vector128<int> R1, Vector128<int> R2, Vector128<int> R3) rows, Span<byte> samples, int stride)
    {
        (Vector128<int> v0, Vector128<int> v1, Vector128<int> v2, Vector128<int> v3) = Transposed(rows.R0, rows.R1, rows.R2, rows.R3);
        Sums sums = new(v0, v1, v2, v3);
        (v0, v1, v2, v3) = sums.Upper(ConstantBits + PassBits + 3);
        StoreRows(v0, v1, v2, v3, samples, stride);
        (v0, v1, v2, v3) = sums.Lower(ConstantBits + PassBits + 3);
        StoreRows(v0, v1, v2, v3, samples[4..], stride);
    }

    private static (Vector128<int> R0, Vector128<int> R1, Vector128<int> R2, Vector128<int> R3) FourByFour(
        ReadOnlySpan<short> coefficients, ReadOnlySpan<ushort> quantization)
    {
        coefficients = coefficients[..28];
        quantization = quantization[..28];
        return (
            Dequantised(coefficients, quantization, 0),
            Dequantised(coefficients, quantization, 8),
            Dequantised(coefficients, quantization, 16),
            Dequantised(coefficients, quantization, 24));
    }

    private static Vector128<int> Dequantised(ReadOnlySpan<short> coefficients, ReadOnlySpan<ushort> quantization, int at)
    {
        ulong fourCoefficients = MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(coefficients.Slice(at, 4)));
        ulong fourSteps = MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(quantization.Slice(at, 4)));
        return Vector128.WidenLower(Vector128.CreateScalarUnsafe(fourCoefficients).AsInt16())
            * Vector128.WidenLower(Vector128.CreateScalarUnsafe(fourSteps).AsUInt16()).AsInt32();
    }

    /// <summary>The scalar Half1D of four vectors side by side, without the coefficients that are 0.</summary>
    private static (Vector128<int> R0, Vector128<int> R1, Vector128<int> R2, Vector128<int> R3) Half1D(
        Vector128<int> v0, Vector128<int> v1, Vector128<int> v2, Vector128<int> v3, int shift)
    {
        Vector128<int> e0 = Vector128.ShiftLeft(v0, ConstantBits + 1);
        Vector128<int> e2 = v2 * 15137;
        Vector128<int> o0 = (v1 * 20995) + (v3 * 7373);
        Vector128<int> o1 = (v1 * 8697) - (v3 * 17799);
        Vector128<int> sum = e0 + e2;
        Vector128<int> difference = e0 - e2;
        return (
            Descaled(sum + o0, shift), Descaled(difference + o1, shift), Descaled(difference - o1, shift), Descaled(sum - o0, shift));
    }

    private static Vector128<int> Descaled(Vector128<int> value, int shift) =>
        Vector128.ShiftRightArithmetic(value + Vector128.Create(1 << (shift - 1)), shift);

    /// <summary>Rows to columns of a 4×4 matrix.</summary>
    private static (Vector128<int> C0, Vector128<int> C1, Vector128<int> C2, Vector128<int> C3) Transposed(
        Vector128<int> r0, Vector128<int> r1, Vector128<int> r2, Vector128<int> r3)
    {
        Vector128<long> low01 = InterleavedLower(r0, r1);
        Vector128<long> high01 = InterleavedUpper(r0, r1);
        Vector128<long> low23 = InterleavedLower(r2, r3);
        Vector128<long> high23 = InterleavedUpper(r2, r3);
        return (
            Vector128.Create(low01.GetLower(), low23.GetLower()).AsInt32(),
            Vector128.Create(low01.GetUpper(), low23.GetUpper()).AsInt32(),
            Vector128.Create(high01.GetLower(), high23.GetLower()).AsInt32(),
            Vector128.Create(high01.GetUpper(), high23.GetUpper()).AsInt32());
    }

    /// <summary>a0 b0 a1 b1.</summary>
    private static Vector128<long> InterleavedLower(Vector128<int> a, Vector128<int> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b).AsInt64()
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b).AsInt64()
        : Vector128.Create(a[0], b[0], a[1], b[1]).AsInt64();

    /// <summary>a2 b2 a3 b3.</summary>
    private static Vector128<long> InterleavedUpper(Vector128<int> a, Vector128<int> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a, b).AsInt64()
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b).AsInt64()
        : Vector128.Create(a[2], b[2], a[3], b[3]).AsInt64();

    /// <summary>Stores four columns of four rows as samples.</summary>
    private static void StoreRows(
        Vector128<int> c0, Vector128<int> c1, Vector128<int> c2, Vector128<int> c3, Span<byte> samples, int stride)
    {
        Vector128<uint> rows = Samples(c0)
            | Vector128.ShiftLeft(Samples(c1), 8)
            | Vector128.ShiftLeft(Samples(c2), 16)
            | Vector128.ShiftLeft(Samples(c3), 24);
        MemoryMarshal.Write(samples, rows.GetElement(0));
        MemoryMarshal.Write(samples[stride..], rows.GetElement(1));
        MemoryMarshal.Write(samples[(2 * stride)..], rows.GetElement(2));
        MemoryMarshal.Write(samples[(3 * stride)..], rows.GetElement(3));
    }

    private static Vector128<uint> Samples(Vector128<int> value) =>
        Vector128.Max(Vector128<int>.Zero, Vector128.Min(Vector128.Create(255), value + Vector128.Create(128))).AsUInt32();

    /// <summary>
    /// The eight-point transform of coefficients 0 to 3, four vectors side by side: sums over the even coefficients and over the odd ones, for
    /// the first four samples; the others have the same sums, with the sign of the odd ones changed.
    /// </summary>
    private readonly ref struct Sums
    {
        private readonly Vector128<int> _even0;
        private readonly Vector128<int> _even1;
        private readonly Vector128<int> _even2;
        private readonly Vector128<int> _even3;
        private readonly Vector128<int> _odd0;
        private readonly Vector128<int> _odd1;
        private readonly Vector128<int> _odd2;
        private readonly Vector128<int> _odd3;

        public Sums(Vector128<int> v0, Vector128<int> v1, Vector128<int> v2, Vector128<int> v3)
        {
            // Each constant is √2 cos((2x+1)kπ/16) for sample x and coefficient k.
            Vector128<int> direct = Vector128.ShiftLeft(v0, ConstantBits);
            Vector128<int> outer = v2 * 10703;
            Vector128<int> inner = v2 * 4433;
            _even0 = direct + outer;
            _even1 = direct + inner;
            _even2 = direct - inner;
            _even3 = direct - outer;
            _odd0 = (v1 * 11363) + (v3 * 9633);
            _odd1 = (v1 * 9633) - (v3 * 2260);
            _odd2 = (v1 * 6437) - (v3 * 11363);
            _odd3 = (v1 * 2260) - (v3 * 6437);
        }

        /// <summary>Samples 0 to 3.</summary>
        public (Vector128<int> S0, Vector128<int> S1, Vector128<int> S2, Vector128<int> S3) Upper(int shift) => (
            Descaled(_even0 + _odd0, shift),
            Descaled(_even1 + _odd1, shift),
            Descaled(_even2 + _odd2, shift),
            Descaled(_even3 + _odd3, shift));

        /// <summary>Samples 4 to 7.</summary>
        public (Vector128<int> S4, Vector128<int> S5, Vector128<int> S6, Vector128<int> S7) Lower(int shift) => (
            Descaled(_even3 - _odd3, shift),
            Descaled(_even2 - _odd2, shift),
            Descaled(_even1 - _odd1, shift),
            Descaled(_even0 - _odd0, shift));
    }
}
