namespace ResizeImage.Imaging.Formats.Hevc.Slices;

/// <summary>The sample adaptive offset of a plane of a coding tree block (H.265 7.4.9.3). The default has none.</summary>
/// <param name="Type">SaoTypeIdx: 0 none, 1 band offset, 2 edge offset.</param>
/// <param name="Detail">sao_band_position or SaoEoClass.</param>
/// <param name="Offset1">SaoOffsetVal[1], scaled to the bit depth.</param>
/// <param name="Offset2">SaoOffsetVal[2].</param>
/// <param name="Offset3">SaoOffsetVal[3].</param>
/// <param name="Offset4">SaoOffsetVal[4].</param>
internal readonly record struct SaoParameters(byte Type, byte Detail, short Offset1, short Offset2, short Offset3, short Offset4)
{
    public const byte Band = 1;
    public const byte Edge = 2;
}
