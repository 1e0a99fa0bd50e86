namespace ResizeImage.Imaging.Color;

/// <summary>
/// The way from an image's samples to linear light of sRGB's primaries, decided once for an image. As much as possible is applied to the
/// thumbnail instead of the image: resampling is linear, so <see cref="Matrix"/> may follow it.
/// </summary>
internal sealed class ColorTransform
{
    /// <summary>A smaller difference of matrix elements does not matter: a third of a code where codes are densest.</summary>
    private const double Negligible = 1e-3;

    private ColorTransform()
    {
    }

    /// <summary>For samples in sRGB, and for inks without a profile.</summary>
    public static ColorTransform Srgb { get; } = new();

    /// <summary>From samples of R, G and B, or three times that of gray, to linear light.</summary>
    public (ToneCurve Red, ToneCurve Green, ToneCurve Blue) Curves { get; private init; } = (ToneCurve.Srgb, ToneCurve.Srgb, ToneCurve.Srgb);

    /// <summary>All <see cref="Curves"/> are that of sRGB, and nothing replaces them.</summary>
    public bool HasSrgbCurves { get; private init; } = true;

    /// <summary>Replaces <see cref="Curves"/> for rows of three or four channels: from samples to linear sRGB. Null if there is none.</summary>
    public LutTransform? Lut { get; private init; }

    /// <summary>The matrix of the planar YCbCr layouts.</summary>
    public YCbCrMatrix YCbCr { get; private set; } = YCbCrMatrix.Jfif;

    /// <summary>Multiplies resampled pixels of four floats; null if there is none.</summary>
    public ColorMatrix? Matrix { get; private init; }

    /// <summary>The most bytes that the tables take.</summary>
    public long Memory => Lut is not null ? Lut.Memory : HasSrgbCurves ? 0 : 3 * ToneCurve.TableBytes;

    /// <summary>A note for the user, for example that a profile was ignored; null if there is none.</summary>
    public string? Note { get; private init; }

    /// <summary>sRGB, with a note.</summary>
    public static ColorTransform SrgbWithNote(string? note) => note is null ? Srgb : new() { Note = note };

    /// <summary>The same transform for rows of YCbCr with another matrix.</summary>
    public ColorTransform WithYCbCr(YCbCrMatrix matrix)
    {
        if (matrix == YCbCr)
        {
            return this;
        }

        ColorTransform copy = (ColorTransform)MemberwiseClone();
        copy.YCbCr = matrix;
        return copy;
    }

    /// <summary>By a gray curve, for one channel or three equal ones.</summary>
    public static ColorTransform OfGray(ToneCurve curve) => OfCurves(curve, curve, curve);

    /// <summary>By curves and primaries. Anything nearly equal to sRGB becomes sRGB, which costs nothing.</summary>
    /// <param name="red">From samples of R to linear light.</param>
    /// <param name="green">From samples of G to linear light.</param>
    /// <param name="blue">From samples of B to linear light.</param>
    /// <param name="toConnectionSpace">From linear R, G, B to XYZ relative to D50.</param>
    public static ColorTransform OfRgb(ToneCurve red, ToneCurve green, ToneCurve blue, Matrix3 toConnectionSpace)
    {
        Triple black = ConnectionSpace.Darkest(toConnectionSpace.Row2.Dot(new(red.At(0), green.At(0), blue.At(0))));
        (Triple scale, Triple offset) = ConnectionSpace.CompensateBlack(black);
        Matrix3 matrix = ConnectionSpace.ToLinearSrgb * Matrix3.Diagonal(scale) * toConnectionSpace;
        return OfCurves(
            red,
            green,
            blue,
            black.Y == 0 && matrix.IsNear(Matrix3.Identity, Negligible) ? null : new ColorMatrix(matrix, ConnectionSpace.ToLinearSrgb * offset));
    }

    /// <summary>By a profile's tables. The curves are for rows of one channel, which occur if all colors of the image are gray.</summary>
    public static ColorTransform OfLut(LutTransform lut)
    {
        ToneCurve gray = lut.OfGray;
        return new() { Lut = lut, Curves = (gray, gray, gray), HasSrgbCurves = false };
    }

    private static ColorTransform OfCurves(ToneCurve red, ToneCurve green, ToneCurve blue, ColorMatrix? matrix = null)
    {
        if (!red.IsLike(ToneCurve.Srgb) || !green.IsLike(ToneCurve.Srgb) || !blue.IsLike(ToneCurve.Srgb))
        {
            return new() { Curves = (red, green, blue), HasSrgbCurves = false, Matrix = matrix };
        }

        return matrix is null ? Srgb : new() { Matrix = matrix };
    }
}
