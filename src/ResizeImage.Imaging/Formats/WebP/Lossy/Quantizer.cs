namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The factors of a macroblock's coefficients (RFC 6386, 9.6 and 14.1), for DC and AC.</summary>
/// <param name="Y">Luma; DC only if there is no Y2.</param>
/// <param name="Y2">The block of the luma blocks' DC coefficients.</param>
/// <param name="Chroma">U and V.</param>
internal sealed record Quantizer((int Dc, int Ac) Y, (int Dc, int Ac) Y2, (int Dc, int Ac) Chroma)
{
    private const int IndexBits = 7;
    private const int DeltaBits = 4;
    private const int HighestChromaDc = 132;
    private const int LowestY2Ac = 8;

    private static ReadOnlySpan<byte> DcSteps =>
    [
        4, 5, 6, 7, 8, 9, 10, 10, 11, 12, 13, 14, 15, 16, 17, 17, 18, 19, 20, 20, 21, 21, 22, 22, 23, 23, 24, 25, 25, 26, 27, 28,
        29, 30, 31, 32, 33, 34, 35, 36, 37, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58,
        59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89,
        91, 93, 95, 96, 98, 100, 101, 102, 104, 106, 108, 110, 112, 114, 116, 118, 122, 124, 126, 128, 130, 132, 134, 136, 138, 140, 143,
        145, 148, 151, 154, 157,
    ];

    private static ReadOnlySpan<ushort> AcSteps =>
    [
        4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35,
        36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 60, 62, 64, 66, 68, 70, 72, 74, 76,
        78, 80, 82, 84, 86, 88, 90, 92, 94, 96, 98, 100, 102, 104, 106, 108, 110, 112, 114, 116, 119, 122, 125, 128, 131, 134, 137, 140,
        143, 146, 149, 152, 155, 158, 161, 164, 167, 170, 173, 177, 181, 185, 189, 193, 197, 201, 205, 209, 213, 217, 221, 225, 229, 234,
        239, 245, 249, 254, 259, 264, 269, 274, 279, 284,
    ];

    /// <summary>Reads the frame's quantizer indices (RFC 6386, 9.6).</summary>
    /// <returns>The quantizer of each segment.</returns>
    public static Quantizer[] Read(ref BoolDecoder header, Vp8Segmentation segmentation)
    {
        int ofFrame = header.ReadLiteral(IndexBits);
        int yDc = header.ReadOptional(DeltaBits);
        int y2Dc = header.ReadOptional(DeltaBits);
        int y2Ac = header.ReadOptional(DeltaBits);
        int chromaDc = header.ReadOptional(DeltaBits);
        int chromaAc = header.ReadOptional(DeltaBits);
        var quantizers = new Quantizer[Vp8Segmentation.Count];
        for (int i = 0; i < quantizers.Length; i++)
        {
            quantizers[i] = Of(segmentation.Quantizer(i, ofFrame), yDc, (y2Dc, y2Ac), (chromaDc, chromaAc));
        }

        return quantizers;
    }

    /// <summary>The quantizer of an index, and of what is added to it for other coefficients than luma AC; all may be out of range.</summary>
    public static Quantizer Of(int index, int yDc, (int Dc, int Ac) y2, (int Dc, int Ac) chroma) => new(
        (Dc(index + yDc), Ac(index)),
        (2 * Dc(index + y2.Dc), Math.Max(Ac(index + y2.Ac) * 155 / 100, LowestY2Ac)),
        (Math.Min(Dc(index + chroma.Dc), HighestChromaDc), Ac(index + chroma.Ac)));

    /// <summary>The quantizer of an index, with nothing added to it.</summary>
    public static Quantizer Of(int index) => Of(index, 0, (0, 0), (0, 0));

    private static int Dc(int index) => DcSteps[Math.Clamp(index, 0, DcSteps.Length - 1)];

    private static int Ac(int index) => AcSteps[Math.Clamp(index, 0, AcSteps.Length - 1)];
}
