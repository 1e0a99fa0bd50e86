namespace ResizeImage.Imaging.Color;

/// <summary>
/// How an image's samples become linear light of sRGB's primaries, decided once for the image. What can be is done to the thumbnail instead of
/// the image: resampling is linear, so <see cref="Matrix"/> may come after it.
/// </summary>
internal sealed class ColorTransform
{
    /// <summary>Elements of a matrix this near to those of another make no difference: a third of a code where codes are densest.</summary>
    private const double Negligible = 1e-3;

    private ColorTransform()
    {
    }

    /// <summary>Samples are sRGB, or inks that no profile describes.</summary>
    public static ColorTransform Srgb { get; } = new();

    /// <summary>From samples of R, G and B, or three times that of gray, to linear light.</summary>
    public (ToneCurve Red, ToneCurve Green, ToneCurve Blue) Curves { get; private init; } = (ToneCurve.Srgb, ToneCurve.Srgb, ToneCurve.Srgb);

    /// <summary>All of <see cref="Curves"/> are that of sRGB, and nothing takes their place.</summary>
    public bool HasSrgbCurves { get; private init; } = true;

    /// <summary>Takes the place of <see cref="Curves"/> for rows of several channels: goes from samples of three or four channels to linear sRGB; null if there is none.</summary>
    public LutTransform? Lut { get; private init; }

    /// <summary>What samples of the planar YCbCr layouts stand for.</summary>
    public YCbCrMatrix YCbCr { get; private init; } = YCbCrMatrix.Jfif;

    /// <summary>What resampled pixels of four floats are multiplied by; null if nothing is to be done.</summary>
    public ColorMatrix? Matrix { get; private init; }

    /// <summary>Bytes that its tables may come to take, at most.</summary>
    public long Memory => Lut is not null ? Lut.Memory : HasSrgbCurves ? 0 : 3 * ToneCurve.TableBytes;

    /// <summary>What a person should know, for example that a profile was ignored; null if nothing.</summary>
    public string? Note { get; private init; }

    /// <summary>sRGB, with a note.</summary>
    public static ColorTransform SrgbBecause(string? note) => note is null ? Srgb : new() { Note = note };

    /// <summary>The same for rows of YCbCr with another matrix.</summary>
    public ColorTransform WithYCbCr(YCbCrMatrix matrix) => matrix == YCbCr ? this : new()
    {
        Curves = Curves,
        HasSrgbCurves = HasSrgbCurves,
        Lut = Lut,
        YCbCr = matrix,
        Matrix = Matrix,
        Note = Note,
    };

    /// <summary>A gray curve, for one channel or three equal ones.</summary>
    public static ColorTransform OfGray(ToneCurve curve) => OfCurves(curve, curve, curve);

    /// <summary>Curves and primaries. What differs from sRGB by nothing to speak of is taken for it, so that it costs nothing.</summary>
    /// <param name="red">From samples of R to linear light.</param>
    /// <param name="green">Of G.</param>
    /// <param name="blue">Of B.</param>
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

    /// <summary>Tables of a profile. Curves are for rows that have only one channel, because all colors of the image are gray.</summary>
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
