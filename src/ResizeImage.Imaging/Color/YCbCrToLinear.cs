using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Color;

/// <summary>
/// YCbCr to linear light in one step, eight pixels at once: R, G and B, rounded to codes as in every decoder, stay in registers, and a
/// polynomial replaces tables. Takes three quarters of the time of vector code that writes R, G, B bytes and looks them up.
/// </summary>
internal static class YCbCrToLinear
{
    private const int Pixels = 8;

    /// <summary>The code value at which the sRGB transfer function changes from a line to a power.</summary>
    private const float Knee = 0.04045f * 255;

    /// <summary>Rounds a sum of about this size to an integer: single precision has no bits left for fractions.</summary>
    private const float Integers = 3 << 22;

    private const float Slope = 1 / (12.92f * 255);

    /// <summary>Converts a row.</summary>
    /// <param name="matrix">The meaning of the samples.</param>
    /// <param name="y">Codes of Y.</param>
    /// <param name="cb">As many codes of Cb.</param>
    /// <param name="cr">As many codes of Cr.</param>
    /// <param name="linear">Four floats a pixel: R, G, B and 1.</param>
    public static void Convert(YCbCrMatrix matrix, ReadOnlySpan<byte> y, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr, Span<float> linear)
    {
        // Two loops, because full range needs fewer operations: 2 % of a photo's thumbnail.
        if (matrix.IsFullRange)
        {
            Convert(new Factors(matrix), isFullRange: true, y, cb, cr, linear);
        }
        else
        {
            Convert(new Factors(matrix), isFullRange: false, y, cb, cr, linear);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Convert(
        Factors factors, bool isFullRange, ReadOnlySpan<byte> y, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr, Span<float> linear)
    {
        ReadOnlySpan<ulong> eightY = MemoryMarshal.Cast<byte, ulong>(y);
        ReadOnlySpan<ulong> eightCb = MemoryMarshal.Cast<byte, ulong>(cb)[..eightY.Length];
        ReadOnlySpan<ulong> eightCr = MemoryMarshal.Cast<byte, ulong>(cr)[..eightY.Length];
        for (int k = 0; k < eightY.Length; k++)
        {
            Convert(factors, isFullRange, Widen(eightY[k]), Widen(eightCb[k]), Widen(eightCr[k]), linear.Slice(4 * Pixels * k, 4 * Pixels));
        }

        int i = Pixels * eightY.Length;
        if (i < y.Length)
        {
            // Too few for a vector: the same arithmetic on a padded row.
            Span<float> pixels = stackalloc float[4 * Pixels];
            Convert(factors, isFullRange, Widen(Fill(y[i..])), Widen(Fill(cb[i..y.Length])), Widen(Fill(cr[i..y.Length])), pixels);
            pixels[..(4 * (y.Length - i))].CopyTo(linear[(4 * i)..]);
        }
    }

    /// <summary>Fewer than eight codes, and zeros.</summary>
    private static ulong Fill(ReadOnlySpan<byte> codes)
    {
        Span<byte> eight = stackalloc byte[Pixels];
        eight.Clear();
        codes.CopyTo(eight);
        return MemoryMarshal.Read<ulong>(eight);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Convert(
        Factors factors, bool isFullRange, Vector256<float> y, Vector256<float> cb, Vector256<float> cr, Span<float> linear)
    {
        cb -= Vector256.Create(128f);
        cr -= Vector256.Create(128f);
        Vector256<float> r = cr * factors.RedOfCr;
        Vector256<float> g = (cb * factors.GreenOfCb) + (cr * factors.GreenOfCr);
        Vector256<float> b = cb * factors.BlueOfCb;
        if (isFullRange)
        {
            // Luma is an integer: adding chroma to it after it was made large rounds the sum.
            y += Vector256.Create(Integers);
            (r, g, b) = (r + y, g + y, b + y);
        }
        else
        {
            y = (y * factors.OfY) - Vector256.Create(factors.Black);
            (r, g, b) = (r + y + Vector256.Create(Integers), g + y + Vector256.Create(Integers), b + y + Vector256.Create(Integers));
        }

        Interleave(
            ToLinear(r - Vector256.Create(Integers)), ToLinear(g - Vector256.Create(Integers)), ToLinear(b - Vector256.Create(Integers)), linear);
    }

    /// <summary>
    /// The sRGB transfer function from code values, which are clipped to 0 to 255. Above the knee, a minimax polynomial of code values
    /// approximates ((code / 255 + 0.055) / 1.055)^2.4 with an error of at most 1/80 code.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ToLinear(Vector256<float> code)
    {
        code = FloatVectors.Clamp(code, Vector256<float>.Zero, Vector256.Create(255f));

        // In pairs of terms (Estrin's scheme): half the latency of Horner's.
        Vector256<float> square = code * code;
        Vector256<float> terms01 = (code * 0.000128417005f) + Vector256.Create(0.000916879679f);
        Vector256<float> terms23 = (code * 4.02358239e-08f) + Vector256.Create(7.98739272e-06f);
        Vector256<float> terms45 = (code * 8.09534789e-14f) + Vector256.Create(-7.26973785e-11f);
        Vector256<float> power = (((terms45 * square) + terms23) * square) + terms01;
        return Vector256.ConditionalSelect(Vector256.GreaterThan(code, Vector256.Create(Knee)), power, code * Slope);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Widen(ulong eightCodes)
    {
        Vector128<ushort> wide = Vector128.WidenLower(Vector128.CreateScalarUnsafe(eightCodes).AsByte());
        return Vector256.ConvertToSingle(Vector256.WidenLower(wide.ToVector256Unsafe()).AsInt32());
    }

    /// <summary>Eight pixels from three planes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(Vector256<float> r, Vector256<float> g, Vector256<float> b, Span<float> linear)
    {
        Vector256<float> one = Vector256.Create(1f);
        Span<Vector256<float>> pairs = MemoryMarshal.Cast<float, Vector256<float>>(linear)[..4];
        if (Avx.IsSupported)
        {
            // Unpacking works within the halves of a vector: these are pixels 0, 1, 4 and 5, and 2, 3, 6 and 7.
            Vector256<double> redGreen0145 = Avx.UnpackLow(r, g).AsDouble();
            Vector256<double> redGreen2367 = Avx.UnpackHigh(r, g).AsDouble();
            Vector256<double> blueOne0145 = Avx.UnpackLow(b, one).AsDouble();
            Vector256<double> blueOne2367 = Avx.UnpackHigh(b, one).AsDouble();
            Vector256<float> pixels04 = Avx.UnpackLow(redGreen0145, blueOne0145).AsSingle();
            Vector256<float> pixels15 = Avx.UnpackHigh(redGreen0145, blueOne0145).AsSingle();
            Vector256<float> pixels26 = Avx.UnpackLow(redGreen2367, blueOne2367).AsSingle();
            Vector256<float> pixels37 = Avx.UnpackHigh(redGreen2367, blueOne2367).AsSingle();
            pairs[0] = Vector256.Create(pixels04.GetLower(), pixels15.GetLower());
            pairs[1] = Vector256.Create(pixels26.GetLower(), pixels37.GetLower());
            pairs[2] = Vector256.Create(pixels04.GetUpper(), pixels15.GetUpper());
            pairs[3] = Vector256.Create(pixels26.GetUpper(), pixels37.GetUpper());
            return;
        }

        for (int i = 0; i < Pixels; i++)
        {
            Vector128.Create(r[i], g[i], b[i], 1f).CopyTo(linear[(4 * i)..]);
        }
    }

    /// <summary>The matrix in single precision.</summary>
    private readonly struct Factors(YCbCrMatrix matrix)
    {
        public readonly float OfY = (float)matrix.LumaScale;
        public readonly float RedOfCr = (float)matrix.RedOfCr;
        public readonly float GreenOfCb = (float)matrix.GreenOfCb;
        public readonly float GreenOfCr = (float)matrix.GreenOfCr;
        public readonly float BlueOfCb = (float)matrix.BlueOfCb;
        public readonly float Black = (float)(matrix.LumaScale * matrix.Black);
    }
}
