namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Which scans of a progressive file matter at a reduced scale. Scans of higher coefficients alone are passed over unread, and so are the
/// last two bits of a band that reaches beyond the wanted coefficients, which make up half of the file: refining it would need the whole
/// band's history. Every other reader decodes them all.
/// </summary>
internal static class ProgressiveDetail
{
    /// <summary>Encoders refine AC coefficients from bit 2 or 1 on; without those bits they are known to a few quantization steps.</summary>
    private const int HighestBitLeftOut = 2;

    /// <summary>Coefficients to keep of each block of a component, so that all scans that matter can be decoded.</summary>
    /// <param name="component">The component.</param>
    /// <param name="wanted">Coefficients wanted, 1 to 64.</param>
    /// <param name="scans">All scans of the file.</param>
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

    /// <summary>True for a scan of AC coefficients, so of one component, that can be passed over where <paramref name="kept"/> coefficients of its component are kept.</summary>
    public static bool CanSkip(ScanHeader scan, int kept) =>
        scan.SpectralStart >= kept || (IsRefinement(scan) && scan.SpectralEnd >= kept);

    private static bool IsRefinement(ScanHeader scan) => scan.SpectralStart > 0 && scan.ApproximationHigh > 0;
}
