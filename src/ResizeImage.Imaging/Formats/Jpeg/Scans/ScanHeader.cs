namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>One component's part of a scan header: Csj, Tdj, Taj.</summary>
internal readonly record struct ScanComponent(JpegComponent Component, int DcTable, int AcTable);

/// <summary>The contents of a scan header (T.81 B.2.3), and the offset of its entropy-coded data.</summary>
/// <param name="Components">1 to 4, in the order of the frame header.</param>
/// <param name="SpectralStart">Ss: the first coefficient of the band, in zig-zag order.</param>
/// <param name="SpectralEnd">Se: the last coefficient of the band.</param>
/// <param name="ApproximationHigh">Ah: the bit position of the scan that this one refines; 0 for a first scan.</param>
/// <param name="ApproximationLow">Al: the bit position of this scan.</param>
/// <param name="DataOffset">Offset in the file of the first entropy-coded byte.</param>
internal sealed record ScanHeader(
    ScanComponent[] Components,
    int SpectralStart,
    int SpectralEnd,
    int ApproximationHigh,
    int ApproximationLow,
    int DataOffset)
{
    /// <summary>Reads a scan header (T.81 B.2.3, and G.1.1.1 for the rules of progressive scans).</summary>
    /// <param name="segment">The segment after its length field.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="coded">For each component of a sequential frame, true if an earlier scan had it; the method updates it.</param>
    /// <param name="dataOffset">Offset in the file of the first byte after the segment.</param>
    /// <exception cref="InvalidImageException">The header breaks the rules.</exception>
    public static ScanHeader Read(ReadOnlySpan<byte> segment, JpegFrame frame, bool[] coded, int dataOffset)
    {
        int count = segment.Length > 0 ? segment[0] : 0;
        if (count is < 1 or > 4 || segment.Length < 4 + (2 * count))
        {
            throw JpegErrors.Corrupt($"a scan header of {segment.Length} bytes names {count} components");
        }

        var components = new ScanComponent[count];
        for (int i = 0; i < count; i++)
        {
            int id = segment[1 + (2 * i)];
            int tables = segment[2 + (2 * i)];
            JpegComponent component = Find(id, frame, components.AsSpan(0, i), coded)
                ?? throw JpegErrors.Corrupt($"a scan names component {id}, which the frame header does not have, or not as often");
            components[i] = new ScanComponent(component, tables >> 4, tables & 15);
        }

        if (!frame.Progressive)
        {
            foreach (ScanComponent named in components)
            {
                coded[named.Component.Index] = true;
            }

            // Cameras write other values for the band of a sequential scan; libjpeg also ignores them.
            return new ScanHeader(components, 0, 63, 0, 0, dataOffset);
        }

        ReadOnlySpan<byte> band = segment.Slice(1 + (2 * count), 3);
        ScanHeader scan = new(components, band[0], band[1], band[2] >> 4, band[2] & 15, dataOffset);
        bool bandFits = scan.SpectralStart == 0
            ? scan.SpectralEnd == 0
            : scan.SpectralStart <= scan.SpectralEnd && scan.SpectralEnd <= 63 && count == 1;
        bool approximationFits = scan.ApproximationLow <= 13
            && (scan.ApproximationHigh == 0 || scan.ApproximationHigh == scan.ApproximationLow + 1); // one bit at a time, as libjpeg demands
        return bandFits && approximationFits
            ? scan
            : throw JpegErrors.Corrupt(
                $"a progressive scan of {count} components covers coefficients {band[0]} to {band[1]} at bits {band[2] >> 4} to {band[2] & 15}");
    }

    /// <summary>
    /// Finds the component with an id. Ids must be unique (T.81 B.2.2). If they are not, the nth use of an id in a scan selects the nth component
    /// with that id, as in libjpeg. Sequential frames code each component in one scan only, so components of earlier scans come last.
    /// </summary>
    private static JpegComponent? Find(int id, JpegFrame frame, ReadOnlySpan<ScanComponent> named, bool[] coded)
    {
        JpegComponent? found = null;
        foreach (JpegComponent component in frame.Components)
        {
            bool better = found is null || (coded[found.Index] && !coded[component.Index]);
            if (component.Id == id && better && !IsNamed(component, named))
            {
                found = component;
            }
        }

        return found;
    }

    private static bool IsNamed(JpegComponent component, ReadOnlySpan<ScanComponent> named)
    {
        foreach (ScanComponent other in named)
        {
            if (other.Component.Index == component.Index)
            {
                return true;
            }
        }

        return false;
    }
}
