namespace ResizeImage.Imaging.Color;

/// <summary>
/// The conversion of Y, Cb and Cr of 8 bits to R, G and B (ITU-T H.273 8.3: MatrixCoefficients and VideoFullRangeFlag). R is
/// LumaScale · (Y − Black) + RedOfCr · (Cr − 128), and G and B likewise.
/// </summary>
/// <param name="Black">The code of Y that is black: 0, or 16 in the limited range.</param>
/// <param name="LumaScale">1, or 255/219 in the limited range.</param>
/// <param name="RedOfCr">Chroma factors, from codes to codes of 0 to 255.</param>
/// <param name="GreenOfCb">Negative.</param>
/// <param name="GreenOfCr">Negative.</param>
/// <param name="BlueOfCb">Positive.</param>
internal sealed record YCbCrMatrix(int Black, double LumaScale, double RedOfCr, double GreenOfCb, double GreenOfCr, double BlueOfCb)
{
    /// <summary>BT.601 in full range, with the digits that JFIF 1.02 prints on page 3 and libjpeg uses.</summary>
    public static readonly YCbCrMatrix Jfif = new(0, 1, 1.402, -0.34414, -0.71414, 1.772);

    /// <summary>BT.601 in limited range: VP8 (RFC 6386 9.2).</summary>
    public static readonly YCbCrMatrix Bt601Limited = Of(0.299, 0.114, isFullRange: false);

    /// <summary>Codes go from 0 to 255, not from 16 to 235 and 240.</summary>
    public bool IsFullRange => Black == 0;

    /// <summary>A matrix by its definition (H.273 8.3, equations for KR and KB).</summary>
    /// <param name="kr">Weight of R in luma.</param>
    /// <param name="kb">Weight of B in luma.</param>
    /// <param name="isFullRange">Codes are 0 to 255; if false, 16 to 235 and 240.</param>
    public static YCbCrMatrix Of(double kr, double kb, bool isFullRange)
    {
        double chroma = isFullRange ? 2 : 2 * 255.0 / 224;
        double kg = 1 - kr - kb;
        return new(
            isFullRange ? 0 : 16,
            isFullRange ? 1 : 255.0 / 219,
            chroma * (1 - kr),
            -chroma * (1 - kb) * kb / kg,
            -chroma * (1 - kr) * kr / kg,
            chroma * (1 - kb));
    }
}
