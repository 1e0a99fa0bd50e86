namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>What the frame header says (RFC 6386, 9.2 to 9.6).</summary>
/// <param name="Quantizers">One for each segment; a single one if there are no segments.</param>
/// <param name="FilterLevels">The loop filter's level for each segment, 0 to 63.</param>
internal sealed record FrameHeader(SegmentQuantizer[] Quantizers, int[] FilterLevels)
{
    // Octaves of the step for each octave of activity, and how far a segment's activity may be from the mean. Found by SSIMULACRA2.
    private const double StepPerActivity = 0.35;
    private const double MostOctaves = 3;

    // The level of the loop filter is this part of the quantizer's index beyond the first. SSIMULACRA2 prefers no filter at common qualities,
    // except for smooth images, where texture does not hide the edges of blocks: there it is this much per octave of activity below the limit.
    private const int FirstFiltered = 40;
    private const int IndexPerLevel = 4;
    private const double SmoothActivity = 4;
    private const double LevelPerOctave = 10;

    private const int HighestIndex = 127;

    /// <summary>Chooses the header, and sets the frame's segments.</summary>
    /// <param name="source">The image.</param>
    /// <param name="frame">Receives the segments.</param>
    /// <param name="quality">1 to 100.</param>
    public static FrameHeader Choose(SourcePlanes source, EncodedFrame frame, int quality)
    {
        SegmentMap map = SegmentMap.Choose(source, frame);
        double step = StepOf(quality);
        SegmentQuantizer[] quantizers = new SegmentQuantizer[Vp8Segmentation.Count];
        int[] levels = new int[quantizers.Length];
        int leastLevel = (int)Math.Round(LevelPerOctave * Math.Max(0, SmoothActivity - map.Mean));
        for (int i = 0; i < quantizers.Length; i++)
        {
            double octaves = Math.Clamp(map.Centers[i] - map.Mean, -MostOctaves, MostOctaves);
            int index = IndexOf(step * Math.Pow(2, StepPerActivity * octaves));
            quantizers[i] = new(index);
            levels[i] = Math.Max(leastLevel, (index - FirstFiltered) / IndexPerLevel);
        }

        return new(quantizers, levels);
    }

    /// <summary>
    /// The step of luma AC for a quality. The scale is that of cwebp: the index is 127 (1 − ∛c), where c rises with the quality, more slowly
    /// below 75 than above. Between two indices, so that every quality differs from the next.
    /// </summary>
    private static double StepOf(int quality)
    {
        double linear = quality / 100.0;
        double index = HighestIndex * (1 - Math.Cbrt(linear < 0.75 ? linear * 2 / 3 : (2 * linear) - 1));
        int below = (int)index;
        return StepAt(below) + ((StepAt(below + 1) - StepAt(below)) * (index - below));
    }

    /// <summary>The index whose step is nearest.</summary>
    private static int IndexOf(double step)
    {
        int index = 0;
        while (index < HighestIndex && StepAt(index) + StepAt(index + 1) < 2 * step)
        {
            index++;
        }

        return index;
    }

    private static int StepAt(int index) => Quantizer.Of(index).Y.Ac;
}
