namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Decides which scans of a progressive file matter at a reduced scale. The decoder skips scans that have only higher coefficients, and the
/// last two bits of a band that extends beyond the wanted coefficients: these bits make up half of the file, and refining the band would need
/// the history of all its coefficients. Other decoders read all scans.
/// </summary>
internal static class ProgressiveDetail
{
    /// <summary>Encoders refine AC coefficients from bit 2 or 1; without those bits, the error is a few quantization steps.</summary>
    private const int HighestBitLeftOut = 2;

    /// <summary>
    /// Coefficients to keep per block of a component, so that all scans that matter for the first <paramref name="wanted"/> coefficients, 1 to 64,
    /// can be decoded. <paramref name="scans"/> are all scans of the file.
    /// </summary>
    public static int Kept(JpegComponent component, int wanted, IEnumerable<ScanHeader> scans)
    {
        bool needsHistory = scans.Any(scan =>
            IsRefinement(scan)
            && scan.Components[0].Component == component
            && scan.SpectralStart < wanted
            && scan.SpectralEnd >= wanted
            && scan.ApproximationHigh > HighestBitLeftOut);
        return needsHistory ? 64 : wanted;
    }

    /// <summary>True for an AC scan that the decoder can skip if its one component keeps <paramref name="kept"/> coefficients.</summary>
    public static bool CanSkip(ScanHeader scan, int kept) =>
        scan.SpectralStart >= kept || (IsRefinement(scan) && scan.SpectralEnd >= kept);

    private static bool IsRefinement(ScanHeader scan) => scan.SpectralStart > 0 && scan.ApproximationHigh > 0;
}
