namespace ResizeImage.Imaging.Color;

/// <summary>Color spaces by code points of Rec. ITU-T H.273, tables 2 and 3, as in chunk cICP of PNG.</summary>
internal static class CodePoints
{
    /// <summary>The encoding of R, G, B samples of the full range.</summary>
    /// <param name="primaries">ColourPrimaries.</param>
    /// <param name="transfer">TransferCharacteristics.</param>
    /// <returns>Null if one of them is unknown.</returns>
    public static ColorEncoding? ToEncoding(int primaries, int transfer) =>
        PrimariesOf(primaries) is { } space && CurveOf(transfer) is { } curve ? ColorEncoding.OfRgb(space, curve, NameOf(primaries, transfer)) : null;

    private static string NameOf(int primaries, int transfer)
    {
        string space = primaries switch
        {
            1 => "BT.709",
            4 => "BT.470 System M",
            5 => "BT.470 System B, G",
            6 => "SMPTE ST 170",
            7 => "SMPTE ST 240",
            9 => "BT.2020",
            11 => "DCI-P3",
            _ => "Display P3",
        };
        return (primaries, transfer) switch
        {
            (1, 13) => "sRGB",
            (12, 13) => space,
            _ => $"{space} {CurveName(transfer)}",
        };
    }

    private static string CurveName(int transfer) => transfer switch
    {
        4 => "gamma 2.2",
        5 => "gamma 2.8",
        8 => "linear",
        13 => "with the curve of sRGB",
        16 => "PQ",
        18 => "HLG",
        _ => "with the curve of BT.709",
    };

    private static RgbPrimaries? PrimariesOf(int code) => code switch
    {
        1 => RgbPrimaries.Bt709,
        4 => new(new(0.67, 0.33), new(0.21, 0.71), new(0.14, 0.08), new(0.310, 0.316)), // BT.470 System M
        5 => new(new(0.64, 0.33), new(0.29, 0.60), new(0.15, 0.06), Chromaticity.D65), // BT.470 System B, G
        6 or 7 => new(new(0.630, 0.340), new(0.310, 0.595), new(0.155, 0.070), Chromaticity.D65), // SMPTE ST 170 and 240
        9 => new(new(0.708, 0.292), new(0.170, 0.797), new(0.131, 0.046), Chromaticity.D65), // BT.2020, BT.2100
        11 => new(new(0.680, 0.320), new(0.265, 0.690), new(0.150, 0.060), new(0.314, 0.351)), // DCI-P3
        12 => new(new(0.680, 0.320), new(0.265, 0.690), new(0.150, 0.060), Chromaticity.D65), // Display P3
        _ => null,
    };

    private static ToneCurve? CurveOf(int code) => code switch
    {
        // BT.709, SMPTE ST 170, BT.2020 with 10 and 12 bits: the inverse of the one camera curve.
        1 or 6 or 14 or 15 => new ParametricCurve(1 / 0.45, 1 / 1.099, 0.099 / 1.099, 1 / 4.5, 0.081, 0, 0),
        4 => ParametricCurve.Power(2.2),
        5 => ParametricCurve.Power(2.8),
        8 => ParametricCurve.Identity,
        13 => ToneCurve.Srgb,
        16 => HdrCurve.Pq,
        18 => HdrCurve.Hlg,
        _ => null,
    };
}
