namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>One component's part of a scan header: Csj, Tdj, Taj.</summary>
internal readonly record struct ScanComponent(JpegComponent Component, int DcTable, int AcTable);

/// <summary>What a scan header says (T.81 B.2.3), and where its entropy-coded data begins.</summary>
/// <param name="Components">1 to 4, in the order of the frame header.</param>
/// <param name="SpectralStart">Ss: the first coefficient of the band, in zig-zag order.</param>
/// <param name="SpectralEnd">Se: the last.</param>
/// <param name="ApproximationHigh">Ah: the bit position of the scan that this one refines, 0 for a first scan.</param>
/// <param name="ApproximationLow">Al: the bit position of this scan.</param>
/// <param name="DataOffset">Offset in the file of the first entropy-coded byte.</param>
internal sealed record ScanHeader(
    ScanComponent[] Components,
    int SpectralStart,
    int SpectralEnd,
    int ApproximationHigh,
    int ApproximationLow,
    int DataOffset);
