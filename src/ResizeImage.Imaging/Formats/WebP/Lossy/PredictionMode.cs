namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>How samples are predicted from those above and to the left (RFC 6386, 8). Whole macroblocks use the first four.</summary>
internal enum PredictionMode : byte
{
    /// <summary>The mean of both edges.</summary>
    Dc,

    /// <summary>TrueMotion: above plus left minus the corner.</summary>
    Tm,

    /// <summary>Straight down; for subblocks smoothed.</summary>
    Vertical,

    /// <summary>Straight to the right; for subblocks smoothed.</summary>
    Horizontal,

    RightDown,
    VerticalRight,
    LeftDown,
    VerticalLeft,
    HorizontalDown,
    HorizontalUp,
}
