namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Limits of smoothing for the edges of a macroblock (RFC 6386, 15.2 to 15.4).</summary>
/// <param name="EdgeLimit">The largest difference across an edge within the macroblock that is smoothed; 0 for no smoothing.</param>
/// <param name="InteriorLimit">The largest difference of neighbors on one side of the edge.</param>
/// <param name="HighVariance">Beyond this difference on one side of the edge, only its two nearest samples change.</param>
internal readonly record struct LoopFilterStrength(int EdgeLimit, int InteriorLimit, int HighVariance);

/// <summary>The loop filter's parameters (RFC 6386, 9.3, 9.6 and 15.1).</summary>
internal sealed class LoopFilterHeader
{
    private const int LevelBits = 6;
    private const int SharpnessBits = 3;
    private const int DeltaBits = 6;
    private const int Deltas = 4;
    private const int HighestLevel = 63;

    private readonly int _level;
    private readonly int _sharpness;
    private readonly LoopFilterStrength[] _strengths = new LoopFilterStrength[2 * Vp8Segmentation.Count];

    /// <summary>Reads the parameters from the frame header.</summary>
    public LoopFilterHeader(ref BoolDecoder header, Vp8Segmentation segmentation)
    {
        IsSimple = header.ReadFlag();
        _level = header.ReadLiteral(LevelBits);
        _sharpness = header.ReadLiteral(SharpnessBits);
        int intraDelta = 0;
        int subblockDelta = 0;
        bool hasDeltas = header.ReadFlag();
        if (hasDeltas && header.ReadFlag())
        {
            // In a key frame only the first of both lists matters: intra prediction, and prediction by subblocks.
            intraDelta = ReadFirstDelta(ref header);
            subblockDelta = ReadFirstDelta(ref header);
        }

        for (int segment = 0; segment < Vp8Segmentation.Count; segment++)
        {
            int level = segmentation.FilterLevel(segment, _level) + intraDelta;
            _strengths[2 * segment] = StrengthOf(level);
            _strengths[(2 * segment) + 1] = StrengthOf(level + subblockDelta);
        }
    }

    /// <summary>The simple filter: luma only, and fewer samples.</summary>
    public bool IsSimple { get; }

    /// <summary>If false, nothing is filtered, whatever the segments say.</summary>
    public bool IsOn => _level > 0;

    /// <summary>The strength for macroblocks of a segment that are, or are not, predicted by subblocks.</summary>
    public LoopFilterStrength Strength(int segment, bool bySubblocks) => _strengths[(2 * segment) + (bySubblocks ? 1 : 0)];

    private LoopFilterStrength StrengthOf(int level)
    {
        level = Math.Clamp(level, 0, HighestLevel);
        if (level == 0)
        {
            return default;
        }

        int interior = level;
        if (_sharpness > 0)
        {
            interior = Math.Min(interior >> (_sharpness > 4 ? 2 : 1), 9 - _sharpness);
        }

        interior = Math.Max(interior, 1);
        return new((2 * level) + interior, interior, level >= 40 ? 2 : level >= 15 ? 1 : 0);
    }

    private static int ReadFirstDelta(ref BoolDecoder header)
    {
        int first = header.ReadOptional(DeltaBits);
        for (int i = 1; i < Deltas; i++)
        {
            header.ReadOptional(DeltaBits);
        }

        return first;
    }
}
