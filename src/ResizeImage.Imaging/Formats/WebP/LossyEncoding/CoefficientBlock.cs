using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// A block of 4×4 coefficients in rows, on the scale of the inverse DCT of RFC 6386, 14.4: twice the orthonormal DCT. The sum of squares is four
/// times that of the samples. Sums are made in a fixed order, so the results are the same on every machine.
/// </summary>
/// <param name="upper">Rows 0 and 1.</param>
/// <param name="lower">Rows 2 and 3.</param>
internal readonly struct CoefficientBlock(Vector256<float> upper, Vector256<float> lower)
{
    // √½ and cos(π/8), sin(π/8): the basis of the DCT, times √2.
    private const float Half = 0.70710678f;
    private const float Cos = 0.92387953f;
    private const float Sin = 0.38268343f;

    /// <summary>Rows 0 and 1.</summary>
    public Vector256<float> Upper { get; } = upper;

    /// <summary>Rows 2 and 3.</summary>
    public Vector256<float> Lower { get; } = lower;

    /// <summary>The DC coefficient.</summary>
    public float Dc => Upper.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CoefficientBlock operator -(CoefficientBlock a, CoefficientBlock b) => new(a.Upper - b.Upper, a.Lower - b.Lower);

    /// <summary>The DCT of sixteen samples.</summary>
    /// <param name="samples">Four rows of four.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CoefficientBlock Transform(Vector128<byte> samples)
    {
        Vector256<ushort> wide = Vector256.WidenLower(samples.ToVector256Unsafe());
        (Vector256<uint> upper, Vector256<uint> lower) = Vector256.Widen(wide);
        Vector256<float> rows01 = Vector256.ConvertToSingle(upper.AsInt32());
        Vector256<float> rows23 = Vector256.ConvertToSingle(lower.AsInt32());

        // Columns: r0 ± r3 and r1 ± r2.
        Vector256<float> rows32 = SwapRows(rows23);
        Vector256<float> sums = rows01 + rows32;
        Vector256<float> differences = rows01 - rows32;
        Vector256<float> even = (sums * Signs(Half, -Half)) + (SwapRows(sums) * Vector256.Create(Half));
        Vector256<float> odd = (differences * Signs(Cos, -Cos)) + (SwapRows(differences) * Vector256.Create(Sin));

        // even has the rows 0 and 2, odd 1 and 3.
        even = TransformRows(even);
        odd = TransformRows(odd);
        return new(
            Vector256.Create(even.GetLower(), odd.GetLower()),
            Vector256.Create(even.GetUpper(), odd.GetUpper()));
    }

    /// <summary>The DCT of four samples, as the first row of the block whose rows are all these samples.</summary>
    public static Vector128<float> TransformRow(Vector128<float> samples)
    {
        // Four equal rows: twice √2 more than one.
        const float Rows = 2.8284271f;
        Vector128<float> row = TransformRows(Vector256.Create(samples, samples)).GetLower();
        return row * Rows;
    }

    /// <summary>The sum of magnitudes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float SumOfMagnitudes() => Sum(Vector256.Abs(Upper) + Vector256.Abs(Lower));

    /// <summary>The sum of squares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float SumOfSquares() => Sum((Upper * Upper) + (Lower * Lower));

    /// <summary>The sum of eight numbers, always in the same order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> values)
    {
        Vector128<float> four = values.GetLower() + values.GetUpper();
        four += Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return four.ToScalar() + four.GetElement(1);
    }

    /// <summary>Writes the coefficients row by row.</summary>
    public void CopyTo(Span<float> destination)
    {
        Upper.CopyTo(destination);
        Lower.CopyTo(destination[8..]);
    }

    /// <summary>The block with another DC coefficient.</summary>
    public CoefficientBlock WithDc(float dc) => new(Upper.WithElement(0, dc), Lower);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> TransformRows(Vector256<float> rows) =>
        (Vector256.Shuffle(rows, Vector256.Create(0, 0, 0, 0, 4, 4, 4, 4)) * Both(Vector128.Create(Half, Cos, Half, Sin)))
        + (Vector256.Shuffle(rows, Vector256.Create(1, 1, 1, 1, 5, 5, 5, 5)) * Both(Vector128.Create(Half, Sin, -Half, -Cos)))
        + ((Vector256.Shuffle(rows, Vector256.Create(2, 2, 2, 2, 6, 6, 6, 6)) * Both(Vector128.Create(Half, -Sin, -Half, Cos)))
        + (Vector256.Shuffle(rows, Vector256.Create(3, 3, 3, 3, 7, 7, 7, 7)) * Both(Vector128.Create(Half, -Cos, Half, -Sin))));

    private static Vector256<float> Both(Vector128<float> row) => Vector256.Create(row, row);

    private static Vector256<float> Signs(float first, float second) => Vector256.Create(Vector128.Create(first), Vector128.Create(second));

    private static Vector256<float> SwapRows(Vector256<float> rows) => Vector256.Create(rows.GetUpper(), rows.GetLower());
}
